import type { auditOperations } from '@tideline/contracts/audit';
import * as audit from '@tideline/engine/audit';
import type { Routes } from '../serve.ts';

export const auditRoutes = {
  listAudit: async ({ deps, who, query }) => {
    const { items, next } = await audit.page(deps, who, query);
    return { items: items.map((row) => ({ ...row, at: row.at.toISOString() })), next };
  },
} satisfies Routes<typeof auditOperations>;

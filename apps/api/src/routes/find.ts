import type { findOperations } from '@tideline/contracts/find';
import { findAccounts } from '@tideline/db/read/find-account';
import { withWorkspace } from '@tideline/db/workspace';
import type { Routes } from '../serve.ts';

/** What a palette has room for. */
const SHOWN = 8;

export const findRoutes = {
  findAccounts: async ({ deps, who, query }) =>
    query.q ? { items: await withWorkspace(deps.db, who.workspaceId, (tx) => findAccounts(tx, query.q, who.ownAccountsOf, SHOWN)) } : { items: [] },
} satisfies Routes<typeof findOperations>;

import type { revenueOperations } from '@tideline/contracts/revenue';
import { exportAccounts, exportMonths, list } from '@tideline/engine/revenue-accounts';
import { revenuePage } from '@tideline/engine/revenue-page';
import type { Routes } from '../serve.ts';

export const revenueRoutes = {
  getRevenue: ({ deps, who, query }) => revenuePage(deps, who, query),
  listRevenueAccounts: ({ deps, who, query }) => list(deps, who, query),
  exportRevenueAccounts: async ({ deps, who, query }) => exportAccounts(deps, who, query),
  exportRevenueMonths: async ({ deps, who, query }) => exportMonths(deps, who, query),
} satisfies Routes<typeof revenueOperations>;

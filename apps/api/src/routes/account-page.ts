import type { accountPageOperations } from '@tideline/contracts/account-page';
import { exportCsv, list, summary } from '@tideline/engine/account-list';
import { page } from '@tideline/engine/account-page';
import { timeline } from '@tideline/engine/account-timeline';
import { usage } from '@tideline/engine/account-usage';
import type { Routes } from '../serve.ts';

export const accountPageRoutes = {
  listAccounts: ({ deps, who, query }) => list(deps, who, query),
  accountSummary: ({ deps, who, query }) => summary(deps, who, query),
  exportAccounts: async ({ deps, who, query }) => exportCsv(deps, who, query),
  accountPage: ({ deps, who, params }) => page(deps, who, params.id),
  accountUsage: ({ deps, who, params }) => usage(deps, who, params.id),
  accountTimeline: ({ deps, who, params, query }) => timeline(deps, who, params.id, query),
} satisfies Routes<typeof accountPageOperations>;

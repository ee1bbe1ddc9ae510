import type { accountMergeOperations } from '@tideline/contracts/account-merge';
import * as merge from '@tideline/engine/account-merge';
import type { Routes } from '../serve.ts';

export const accountMergeRoutes = {
  previewMerge: ({ deps, who, body }) => merge.preview(deps, who, body),
  mergeAccounts: ({ deps, who, body }) => merge.merge(deps, who, body),
  listMerges: async ({ deps, who }) => ({ items: await merge.list(deps, who) }),
  undoMerge: ({ deps, who, params }) => merge.undo(deps, who, params.id),
} satisfies Routes<typeof accountMergeOperations>;

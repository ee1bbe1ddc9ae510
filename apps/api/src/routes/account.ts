import type { accountOperations } from '@tideline/contracts/account';
import * as account from '@tideline/engine/account';
import type { Routes } from '../serve.ts';

export const accountRoutes = {
  getAccount: ({ deps, who, params }) => account.get(deps, who, params.externalId),
  putAccount: ({ deps, who, params, body }) => account.put(deps, who, params.externalId, body),
  assignManyAccounts: ({ deps, who, body }) => account.assign(deps, who, body.accountIds, body.ownerId),
} satisfies Routes<typeof accountOperations>;

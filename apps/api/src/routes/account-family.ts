import type { accountFamilyOperations } from '@tideline/contracts/account-family';
import { accountFamily } from '@tideline/engine/account-family';
import type { Routes } from '../serve.ts';

export const accountFamilyRoutes = {
  accountFamily: ({ deps, who, params }) => accountFamily(deps, who, params.id),
} satisfies Routes<typeof accountFamilyOperations>;

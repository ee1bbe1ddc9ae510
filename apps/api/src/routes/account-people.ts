import type { accountPeopleOperations } from '@tideline/contracts/account-people';
import { accountPeople } from '@tideline/engine/account-people';
import type { Routes } from '../serve.ts';

export const accountPeopleRoutes = {
  accountPeople: ({ deps, who, params }) => accountPeople(deps, who, params.id),
} satisfies Routes<typeof accountPeopleOperations>;

import type { accountDayOperations } from '@tideline/contracts/account-day';
import { accountOnDay, movedBetweenDays } from '@tideline/engine/account-day';
import type { Routes } from '../serve.ts';

export const accountDayRoutes = {
  accountMoved: ({ deps, who, params, query }) => movedBetweenDays(deps, who, params.id, query.from, query.to ?? null),
  accountOnDay: ({ deps, who, params, query }) => accountOnDay(deps, who, params.id, query.day),
} satisfies Routes<typeof accountDayOperations>;

import type { contractOperations } from '@tideline/contracts/contract';
import * as contract from '@tideline/engine/contract';
import type { Routes } from '../serve.ts';

export const contractRoutes = {
  putContracts: ({ deps, who, body }) => contract.put(deps, who, body),
  listContracts: ({ deps, who, query }) => contract.list(deps, who, query),
} satisfies Routes<typeof contractOperations>;

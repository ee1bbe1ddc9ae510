import type { dataFaultOperations } from '@tideline/contracts/data-fault';
import * as fault from '@tideline/engine/data-fault-view';
import type { Routes } from '../serve.ts';

export const dataFaultRoutes = {
  listDataFaults: async ({ deps, who }) => ({ items: await fault.list(deps, who) }),
  dismissDataFault: async ({ deps, who, params }) => {
    await fault.dismiss(deps, who, params.id);
    return {};
  },
} satisfies Routes<typeof dataFaultOperations>;

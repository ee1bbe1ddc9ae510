import type { runOperations } from '@tideline/contracts/run';
import * as run from '@tideline/engine/run';
import type { Routes } from '../serve.ts';
import { wire } from '../wire.ts';

export const runRoutes = {
  listRuns: async ({ deps, who }) => wire({ items: await run.list(deps, who) }),
  stopRun: async ({ deps, who, params }) => {
    await run.stop(deps, who, params.id);
    return {};
  },
} satisfies Routes<typeof runOperations>;

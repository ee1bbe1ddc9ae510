import type { weightFitOperations } from '@tideline/contracts/weight-fit';
import * as weightFit from '@tideline/engine/weight-fit';
import type { Routes } from '../serve.ts';

export const weightFitRoutes = {
  listWeightFits: ({ deps, who }) => weightFit.list(deps, who),
  startWeightFit: ({ deps, who }) => weightFit.start(deps, who),
  stopWeightFit: async ({ deps, who, params }) => {
    await weightFit.stop(deps, who, params.id);
    return {};
  },
  draftWeightFit: ({ deps, who, params }) => weightFit.draft(deps, who, params.id),
} satisfies Routes<typeof weightFitOperations>;

import type { overrideOperations } from '@tideline/contracts/override';
import { end, list, set } from '@tideline/engine/override';
import type { Routes } from '../serve.ts';

export const overrideRoutes = {
  listOverrides: ({ deps, who }) => list(deps, who),
  setOverride: ({ deps, who, params, body }) => set(deps, who, params.id, body),
  endOverride: ({ deps, who, params }) => end(deps, who, params.id),
} satisfies Routes<typeof overrideOperations>;

import type { intakeOperations } from '@tideline/contracts/intake';
import * as intake from '@tideline/engine/intake-view';
import type { Routes } from '../serve.ts';

export const intakeRoutes = {
  listIntake: ({ deps, who }) => intake.sources(deps, who),
  listIntakeRequests: async ({ deps, who, query }) => ({ items: await intake.requests(deps, who, query) }),
} satisfies Routes<typeof intakeOperations>;

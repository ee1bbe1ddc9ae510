import type { eventOperations } from '@tideline/contracts/event';
import * as event from '@tideline/engine/event';
import { uncountedEvents } from '@tideline/engine/uncounted';
import type { Routes } from '../serve.ts';

export const eventRoutes = {
  listEvents: async ({ deps, who, query }) => ({ items: await event.latest(deps, who, query) }),
  listUncountedEvents: ({ deps, who }) => uncountedEvents(deps, who),
} satisfies Routes<typeof eventOperations>;

import type { refusedEventOperations } from '@tideline/contracts/refused-event';
import * as refusedEvent from '@tideline/engine/refused-event';
import type { Routes } from '../serve.ts';

export const refusedEventRoutes = {
  listRefusedEvents: ({ deps, who, query }) => refusedEvent.list(deps, who, query),
  retryRefusedEvents: ({ deps, who, body }) => refusedEvent.retry(deps, who, body),
  discardRefusedEvents: ({ deps, who, body }) => refusedEvent.discard(deps, who, body),
} satisfies Routes<typeof refusedEventOperations>;

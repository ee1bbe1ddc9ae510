import type { ingestOperations } from '@tideline/contracts/ingest';
import { accept, eventsOf } from '@tideline/engine/ingest';
import type { Routes } from '../serve.ts';

export const ingestRoutes = {
  postEvents: ({ deps, who, query, body }) => {
    const { events, historical } = eventsOf(body);
    return accept(deps, who, events, { historical: historical || query.historical, receivedAt: deps.now() });
  },
} satisfies Routes<typeof ingestOperations>;

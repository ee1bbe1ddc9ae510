import type { ingestOperations } from '@tideline/contracts/ingest';
import { accept, eventsOf } from '@tideline/engine/ingest';
import { limit } from '../limit.ts';
import type { Routes } from '../serve.ts';

export const ingestRoutes = {
  postEvents: async ({ deps, who, query, body, headers }) => {
    const { events, historical } = eventsOf(body);
    limit(deps, who, events.length, headers);
    return accept(deps, who, events, { historical: historical || query.historical, receivedAt: deps.now() });
  },
} satisfies Routes<typeof ingestOperations>;

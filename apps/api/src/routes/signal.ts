import type { customSignalOperations } from '@tideline/contracts/custom-signal';
import type { sentimentOperations } from '@tideline/contracts/sentiment';
import * as customSignal from '@tideline/engine/custom-signal';
import * as sentiment from '@tideline/engine/sentiment';
import type { Routes } from '../serve.ts';

export const signalRoutes = {
  setSentiment: ({ deps, who, params, body }) => sentiment.set(deps, who, params.id, body),
  listCustomSignals: ({ deps, who }) => customSignal.list(deps, who),
  createCustomSignal: ({ deps, who, body }) => customSignal.create(deps, who, body),
  archiveCustomSignal: async ({ deps, who, params }) => {
    await customSignal.archive(deps, who, params.id);
    return {};
  },
} satisfies Routes<typeof customSignalOperations & typeof sentimentOperations>;

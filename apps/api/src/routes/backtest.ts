import type { backtestOperations } from '@tideline/contracts/backtest';
import * as backtest from '@tideline/engine/backtest-run';
import type { Routes } from '../serve.ts';

export const backtestRoutes = {
  listBacktests: ({ deps, who }) => backtest.list(deps, who),
  startBacktest: ({ deps, who, body }) => backtest.start(deps, who, body),
  getBacktest: ({ deps, who, params }) => backtest.get(deps, who, params.id),
  stopBacktest: async ({ deps, who, params }) => {
    await backtest.stop(deps, who, params.id);
    return {};
  },
  downloadBacktest: ({ deps, who, params }) => backtest.download(deps, who, params.id),
} satisfies Routes<typeof backtestOperations>;

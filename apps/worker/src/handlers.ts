import { runMerge } from '@tideline/engine/account-merge-run';
import { backfill } from '@tideline/engine/backfill';
import { runBacktest } from '@tideline/engine/backtest-run';
import { runCorrection } from '@tideline/engine/correction-run';
import { closeDue } from '@tideline/engine/demo/catch-up';
import { writeOlder } from '@tideline/engine/demo/older';
import type { Deps } from '@tideline/engine/deps';
import { sendOwed } from '@tideline/engine/notify';
import { runImport } from '@tideline/engine/import-run';
import { refillMeter } from '@tideline/engine/refill';
import { keepRetention } from '@tideline/engine/retention';
import { scoreChanged } from '@tideline/engine/score';
import { scoreAll } from '@tideline/engine/score-all';
import { pull } from '@tideline/engine/source-pull';
import * as sweep from '@tideline/engine/sweep';
import { runWeightFit } from '@tideline/engine/weight-fit';
import type { Handlers } from '@tideline/jobs/worker';

/** Job → verb, one line each. Exhaustive by type. */
export const handlersOf = (deps: Deps): Handlers => ({
  'account.merge': (payload) => runMerge(deps, payload),
  'correction.run': (payload) => runCorrection(deps, payload),
  'day.close': ({ workspaceId }) => closeDue(deps, workspaceId),
  'demo.history': (payload) => writeOlder(deps, payload),
  'import.run': async (payload) => void (await runImport(deps, payload)),
  'meter.refill': (payload) => refillMeter(deps, payload),
  'notify.send': ({ workspaceId }) => sendOwed(deps, workspaceId),
  'retention.keep': async ({ workspaceId }) => void (await keepRetention(deps, workspaceId)),
  'score.all': ({ workspaceId, runId }) => scoreAll(deps, workspaceId, runId),
  'score.backfill': async ({ workspaceId, runId }) => void (await backfill(deps, workspaceId, runId)),
  'score.backtest': ({ workspaceId, runId }) => runBacktest(deps, workspaceId, runId),
  'score.changed': async ({ workspaceId }) => void (await scoreChanged(deps, workspaceId)),
  'score.fit': ({ workspaceId, runId }) => runWeightFit(deps, workspaceId, runId),
  'source.pull': async (payload) => void (await pull(deps, payload)),
  'sweep.all': () => sweep.all(deps),
});

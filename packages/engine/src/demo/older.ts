import type { JobPayload } from '@tideline/contracts/jobs';
import { runById } from '@tideline/db/read/run';
import { withWorkspace } from '@tideline/db/workspace';
import { advanceRun, closeRun, openRun } from '@tideline/db/write/background-run';
import { addDays, daysBetween, maxDay } from '@tideline/domain/calendar';
import type { Deps } from '../deps.ts';
import { holdingScores } from '../wake.ts';
import { accountsOf, businesses, firstDayOf, type DemoBusiness } from './business.ts';
import { writer } from './set-up.ts';
import { stagesOf, type Stage } from './stage.ts';
import { writeHistory } from './write.ts';

/** Written before anybody waits; what is older follows while people work. */
export const FIRST_DAYS = 120;
/** Days between two looks at whether somebody stopped it. */
const STEP = 30;

/** Asks for the older part of the demo. */
export const openOlder = async (deps: Deps, workspaceId: string): Promise<void> => {
  const runId = await withWorkspace(deps.db, workspaceId, (tx) =>
    openRun(tx, { kind: 'demo.history', label: 'Writing the older history of the demo', startedAt: deps.now() }),
  );
  await deps.jobs.enqueue('demo.history', { workspaceId, runId });
};

/**
 * The older part of the demo, laid behind what is there already; then the history is judged again. It goes backwards, so that
 * one that is stopped leaves no gap, and one whose worker died goes on where it was.
 */
export const writeOlder = async (deps: Deps, { workspaceId, runId }: JobPayload<'demo.history'>, cast: readonly DemoBusiness[] = businesses): Promise<void> => {
  const stage = (await stagesOf(deps, cast)).find((one) => one.workspaceId === workspaceId);
  const run = await withWorkspace(deps.db, workspaceId, (tx) => runById(tx, runId));
  if (!stage || run?.state !== 'running') return;
  const next = await holdingScores(deps, workspaceId, async () => {
    const state = (await layBehind(deps, stage, runId, run.done)) ? 'done' : 'cancelled';
    return withWorkspace(deps.db, workspaceId, async (tx) => {
      await closeRun(tx, runId, { state, at: deps.now() });
      return openRun(tx, { kind: 'score.backfill', label: 'Judging the older history', startedAt: deps.now() });
    });
  });
  await deps.jobs.enqueue('score.backfill', { workspaceId, runId: next });
};

/** Writes the days behind the first `done` ones; false when it was asked to stop. */
const layBehind = async (deps: Deps, { business, workspaceId, anchor, last }: Stage, runId: string, done: number): Promise<boolean> => {
  const [from, newest] = [firstDayOf(business, anchor), addDays(last, -FIRST_DAYS)];
  const total = Math.max(0, daysBetween(from, newest) + 1);
  const story = { business, accounts: accountsOf(business, anchor), anchor };
  const advance = (days: number) => withWorkspace(deps.db, workspaceId, (tx) => advanceRun(tx, runId, { done: days, total }));
  let written = done;
  while (written < total) {
    if (!(await advance(written))) return false;
    const to = addDays(newest, -written);
    await writeHistory(deps, writer(workspaceId), story, { from: maxDay(from, addDays(to, 1 - STEP)), to });
    written = Math.min(total, written + STEP);
  }
  await advance(total);
  return true;
};

import { Problem } from '@tideline/contracts/problem';
import { announce } from '@tideline/db/live';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { advanceRun, closeRun } from '@tideline/db/write/background-run';
import { DAY_TIMEOUT_MS } from './day.ts';
import type { Deps } from './deps.ts';

const PROGRESS_MS = 1_000;

/** Told after each step; answers whether to go on. */
export type OnStep = (done: number, total: number) => Promise<boolean>;
/** What is to be stored at the end, together with the end. Null: it was asked to stop; `ended`: there was nothing to do. */
type Outcome = ((tx: WorkspaceTx) => Promise<void>) | null | 'ended';

/** Long work that stores what it found whole at its end: another attempt begins anew. Tells how far it is, and how it ended. */
export const inBackground = async (deps: Deps, workspaceId: string, runId: string, work: (onStep: OnStep) => Promise<Outcome>): Promise<void> => {
  const end = (tx: WorkspaceTx, state: 'done' | 'cancelled' | 'failed', error?: string) =>
    closeRun(tx, runId, { state, at: deps.now(), ...(error === undefined ? {} : { error }) });
  try {
    const keep = await work(reporter(deps, workspaceId, runId));
    if (keep === 'ended') return;
    await withWorkspace(
      deps.db,
      workspaceId,
      async (tx) => {
        if (keep) await keep(tx);
        await end(tx, keep ? 'done' : 'cancelled');
      },
      { timeoutMs: DAY_TIMEOUT_MS },
    );
  } catch (error) {
    await withWorkspace(deps.db, workspaceId, (tx) => end(tx, 'failed', error instanceof Error ? error.message : String(error)));
    if (!(error instanceof Problem)) throw error;
  } finally {
    await announce(deps.db, { workspaceId, kind: 'run', ids: [runId] });
  }
};

/** Notes progress once a second, and asks whether to go on. */
const reporter = (deps: Deps, workspaceId: string, runId: string): OnStep => {
  let told = 0;
  return async (done, total) => {
    if (done < total && deps.now().getTime() - told < PROGRESS_MS) return true;
    told = deps.now().getTime();
    const goesOn = await withWorkspace(deps.db, workspaceId, (tx) => advanceRun(tx, runId, { done, total }));
    await announce(deps.db, { workspaceId, kind: 'run', ids: [runId] });
    return goesOn;
  };
};

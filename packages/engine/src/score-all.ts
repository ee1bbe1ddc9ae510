import { announce } from '@tideline/db/live';
import { accountIdsOf } from '@tideline/db/read/scoring';
import { withWorkspace } from '@tideline/db/workspace';
import { advanceRun, closeRun } from '@tideline/db/write/background-run';
import { lockScoring } from '@tideline/db/write/day-close';
import { DAY_TIMEOUT_MS } from './day.ts';
import { calibratedScoring } from './calibration.ts';
import type { Deps } from './deps.ts';
import { scoreLive } from './score.ts';

/** Accounts judged in one transaction: others get their turn in between. */
const PAGE = 5_000;

/**
 * Judges every account again as it stands, after a model was published: health, band, money and reason change at once, segments
 * at the next day close. The change itself fires no alert: the next close compares what it finds with this.
 */
export const scoreAll = async (deps: Deps, workspaceId: string, runId: string): Promise<void> => {
  const ids = await withWorkspace(deps.db, workspaceId, accountIdsOf);
  for (let i = 0; i < ids.length; i += PAGE) {
    const goesOn = await withWorkspace(
      deps.db,
      workspaceId,
      async (tx) => {
        await lockScoring(tx);
        await scoreLive(tx, deps, await calibratedScoring(tx), ids.slice(i, i + PAGE), { silent: true });
        return advanceRun(tx, runId, { done: Math.min(ids.length, i + PAGE), total: ids.length });
      },
      { timeoutMs: DAY_TIMEOUT_MS },
    );
    await announce(deps.db, { workspaceId, kind: 'run', ids: [runId] });
    if (!goesOn) break;
  }
  await withWorkspace(deps.db, workspaceId, (tx) => closeRun(tx, runId, { state: 'done', at: deps.now() }));
  await announce(deps.db, { workspaceId, kind: 'model' });
  await announce(deps.db, { workspaceId, kind: 'day' });
};

import type { JobPayload } from '@tideline/contracts/jobs';
import { announce } from '@tideline/db/live';
import { holdingsOf, merges, type MergeRow, nextDays } from '@tideline/db/read/account-merge';
import { meteringOf } from '@tideline/db/read/metering';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { closeMerge, makeMerged, moveEvents, movedWork, moveVoided, noteMoved } from '@tideline/db/write/account-merge';
import { advanceRun, closeRun } from '@tideline/db/write/background-run';
import { recountDays } from '@tideline/db/write/recount-days';
import { markRescore } from '@tideline/db/write/rescore';
import { lockUsage } from '@tideline/db/write/usage-lock';
import { todayOf } from '@tideline/domain/as-of';
import type { Day } from '@tideline/domain/calendar';
import type { Deps } from './deps.ts';
import { scoreSilently } from './score.ts';
import { wakeScoring } from './wake.ts';

/** Events of one transaction: ingest of the workspace waits for it. Whole days are taken, so that each is counted anew once. */
const PAGE = 2_000;
const TIMEOUT_MS = 120_000;

type Step = { moved: number; after: Day | null; fromDay: Day | null; ended: boolean };
type Way = { accountId: string; to: string; sentAs: string[] | null };

/**
 * Moves the events of a merge, or of one that is undone, page by page, each in one transaction. Run again after a crash it
 * finds only what is left. Both accounts are judged once, at the end: in between each has part of its usage.
 */
export const runMerge = async (deps: Deps, { workspaceId, runId, mergeId }: JobPayload<'account.merge'>): Promise<void> => {
  let done = 0;
  let total = 0;
  let step: Step = { moved: 0, after: null, fromDay: null, ended: false };
  let pair: string[] = [];
  while (!step.ended) {
    const { after } = step;
    step = await withWorkspace(
      deps.db,
      workspaceId,
      async (tx) => {
        await lockUsage(tx, 'alone');
        const [merge] = await merges(tx, { id: mergeId });
        if (!merge || merge.state === 'merged' || merge.state === 'undone') return { moved: 0, after: null, fromDay: null, ended: true };
        pair = [merge.from.id, merge.into.id];
        total ||= merge.state === 'merging' ? (await holdingsOf(tx, merge.from.id)).events : merge.events;
        const made = await takeStep(tx, deps, merge, after);
        done += made.moved;
        await advanceRun(tx, runId, { done, total: Math.max(done, total) });
        return made;
      },
      { timeoutMs: TIMEOUT_MS },
    );
    await announce(deps.db, { workspaceId, kind: 'run', ids: [runId] });
  }
  if (step.fromDay !== null) await scoreSilently(deps, workspaceId, pair);
  wakeScoring(deps, workspaceId);
  await withWorkspace(deps.db, workspaceId, (tx) => closeRun(tx, runId, { state: 'done', at: deps.now() }));
  await announce(deps.db, { workspaceId, kind: 'account', ids: pair });
  await announce(deps.db, { workspaceId, kind: 'run', ids: [runId] });
};

const wayOf = async (tx: WorkspaceTx, { id, from, into, state }: MergeRow): Promise<Way> =>
  state === 'merging'
    ? { accountId: from.id, to: into.id, sentAs: null }
    : { accountId: into.id, to: from.id, sentAs: [from.id, ...(await movedWork(tx, id)).aliases] };

const takeStep = async (tx: WorkspaceTx, deps: Deps, merge: MergeRow, after: Day | null): Promise<Step> => {
  const metering = await meteringOf(tx);
  const way = await wayOf(tx, merge);
  const days = await nextDays(tx, way, { after, size: PAGE, timezone: metering.timezone });
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) {
    // Behind the last page late events may have come for days before it: look once more from the start.
    if (after !== null) return { moved: 0, after: null, fromDay: null, ended: false };
    return { moved: 0, after, fromDay: await finish(tx, deps, merge, way), ended: true };
  }
  const moved = await moveEvents(tx, way, { first, last, timezone: metering.timezone });
  const touched = days.flatMap((day) => pairDays(merge, day));
  await recountDays(tx, metering, touched, todayOf(metering, deps.now()));
  if (merge.state === 'merging') await noteMoved(tx, merge.id, moved, first);
  else if (merge.firstDay === null || first < merge.firstDay) await noteMoved(tx, merge.id, 0, first); // it came for the old key since
  return { moved, after: last, fromDay: null, ended: false };
};

const pairDays = ({ from, into }: MergeRow, day: Day) => [
  { accountId: from.id, day },
  { accountId: into.id, day },
];

/** No event is left to move, and none can come while the lock is held: what else there is follows in this transaction. */
const finish = async (tx: WorkspaceTx, deps: Deps, merge: MergeRow, way: Way): Promise<Day> => {
  const [metering, pair] = [await meteringOf(tx), { from: merge.from.id, into: merge.into.id }];
  const today = todayOf(metering, deps.now());
  await moveVoided(tx, way);
  if (merge.state === 'merging') await makeMerged(tx, merge.id, pair, deps.now(), today);
  else await closeMerge(tx, merge.id);
  const fromDay = merge.firstDay ?? today;
  await markRescore(
    tx,
    new Map([
      [pair.from, fromDay],
      [pair.into, fromDay],
    ]),
    deps.now(),
  );
  return fromDay;
};

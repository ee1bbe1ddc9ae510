import { asOfDay } from '@tideline/domain/as-of';
import { addDays, type Day, dayNumber } from '@tideline/domain/calendar';
import { regularityDay } from '@tideline/domain/clock';
import { announce } from '@tideline/db/live';
import { dataFaults, heldAccounts } from '@tideline/db/read/data-fault';
import { activeOn, closedDay, type Scoring, scoringOf } from '@tideline/db/read/scoring';
import { readBeside, withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { type Clock, refreshClock } from '@tideline/db/write/clock';
import { lockScoring, noteClosed, writeDayClose } from '@tideline/db/write/day-close';
import { accountsWithLevels } from '@tideline/db/write/rate';
import { writeScores, writeTransitions } from '@tideline/db/write/score';
import { type Past, readPasts } from '@tideline/db/write/signal';
import { calibrate, calibratedScoring } from './calibration.ts';
import { type Fallout, tell, watchScores } from './alert.ts';
import { tellLate } from './alert-digest.ts';
import { watchSilence } from './data-fault.ts';
import { thaw } from './data-fault-thaw.ts';
import { dayWork } from './day-work.ts';
import type { Deps } from './deps.ts';
import { changesOf, type DayWork, type JudgingDay, judgingDay, wording } from './judge-day.ts';
import { settleRevenue } from './revenue.ts';
import { rate, rateOwed, scoreLive } from './score.ts';
import { type Judged, seenBy } from './verdict.ts';

/** A day of 100,000 accounts takes seconds; this bounds what has gone wrong. */
export const DAY_TIMEOUT_MS = 600_000;

/**
 * Closes every complete day that is not closed yet, in order, through the as-of day: a pinned workspace closes up to its pin, and moving
 * the pin back closes nothing. Returns the days closed. Nothing is closed before the first usage.
 */
export const closeDays = async (deps: Deps, workspaceId: string): Promise<Day[]> => {
  const { scoring, asOf, next, faulty } = await withWorkspace(deps.db, workspaceId, async (tx) => {
    const found = await scoringOf(tx);
    const last = asOfDay(found, deps.now());
    const standing = await dataFaults(tx, { standing: true, limit: 1 });
    return { scoring: found, asOf: last, faulty: standing.length > 0, next: found.closedThrough === null ? last : addDays(found.closedThrough, 1) };
  });
  const watched = scoring.asOfPin === null && scoring.closedThrough !== null; // a pin is moved by hand: nobody waits for data
  if (next > asOf && !(watched && faulty)) return [];
  await rateOwed(deps, workspaceId, asOf);
  const { through, thawed, over } = watched ? await watchSilence(deps, workspaceId, next, asOf) : { through: asOf, thawed: false, over: [] };
  for (const one of over) await thaw(deps, workspaceId, { ...one, by: null });
  const caughtUp = thawed || over.length > 0;
  if (next > through) {
    if (caughtUp) await tellLate(deps, workspaceId, addDays(asOf, 1));
    return [];
  }
  const clock = await prepareDays(deps, workspaceId, next, through);
  if (!clock) return [];
  const closed: Day[] = [];
  for (let day = next; day <= through; day = addDays(day, 1)) {
    const late = scoring.asOfPin === null && (day < asOf || thawed);
    const fallout = await withWorkspace(deps.db, workspaceId, (tx) => closeDay(tx, deps, clock, day, late), { timeoutMs: DAY_TIMEOUT_MS });
    if (!fallout) break; // somebody else closed it meanwhile
    await tell(deps, workspaceId, fallout);
    closed.push(day);
  }
  if (closed.length === 0) return closed;
  await scoreToday(deps, workspaceId);
  await settleRevenue(deps, workspaceId, through);
  if ((closed.length > 1 || caughtUp) && scoring.asOfPin === null) await tellLate(deps, workspaceId, addDays(through, 1));
  await announce(deps.db, { workspaceId, kind: 'day' });
  return closed;
};

/** Carries levels through the days to close, and brings the clock up to them; null when nothing was ever used. */
export const prepareDays = (deps: Deps, workspaceId: string, from: Day, through: Day): Promise<Clock | null> =>
  withWorkspace(
    deps.db,
    workspaceId,
    async (tx) => {
      await lockScoring(tx);
      const levels = await accountsWithLevels(tx);
      await rate(
        tx,
        levels.map((accountId) => ({ accountId, fromDay: from })),
        through,
      );
      return refreshClock(tx, through);
    },
    { timeoutMs: DAY_TIMEOUT_MS },
  );

/** One day in one transaction: judged, written, and alerts decided. Null when it was closed meanwhile. */
const closeDay = async (tx: WorkspaceTx, deps: Deps, clock: Clock, day: Day, late: boolean): Promise<Fallout | null> => {
  await lockScoring(tx);
  const before = await scoringOf(tx);
  if (before.closedThrough !== null && before.closedThrough >= day) return null;
  await calibrate(tx, day, before);
  const scoring = await calibratedScoring(tx);
  const held = await heldAccounts(tx, { day });
  const k = await knownRegularity(tx, deps, clock, day);
  // how accounts stood is read while their windows are carried
  const reading = readBeside(deps.db, tx, (other) => readPasts(other, day, null)) ?? Promise.resolve(await readPasts(tx, day, null));
  const states = reading.then((pasts) => ({ get: (id: string) => pasts.get(id)?.before ?? undefined }));
  const judging = await judgingDay({ ...dayWork(tx, scoring, clock), states, k }, day, held);
  return keepDay(tx, deps, scoring, judging, { day, late, pasts: await reading });
};

/** k as an earlier close on the same grid day found it. */
const knownRegularity = async (tx: WorkspaceTx, deps: Deps, clock: Clock, day: Day): Promise<DayWork['k']> => {
  const gridOf = (on: Day) => regularityDay(dayNumber(clock.firstDay), dayNumber(on));
  const before = await closedDay(tx, deps.db, addDays(day, -1));
  if (!before || before.day < clock.firstDay || gridOf(before.day) !== gridOf(day)) return null;
  return { grid: gridOf(day), value: before.relative.k };
};

/** Writes a day that counts as closed live: scores, history, transitions, what is relative, alerts. `assumed`: its scores may be judged again. */
export const keepDay = async (
  tx: WorkspaceTx,
  scene: Pick<Deps, 'now' | 'baseUrl'>,
  scoring: Scoring,
  { verdicts, bench, closed }: JudgingDay,
  { day, late, assumed = false, pasts }: { day: Day; late: boolean; assumed?: boolean; pasts: ReadonlyMap<string, Past> },
): Promise<Fallout> => {
  const at = scene.now();
  const say = wording(bench, pasts);
  const stamp = { modelId: scoring.model.id, at, live: false, closed: { day, backfilled: assumed } };
  const watch = await watchScores(tx, null);
  const moved: Judged[] = [];
  const seen = seenBy(verdicts, (page) => {
    moved.push(...page.filter(({ before, judgement }) => before !== judgement.state.segment));
    watch.see(changesOf(page, say, { day, live: false, backfilled: false, late }, (id) => pasts.get(id)?.before?.health ?? null));
  });
  await writeScores(tx, seen.ready(), say, stamp);
  await writeScores(tx, seen.late(), say, stamp);
  await writeTransitions(tx, moved, { day, at, backfilled: assumed });
  await writeDayClose(tx, closed, { backfilled: false, late, at });
  await noteClosed(tx, day);
  return watch.done(tx, scene);
};

/** Usage of the unfinished day was judged away by the close of the day before: it counts again. */
export const scoreToday = async (deps: Deps, workspaceId: string): Promise<void> => {
  const fallout = await withWorkspace(
    deps.db,
    workspaceId,
    async (tx) => {
      await lockScoring(tx);
      const scoring = await calibratedScoring(tx);
      const present = await activeOn(tx, addDays(scoring.closedThrough ?? asOfDay(scoring, deps.now()), 1), null);
      return present.length === 0 ? null : (await scoreLive(tx, deps, scoring, present)).fallout;
    },
    { timeoutMs: DAY_TIMEOUT_MS },
  );
  if (fallout) await tell(deps, workspaceId, fallout);
};

import { asOfDay } from '@tideline/domain/as-of';
import { addDays, type Day, daysFromTo, maxDay, minDay, startOfDay } from '@tideline/domain/calendar';
import type { Before } from '@tideline/domain/judgement';
import { announce } from '@tideline/db/live';
import { heldThrough } from '@tideline/db/read/data-fault';
import { type Scoring, scoringOf } from '@tideline/db/read/scoring';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { advanceRun, closeRun, notePresentStands, openRun } from '@tideline/db/write/background-run';
import { type Clock, readClock } from '@tideline/db/write/clock';
import { liveCloses, lockScoring, setClosed, writeDayClose } from '@tideline/db/write/day-close';
import { clearBackfill, type JudgedAccount, pagesOf, writeHistory, writeScores, writeTransitions } from '@tideline/db/write/score';
import { type Past, readPasts } from '@tideline/db/write/signal';
import { refreshStatistics } from '@tideline/db/write/statistics';
import { tell } from './alert.ts';
import { DAY_TIMEOUT_MS, keepDay, prepareDays, scoreToday } from './day.ts';
import { calibrate, calibratedScoring } from './calibration.ts';
import type { Deps } from './deps.ts';
import { dayWork } from './day-work.ts';
import { type DaySource, heldDays } from './day-source.ts';
import { type DayWork, judgeDay, judgingDay, wording } from './judge-day.ts';
import { type Judged, seenBy } from './verdict.ts';
import { settleRevenue } from './revenue.ts';
import { wakeScoring } from './wake.ts';
import { rateOwed } from './score.ts';

/** Days of history that are judged after an import, and how much data goes before the first of them. */
const HISTORY_DAYS = 400;
const LEAD_DAYS = 91;

type Run = {
  deps: Deps;
  workspaceId: string;
  runId: string;
  /** To walk; those closed while it walks are added. */
  days: Day[];
  /** The last day there was when the run began. */
  asOf: Day;
  liveFrom: Day | null;
  /** Days that were closed live: nothing is told of them again. */
  told: ReadonlySet<Day>;
  /** Those that somebody lived: what was said of them stays. */
  lived: ReadonlySet<Day>;
  scoring: Scoring;
  clock: Clock;
  /** The days up to `asOf` in memory; null: the workspace is too large, each is read by itself. */
  held: DaySource | null;
  states: Map<string, Known>;
  k: DayWork['k'];
  /** How each account stood when the run began. */
  stood: ReadonlyMap<string, Past>;
};
/** An account as the walk in memory left it. */
type Known = Before & { health: number | null };

/**
 * Judges the present first, so that the book is there in seconds and lives on meanwhile; then the last 400 days day by day as
 * history marked backfilled. Segments walk from the first of them, and nothing fires. The last `liveDays` (the demo's) are
 * closed as if the product had been there: alerts and tasks of those days exist, and the present comes last.
 * May be repeated and stopped: what an earlier run assumed is written again, what live closes judged stays.
 */
export const backfill = async (deps: Deps, workspaceId: string, runId: string, { liveDays = 0 }: { liveDays?: number } = {}): Promise<'done' | 'cancelled'> => {
  const end = (state: 'done' | 'cancelled' | 'failed', error: string | null = null) =>
    withWorkspace(deps.db, workspaceId, (tx) => closeRun(tx, runId, { state, at: deps.now(), ...(error === null ? {} : { error }) }));
  try {
    const scoring = await withWorkspace(deps.db, workspaceId, scoringOf);
    const asOf = minDay(asOfDay(scoring, deps.now()), await withWorkspace(deps.db, workspaceId, heldThrough));
    await rateOwed(deps, workspaceId, asOf);
    await refreshStatistics(deps.db); // days were rated in bulk
    const clock = await prepareDays(deps, workspaceId, addDays(asOf, 1 - HISTORY_DAYS), asOf);
    const finished = clock === null || (await judgeDays(deps, workspaceId, runId, scoring, clock, asOf, liveDays));
    await settleRevenue(deps, workspaceId, asOf);
    await end(finished ? 'done' : 'cancelled');
    wakeScoring(deps, workspaceId); // what came in before the present stood waited
    if (finished) await again(deps, workspaceId, asOf);
    await announce(deps.db, { workspaceId, kind: 'run', ids: [runId] });
    await announce(deps.db, { workspaceId, kind: 'day' });
    return finished ? 'done' : 'cancelled';
  } catch (error) {
    await end('failed', error instanceof Error ? error.message : String(error));
    wakeScoring(deps, workspaceId);
    throw error;
  }
};

/** The as-of day may have been moved while days were judged up to the old one: then the history up to the new one is owed. */
const again = async (deps: Deps, workspaceId: string, judged: Day): Promise<void> => {
  const runId = await withWorkspace(deps.db, workspaceId, async (tx) => {
    const { asOfPin, timezone } = await scoringOf(tx);
    if (asOfPin === null || asOfDay({ asOfPin, timezone }, deps.now()) >= judged) return null;
    return openRun(tx, { kind: 'score.backfill', label: 'Scoring up to the new as-of day', startedAt: deps.now() });
  });
  if (runId) await deps.jobs.enqueue('score.backfill', { workspaceId, runId });
};

const judgeDays = async (deps: Deps, workspaceId: string, runId: string, scoring: Scoring, clock: Clock, asOf: Day, liveDays: number): Promise<boolean> => {
  const from = minDay(asOf, maxDay(addDays(asOf, 1 - HISTORY_DAYS), addDays(clock.firstDay, LEAD_DAYS)));
  const liveFrom = liveDays > 0 ? addDays(asOf, 1 - liveDays) : null;
  const read = await withWorkspace(
    deps.db,
    workspaceId,
    async (tx) => {
      await lockScoring(tx);
      await clearBackfill(tx, asOf);
      const [closed, stood] = [await liveCloses(tx, from, asOf), await readPasts(tx, asOf, null)];
      if (liveFrom === null) await judgePresent(tx, deps, runId, { scoring: await calibratedScoring(tx), clock, asOf, stood });
      return { ...closed, stood, held: await heldDays(tx, asOf, scoring, clock) };
    },
    { timeoutMs: DAY_TIMEOUT_MS },
  );
  await announce(deps.db, { workspaceId, kind: 'day' });
  wakeScoring(deps, workspaceId);
  const run: Run = { deps, workspaceId, runId, days: daysFromTo(from, asOf), asOf, liveFrom, ...read, scoring, clock, states: new Map(), k: null };
  for (const [done, day] of run.days.entries()) {
    if (await judgeOne(run, day, done + 1)) return false;
  }
  await scoreToday(deps, workspaceId);
  return true;
};

type Present = Pick<Run, 'scoring' | 'clock' | 'asOf' | 'stood'>;

/** The book as on the as-of day, before its history is known: the end of the walk says it again, with segments that walked. */
const judgePresent = async (tx: WorkspaceTx, deps: Deps, runId: string, { scoring, clock, asOf, stood }: Present): Promise<void> => {
  const states = new Map([...stood].flatMap(([id, { before }]) => (before ? [[id, before] as const] : [])));
  const { accounts, bench, closed } = await judgeDay({ ...dayWork(tx, scoring, clock), states, k: null }, asOf);
  await writeDayClose(tx, closed, { backfilled: true, late: false, at: deps.now() });
  await writeScores(tx, pagesOf(accounts), wording(bench, stood), { modelId: scoring.model.id, at: deps.now(), live: false });
  await setClosed(tx, asOf);
  await notePresentStands(tx, runId);
};

/** One day in one transaction; returns whether the run was asked to stop. Days that were closed meanwhile are added to the walk. */
const judgeOne = async (run: Run, day: Day, done: number): Promise<boolean> => {
  const { deps, workspaceId, runId, days, liveFrom, told } = run;
  const isLive = liveFrom !== null && day >= liveFrom && !told.has(day);
  let isLast = done === days.length;
  const { stop, fallout } = await withWorkspace(
    deps.db,
    workspaceId,
    async (tx) => {
      await lockScoring(tx);
      const { closedThrough } = await scoringOf(tx);
      if (isLast && closedThrough !== null && closedThrough > day) days.push(...daysFromTo(addDays(day, 1), closedThrough));
      isLast = done === days.length;
      if (isLast) await recalibrate(tx, run, day);
      const fallout = isLive ? await liveDay(tx, run, day) : await pastDay(tx, run, day, isLast);
      if (isLast) await setClosed(tx, day);
      return { fallout, stop: !(await advanceRun(tx, runId, { done, total: days.length })) };
    },
    { timeoutMs: DAY_TIMEOUT_MS },
  );
  if (fallout) await tell(deps, workspaceId, fallout);
  if (done % 10 === 0) await announce(deps.db, { workspaceId, kind: 'run', ids: [runId] });
  return stop && !isLast;
};

/** The present is judged by what the history that now stands teaches. */
const recalibrate = async (tx: WorkspaceTx, run: Run, day: Day): Promise<void> => {
  await calibrate(tx, day, run.scoring, { anew: true });
  run.scoring = await calibratedScoring(tx);
};

const pastDay = async (tx: WorkspaceTx, run: Run, day: Day, isLast: boolean): Promise<null> => {
  const { deps, scoring, lived, asOf, stood } = run;
  const closedMeanwhile = day > asOf;
  const { accounts, bench, closed } = await judgeDay(await workOn(tx, run, day, isLast), day);
  const stamp = { modelId: scoring.model.id, at: deps.now(), day, backfilled: true };
  remember(run.states, accounts);
  await writeHistory(tx, accounts, stamp);
  const pasts = isLast ? await readPasts(tx, day, null) : null;
  await writeTransitions(
    tx,
    closedMeanwhile ? againstToday(accounts, pasts) : lived.has(day) ? againstToday(accounts, isLast ? stood : null) : accounts,
    stamp,
  );
  await writeDayClose(tx, isLast ? closed : { ...closed, group: { ...closed.group, peers: [] } }, { backfilled: true, late: false, at: deps.now() });
  if (pasts) await writeScores(tx, pagesOf(accounts), wording(bench, pasts), { ...stamp, live: false });
  return null;
};

/** What the run read when it began does not reach days closed meanwhile; its last day is judged by what is stored, as the close after it will be. */
const workOn = async (tx: WorkspaceTx, run: Run, day: Day, stored: boolean): Promise<DayWork> => {
  const clock = day > run.asOf ? ((await readClock(tx)) ?? run.clock) : run.clock;
  const held = stored || day > run.asOf ? null : run.held;
  const work = dayWork(tx, run.scoring, clock);
  return Object.assign(run, held ? { ...work, source: held } : work);
};

/** The changes of a day closed live were told as it was judged then; where the walk ends elsewhere than that, it is one change, on the last day. */
const againstToday = (accounts: readonly Judged[], pasts: ReadonlyMap<string, Past> | null): JudgedAccount[] =>
  pasts ? accounts.map(({ accountId, judgement }) => ({ accountId, judgement, before: pasts.get(accountId)?.before?.state.segment ?? null })) : [];

/** Closed as on the morning after; but nobody lived it, so that days laid behind it later judge it again. */
const liveDay = async (tx: WorkspaceTx, run: Run, day: Day) => {
  const { deps, scoring } = run;
  const judging = await judgingDay(await workOn(tx, run, day, true), day);
  const morning = new Date(startOfDay(addDays(day, 1), scoring.timezone).getTime() + 3_600_000);
  const scene = { baseUrl: deps.baseUrl, now: () => (morning < deps.now() ? morning : deps.now()) };
  const pasts = new Map<string, Past>([...(await readPasts(tx, day, null))].map(([id, past]) => [id, { ...past, before: run.states.get(id) ?? null }]));
  const verdicts = seenBy(judging.verdicts, (page) => remember(run.states, page));
  return keepDay(tx, scene, scoring, { ...judging, verdicts }, { day, late: false, assumed: true, pasts });
};

const remember = (states: Map<string, Known>, accounts: readonly Judged[]): void => {
  for (const { accountId, judgement } of accounts) states.set(accountId, { state: judgement.state, band: judgement.score.band, health: judgement.score.shown });
};

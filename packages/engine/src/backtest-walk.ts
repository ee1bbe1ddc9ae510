import type { BacktestRow } from '@tideline/domain/backtest';
import { fitCalibration, type Lesson, lessonDays } from '@tideline/domain/calibrate';
import { type Day, dayFromNumber, dayNumber } from '@tideline/domain/calendar';
import type { Before } from '@tideline/domain/judgement';
import type { WeeklyHealth } from '@tideline/domain/lead-time';
import type { ModelConfig } from '@tideline/domain/model-config';
import { outcomeOf } from '@tideline/domain/outcome';
import { type Calibration, silentProbability } from '@tideline/domain/stake';
import { usedBetween, type UsageHistory, valueBetween } from '@tideline/domain/usage-history';
import type { LateDay } from '@tideline/domain/known-history';
import type { Scoring } from '@tideline/db/read/scoring';
import type { AccountHistory } from '@tideline/db/read/usage-history';
import { type KnownDays, knownDays } from './day-source.ts';
import { type DayWork, judgeDay } from './judge-day.ts';
import type { Judged } from './verdict.ts';
import type { OthersOf } from './other-signal.ts';

/** Segments walk this long before the first cut-off, and begin this long after the first usage (score.md 4.6). */
const LEAD_DAYS = 91;
const WEEK = 7;

export type BacktestSpec = {
  /** Ascending, no day twice. */
  readonly cutoffs: readonly Day[];
  readonly horizon: number;
  readonly config: ModelConfig;
};
/** A workspace as read for a backtest; `through`: the last complete day. */
export type BacktestData = {
  readonly accounts: readonly AccountHistory[];
  readonly late: readonly LateDay[];
  readonly through: Day;
  readonly reading: Pick<Scoring, 'priced' | 'manyMeters' | 'milestoneSet'>;
  /** What a model weighs beside usage, as of a day. */
  readonly others: (config: ModelConfig, day: Day) => Promise<OthersOf>;
};
export type Walked = {
  readonly rows: BacktestRow[];
  /** Cut-offs whose probabilities come from the workspace's own past; of the others, from the model's. */
  readonly calibrated: ReadonlySet<Day>;
  /** Health once a week, and the days of it. */
  readonly weeks: readonly number[];
  readonly weekly: readonly WeeklyHealth[];
};
/** Told after each day; answers whether to go on. */
export type OnDay = (done: number, total: number) => Promise<boolean>;

type Snapshot = ReadonlyMap<string, number>;

/**
 * Judges every day from the first cut-off's lead to the last cut-off, each from what had arrived by then, with the function
 * that closes days. Null when it was asked to stop.
 */
export const walkBacktest = async (data: BacktestData, spec: BacktestSpec, onDay: OnDay): Promise<Walked | null> => {
  const source = knownDays(data.accounts, data.late, data.through, data.reading);
  const work = {
    scoring: { milestoneSet: data.reading.milestoneSet, model: { id: '', config: spec.config } },
    source,
    others: (day: Day) => data.others(spec.config, day),
    k: null,
  };
  const plan = planOf(data, spec);
  const states = new Map<string, Before>();
  const snapshots = new Map<number, Snapshot>();
  const weekly = new Map(data.accounts.map(({ accountId, history }) => [accountId, { history, health: [] as number[] }]));
  const walked = { rows: [] as BacktestRow[], calibrated: new Set<Day>(), weeks: [] as number[] };
  for (const [i, day] of plan.days.entries()) {
    const isWalked = day >= plan.from;
    const { accounts } = await judgeDay(Object.assign(work, { states: isWalked ? states : NO_STATES }) as DayWork, dayFromNumber(day));
    if (isWalked) for (const { accountId, judgement } of accounts) states.set(accountId, { state: judgement.state, band: judgement.score.band });
    if (plan.lessons.has(day)) snapshots.set(day, snapshotOf(accounts));
    if (isWalked && (day - plan.from) % WEEK === 0) noteWeek(walked.weeks, weekly, day, accounts);
    if (plan.cutoffs.has(day)) {
      const own = fitCalibration(lessonsAt(day, spec.horizon, snapshots, source));
      if (own) walked.calibrated.add(dayFromNumber(day));
      for (const account of accounts)
        walked.rows.push(rowOf(account, day, source, weekly.get(account.accountId)?.history, data, spec, own ?? spec.config.silent));
    }
    if (!(await onDay(i + 1, plan.days.length))) return null;
  }
  return { ...walked, weekly: [...weekly.values()] };
};

const NO_STATES: ReadonlyMap<string, Before> = new Map();

/** The days to judge: those segments walk over, and before them the days a probability learns from. */
const planOf = ({ accounts }: BacktestData, { cutoffs, horizon }: BacktestSpec) => {
  const at = cutoffs.map(dayNumber);
  const [first = 0, last = 0] = [at[0], at.at(-1)];
  const firstUsage = accounts.reduce((least, { history }) => Math.min(least, history.usedDays[0] ?? least), first);
  const from = Math.min(first, Math.max(firstUsage + LEAD_DAYS, first - LEAD_DAYS));
  const lessons = new Set(at.flatMap((day) => lessonDays(day, horizon)).filter((day) => day >= firstUsage));
  const walk = Array.from({ length: last - from + 1 }, (_, i) => from + i);
  const days = [...new Set([...lessons, ...walk])].toSorted((a, b) => a - b);
  return { from, lessons, days, cutoffs: new Set(at) };
};

/** What a probability is read from: health before the decline cap. */
const foretellingHealth = ({ judgement: { score } }: Judged): number | null => (score.raw === null ? null : Math.min(score.raw, score.caps.quiet));

const snapshotOf = (accounts: readonly Judged[]): Snapshot =>
  new Map(
    accounts.flatMap((account) => {
      const health = foretellingHealth(account);
      return health === null || account.judgement.measures.days182 === 0 ? [] : [[account.accountId, health] as const];
    }),
  );

/** Own snapshots whose horizon is over on day t, with what was known by t of what became of them (score.md 4.5). */
const lessonsAt = (t: number, horizon: number, snapshots: ReadonlyMap<number, Snapshot>, { histories }: KnownDays): Lesson[] =>
  lessonDays(t, horizon).flatMap((day) =>
    [...(snapshots.get(day) ?? [])].flatMap(([accountId, health]) => {
      const history = histories.get(accountId);
      if (!history || usedBetween(history, day - 180, day) === 0) return [];
      return [{ health, hit: usedBetween(history, day, day + horizon) === 0 }];
    }),
  );

const noteWeek = (weeks: number[], weekly: ReadonlyMap<string, { health: number[] }>, day: number, accounts: readonly Judged[]): void => {
  for (const { accountId, judgement } of accounts) {
    const health = weekly.get(accountId)?.health;
    if (!health) continue;
    while (health.length < weeks.length) health.push(Number.NaN);
    health.push(judgement.score.shown ?? Number.NaN);
  }
  weeks.push(day);
};

const rowOf = (
  account: Judged,
  day: number,
  { histories }: KnownDays,
  now: UsageHistory | undefined,
  { through }: BacktestData,
  { horizon }: BacktestSpec,
  silent: Calibration,
): BacktestRow => {
  const { accountId, judgement } = account;
  const known = histories.get(accountId);
  const money = (from: number, to: number) => (known ? Math.max(0, valueBetween(known, day - from, day - to)) : 0);
  const [recent, before] = [money(28, 0), money(56, 28)];
  const health = foretellingHealth(account);
  return {
    accountId,
    cutoff: dayFromNumber(day),
    health: judgement.score.shown,
    raw: judgement.score.raw,
    segment: judgement.state.segment,
    pChurn: health === null ? null : silentProbability(health, silent),
    stake: Number(judgement.stake),
    recency: judgement.components.silent,
    change28: recent + before === 0 ? -1 : (recent - before) / (recent + before), // nothing for 56 days has fallen all the way
    outcome: now && day + horizon <= dayNumber(through) ? outcomeOf(now, day, horizon) : null,
  };
};

import type { Day } from './calendar.ts';
import { areaUnderCurve, averagePrecision, brierScore, type CalibrationBin, calibrationBins, calibrationError, liftOfTenth, meanOf } from './foretelling.ts';
import type { Outcome } from './outcome.ts';
import type { Segment } from './segment.ts';

/** One account at one cut-off: what was said from what was known, and what happened (null: the horizon is not over). */
export type BacktestRow = {
  readonly accountId: string;
  readonly cutoff: Day;
  /** Health as shown, and before the caps; null while too young for a score. */
  readonly health: number | null;
  readonly raw: number | null;
  readonly segment: Segment;
  /** Probability of a silent horizon. */
  readonly pChurn: number | null;
  readonly stake: number;
  /** Yardsticks of every spreadsheet: days since the last usage, and the last 28 days against the 28 before (-1 to 1). */
  readonly recency: number;
  readonly change28: number;
  readonly outcome: Outcome | null;
};

type Judged = BacktestRow & { readonly health: number; readonly raw: number; readonly pChurn: number; readonly outcome: Outcome };

/** What is held against each other: a risk each, higher is worse. */
export const contenders = {
  health: { label: 'Health as shown', risk: (row) => -row.health },
  raw: { label: 'Health before the caps', risk: (row) => -row.raw },
  recency: { label: 'Days since last usage', risk: (row) => row.recency },
  change28: { label: 'Last 28 days against the 28 before', risk: (row) => -row.change28 },
} as const satisfies Record<string, { label: string; risk: (row: Judged) => number }>;
export type Contender = keyof typeof contenders;

/** Who an evaluation is about: accounts in use in the days before the cut-off. */
export const populations = {
  p90: { label: 'Used in the last 90 days', holds: ({ inUse90 }) => inUse90 },
  p180: { label: 'Used in the last 180 days', holds: ({ inUse180 }) => inUse180 },
} as const satisfies Record<string, { label: string; holds: (outcome: Outcome) => boolean }>;
export type Population = keyof typeof populations;

/** Null where nothing, or everything, came true. */
export type Ranking = { readonly auc: number | null; readonly prAuc: number | null; readonly lift: number | null };
export type Evaluation = {
  readonly accounts: number;
  /** Share that went silent. */
  readonly base: number | null;
  readonly brier: number | null;
  readonly ece: number | null;
  readonly rankings: Readonly<Record<Contender, Ranking>>;
};

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>): K[] => Object.keys(table) as K[];
const tableOf = <K extends string, V>(keys: readonly K[], value: (key: K) => V): Record<K, V> =>
  Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;

const evaluate = (rows: readonly Judged[]): Evaluation => {
  const foretold = rows.map(({ pChurn, outcome }) => ({ p: pChurn, hit: outcome.silent }));
  return {
    accounts: rows.length,
    base: meanOf(rows.map(({ outcome }) => (outcome.silent ? 1 : 0))),
    brier: finite(brierScore(foretold)),
    ece: rows.length === 0 ? null : calibrationError(calibrationBins(foretold)),
    rankings: tableOf(keysOf(contenders), (key) => {
      const cases = rows.map((row) => ({ risk: contenders[key].risk(row), hit: row.outcome.silent }));
      return { auc: finite(areaUnderCurve(cases)), prAuc: finite(averagePrecision(cases)), lift: finite(liftOfTenth(cases)) };
    }),
  };
};

/** Means over the cut-offs that could be evaluated. */
const meanEvaluation = (all: readonly Evaluation[]): Evaluation => {
  const mean = (pick: (one: Evaluation) => number | null) => meanOf(all.map((one) => pick(one) ?? Number.NaN));
  return {
    accounts: mean(({ accounts }) => accounts) ?? 0,
    base: mean(({ base }) => base),
    brier: mean(({ brier }) => brier),
    ece: mean(({ ece }) => ece),
    rankings: tableOf(keysOf(contenders), (key) => ({
      auc: mean(({ rankings }) => rankings[key].auc),
      prAuc: mean(({ rankings }) => rankings[key].prAuc),
      lift: mean(({ rankings }) => rankings[key].lift),
    })),
  };
};

/** What became of the accounts of a segment. */
export type SegmentOutcome = {
  readonly segment: Segment;
  readonly accounts: number;
  readonly silent: number;
  readonly contraction: number;
  readonly expansion: number;
  readonly prior: number;
  readonly next: number;
};
/** A call that turned out wrong, to learn from. */
export type Lapse = Pick<BacktestRow, 'accountId' | 'cutoff' | 'segment'> & { readonly health: number; readonly prior: number; readonly next: number };

export type BacktestSummary = {
  readonly cutoffs: readonly ({ readonly cutoff: Day; readonly finished: boolean } & Readonly<Record<Population, Evaluation>>)[];
  readonly mean: Readonly<Record<Population, Evaluation>>;
  /** Probabilities of all cut-offs together. */
  readonly calibration: readonly CalibrationBin[];
  /** Accounts by whole points of health, 0 to 100, over all cut-offs: what any threshold would have caught. `lost`: money they lost. */
  readonly byHealth: { readonly silent: readonly number[]; readonly kept: readonly number[]; readonly lost: readonly number[] };
  readonly segments: readonly SegmentOutcome[];
  /** Above the threshold and silent, the most money lost first; below it and still there, the most money first. */
  readonly misses: readonly Lapse[];
  readonly falseAlarms: readonly Lapse[];
};

const LAPSES = 50;

/** What a backtest says, from its rows; about accounts in use within 90 days unless it says otherwise. `alarmBelow`: health of the at-risk band. */
export const summariseBacktest = (rows: readonly BacktestRow[], cutoffs: readonly Day[], alarmBelow: number): BacktestSummary => {
  const judged = rows.filter((row): row is Judged => row.health !== null && row.raw !== null && row.pChurn !== null && row.outcome !== null);
  const perCutoff = cutoffs.map((cutoff) => {
    const own = judged.filter((row) => row.cutoff === cutoff);
    return {
      cutoff,
      finished: own.length > 0,
      ...tableOf(keysOf(populations), (key) => evaluate(own.filter(({ outcome }) => populations[key].holds(outcome)))),
    };
  });
  const inUse = judged.filter(({ outcome }) => outcome.inUse90);
  return {
    cutoffs: perCutoff,
    mean: tableOf(keysOf(populations), (key) => meanEvaluation(perCutoff.filter(({ finished }) => finished).map((one) => one[key]))),
    calibration: calibrationBins(inUse.map(({ pChurn, outcome }) => ({ p: pChurn, hit: outcome.silent }))),
    byHealth: byHealthOf(inUse),
    segments: segmentOutcomes(judged),
    ...lapsesOf(inUse, alarmBelow),
  };
};

const lostBy = ({ outcome: { prior, next } }: Judged): number => Math.max(0, Math.max(0, prior) - Math.max(0, next));

const byHealthOf = (rows: readonly Judged[]): BacktestSummary['byHealth'] => {
  const [silent, kept, lost] = [0, 1, 2].map(() => Array.from({ length: 101 }, () => 0)) as [number[], number[], number[]];
  for (const row of rows) {
    const at = Math.floor(row.health);
    const side = row.outcome.silent ? silent : kept;
    side[at] = (side[at] ?? 0) + 1;
    lost[at] = (lost[at] ?? 0) + lostBy(row);
  }
  return { silent, kept, lost: lost.map((money) => Math.round(money * 100) / 100) };
};

const segmentOutcomes = (rows: readonly Judged[]): SegmentOutcome[] =>
  [...Map.groupBy(rows, ({ segment }) => segment)].map(([segment, own]) => {
    const sum = (pick: (outcome: Outcome) => number) => own.reduce((total, { outcome }) => total + pick(outcome), 0);
    return {
      segment,
      accounts: own.length,
      silent: sum(({ silent }) => Number(silent)),
      contraction: sum(({ contraction }) => Number(contraction)),
      expansion: sum(({ expansion }) => Number(expansion)),
      prior: Math.round(sum(({ prior }) => prior) * 100) / 100,
      next: Math.round(sum(({ next }) => next) * 100) / 100,
    };
  });

const lapsesOf = (rows: readonly Judged[], alarmBelow: number): Pick<BacktestSummary, 'misses' | 'falseAlarms'> => {
  const lapse = ({ accountId, cutoff, segment, health, outcome: { prior, next } }: Judged): Lapse => ({ accountId, cutoff, segment, health, prior, next });
  const worst = (wrong: readonly Judged[], money: (row: Judged) => number) =>
    wrong
      .toSorted((a, b) => money(b) - money(a) || (a.accountId < b.accountId ? -1 : 1))
      .slice(0, LAPSES)
      .map(lapse);
  return {
    misses: worst(
      rows.filter(({ health, outcome }) => health >= alarmBelow && outcome.silent),
      lostBy,
    ),
    falseAlarms: worst(
      rows.filter(({ health, outcome }) => health < alarmBelow && !outcome.silent && !outcome.contraction),
      ({ outcome }) => outcome.next,
    ),
  };
};

/** What alarms below a threshold would have caught, from accounts by points of health. */
export const confusionAt = ({ silent, kept, lost }: BacktestSummary['byHealth'], threshold: number) => {
  const sum = (counts: readonly number[], from: number, to: number) => counts.slice(from, to).reduce((a, b) => a + b, 0);
  const [caught, alarmed] = [sum(silent, 0, threshold), sum(silent, 0, threshold) + sum(kept, 0, threshold)];
  const [missed, passed] = [sum(silent, threshold, 101), sum(kept, threshold, 101)];
  const [lostCaught, lostAll] = [sum(lost, 0, threshold), sum(lost, 0, 101)];
  return { alarmed, caught, falseAlarms: alarmed - caught, missed, passed, lostCaught, lostAll, caughtPerAlarm: alarmed === 0 ? null : lostCaught / alarmed };
};
export type Confusion = ReturnType<typeof confusionAt>;

import { fitCalibration, lessonDays } from '@tideline/domain/calibrate';
import { type Day, dayFromNumber, dayNumber } from '@tideline/domain/calendar';
import type { Components } from '@tideline/domain/component';
import { calibrationBins, meanOf } from '@tideline/domain/foretelling';
import { prepareModel, scoreHealth } from '@tideline/domain/health';
import type { ModelConfig } from '@tideline/domain/model-config';
import { silentProbability } from '@tideline/domain/stake';
import { usedBetween, type UsageHistory } from '@tideline/domain/usage-history';
import { usageKeys, type WeightLesson } from '@tideline/domain/weight-fit';
import {
  measured,
  meanMeasured,
  ownWeights,
  type TrialRow,
  usageShares,
  weightLessonDays,
  weightVerdict,
  type WeightFinding,
  type WeightTrial,
  withOwnWeights,
} from '@tideline/domain/weight-trial';
import type { BacktestData, OnDay } from './backtest-walk.ts';
import { knownDays } from './day-source.ts';
import { judgeDay } from './judge-day.ts';
import type { Judged } from './verdict.ts';

/** Days of silence that weights are fitted to. */
export const FIT_HORIZON = 90;
/** Days back within which an account must have been in use: to be fitted to and tested on, and to lend its outcome to a probability. */
const IN_USE = 90;
const LENDS = 180;

export type WeightFitSpec = {
  /** Ascending, their horizon over. */
  readonly cutoffs: readonly Day[];
  readonly config: ModelConfig;
};

/** Accounts in use on a past day: their scores side by side, and all of their components on the days a probability learns from. */
type Snapshot = { readonly ids: readonly string[]; readonly scores: Float64Array; readonly components: readonly Components[] | null };
type Snapshots = Map<number, Snapshot>;
type Histories = ReadonlyMap<string, UsageHistory>;

/**
 * Fits weights on each cut-off to what was known by then, and judges the accounts of that day by the model with them and by the
 * model as it is; then fits those of today. Null when it was asked to stop.
 */
export const walkWeightFit = async (data: BacktestData, spec: WeightFitSpec, onDay: OnDay): Promise<WeightFinding | null> => {
  const source = knownDays(data.accounts, data.late, data.through, data.reading);
  const work = {
    scoring: { milestoneSet: data.reading.milestoneSet, model: { id: '', config: spec.config } },
    source,
    others: async () => null, // the weights of usage among themselves are fitted
    k: null,
    states: new Map<string, never>(),
  };
  const after: Histories = new Map(data.accounts.map(({ accountId, history }) => [accountId, history]));
  const plan = planOf(data, spec.cutoffs);
  const snapshots: Snapshots = new Map();
  const trials: WeightTrial[] = [];
  const pooled = { present: [] as TrialRow[], own: [] as TrialRow[] };
  let now: Omit<WeightFinding, 'advice' | 'gain' | 'trials' | 'mean' | 'calibration'> | null = null;
  for (const [i, day] of plan.days.entries()) {
    const { accounts: all, closed } = await judgeDay(work, dayFromNumber(day));
    const accounts = all.filter(({ judgement }) => judgement.profile === null); // a profile has weights of its own
    if (plan.learned.has(day)) snapshots.set(day, snapshotOf(accounts, plan.calibrated.has(day)));
    const learned = () => lessonsAt(day, snapshots, source.histories);
    if (plan.cutoffs.has(day)) {
      const { trial, rows } = trialOn(day, {
        accounts,
        snapshots,
        lessons: learned(),
        known: source.histories,
        after,
        config: spec.config,
        k: closed.relative.k,
      });
      trials.push(trial);
      if (rows.own) pooled.own.push(...rows.own);
      if (rows.own) pooled.present.push(...rows.present);
    }
    if (day === plan.through) now = fitToday(learned(), plan.through, [...snapshots.keys()], closed.relative.k, spec.config);
    if (!(await onDay(i + 1, plan.days.length))) return null;
  }
  if (!now) throw new Error('the last day was not judged');
  const both = trials.filter(({ own }) => own !== null);
  return {
    ...now,
    ...weightVerdict(trials, now.own),
    trials,
    mean: both.length === 0 ? null : { present: meanMeasured(both.map(({ present }) => present)), own: meanMeasured(both.flatMap(({ own }) => own ?? [])) },
    calibration: { present: calibrationBins(pooled.present), own: calibrationBins(pooled.own) },
  };
};

/** The days to judge: cut-offs and today, and those their weights and probabilities are learned from. */
const planOf = ({ accounts, through }: BacktestData, cutoffs: readonly Day[]) => {
  const [at, last] = [cutoffs.map(dayNumber), dayNumber(through)];
  const firstUsage = accounts.reduce((least, { history }) => Math.min(least, history.usedDays[0] ?? least), last);
  const sound = (days: readonly number[]) => new Set(days.filter((day) => day >= firstUsage));
  const learned = sound([...at, last].flatMap((day) => weightLessonDays(day, FIT_HORIZON)));
  const calibrated = sound(at.flatMap((day) => lessonDays(day, FIT_HORIZON)));
  return { days: [...new Set([...learned, ...at, last])].toSorted((a, b) => a - b), learned, calibrated, cutoffs: new Set(at), through: last };
};

const snapshotOf = (accounts: readonly Judged[], whole: boolean): Snapshot => {
  const used = accounts.filter(({ judgement: { measures, components } }) => components.state === 'used' && measures.days182 > 0);
  const scores = new Float64Array(used.length * usageKeys.length);
  for (const [i, { judgement }] of used.entries())
    for (const [k, key] of usageKeys.entries()) scores[i * usageKeys.length + k] = judgement.components.scores[key];
  return { ids: used.map(({ accountId }) => accountId), scores, components: whole ? used.map(({ judgement }) => judgement.components) : null };
};

/** Whether an account went silent after a day; null when it was not in use before it. */
const silentAfter = (history: UsageHistory | undefined, day: number, inUse: number): boolean | null =>
  history && usedBetween(history, day - inUse, day) > 0 ? usedBetween(history, day, day + FIT_HORIZON) === 0 : null;

/** Snapshots whose outcome is known on day t, with what was known by t of what became of them. */
const lessonsAt = (t: number, snapshots: Snapshots, known: Histories): WeightLesson[] =>
  weightLessonDays(t, FIT_HORIZON).flatMap((day) => {
    const { ids = [], scores = new Float64Array() } = snapshots.get(day) ?? {};
    return ids.flatMap((id, i) => {
      const hit = silentAfter(known.get(id), day, IN_USE);
      return hit === null ? [] : [{ scores: scores.subarray(i * usageKeys.length, (i + 1) * usageKeys.length), hit }];
    });
  });

type Trial = {
  readonly accounts: readonly Judged[];
  readonly snapshots: Snapshots;
  readonly lessons: readonly WeightLesson[];
  readonly known: Histories;
  /** What happened, as it is known today. */
  readonly after: Histories;
  readonly config: ModelConfig;
  readonly k: number;
};

const trialOn = (day: number, trial: Trial): { trial: WeightTrial; rows: { present: TrialRow[]; own: TrialRow[] | null } } => {
  const { lessons, config, k } = trial;
  const own = ownWeights(lessons, k);
  const fitted = own && withOwnWeights(config, own.shares);
  const present = rowsBy(config, day, trial);
  const rows = fitted && rowsBy(fitted, day, trial);
  return {
    rows: { present, own: rows },
    trial: {
      cutoff: dayFromNumber(day),
      accounts: present.length,
      base: meanOf(present.map(({ hit }) => Number(hit))),
      lessons: lessons.length,
      silent: lessons.filter(({ hit }) => hit).length,
      learnedTo: dayFromNumber(day - FIT_HORIZON),
      present: measured(present),
      own: own && rows && { ...measured(rows), shares: own.shares },
    },
  };
};

/** The accounts in use on a day as a model judges them, with probabilities fitted to its own past (score.md 4.5). */
const rowsBy = (config: ModelConfig, day: number, { accounts, snapshots, known, after, k }: Trial): TrialRow[] => {
  const prepared = prepareModel(config, k);
  const scored = (components: Components) => {
    const { raw, shown, caps } = scoreHealth(components, prepared);
    return raw === null || shown === null ? null : { shown, foretelling: Math.min(raw, caps.quiet) };
  };
  const lessons = lessonDays(day, FIT_HORIZON).flatMap((past) => {
    const { ids = [], components } = snapshots.get(past) ?? {};
    return ids.flatMap((id, i) => {
      const then = components?.[i];
      const [health, hit] = [then && scored(then)?.foretelling, silentAfter(known.get(id), past, LENDS)];
      return health === undefined || hit === null ? [] : [{ health, hit }];
    });
  });
  const curve = fitCalibration(lessons) ?? config.silent;
  return accounts.flatMap(({ accountId, judgement: { components } }) => {
    const [score, hit] = [scored(components), silentAfter(after.get(accountId), day, IN_USE)];
    return score && hit !== null ? [{ health: score.shown, p: silentProbability(score.foretelling, curve), hit }] : [];
  });
};

const fitToday = (lessons: readonly WeightLesson[], today: number, days: readonly number[], k: number, config: ModelConfig) => {
  const used = weightLessonDays(today, FIT_HORIZON).filter((day) => days.includes(day));
  const [from, to] = [used.at(-1), used[0]];
  return {
    present: usageShares(config, k),
    own: ownWeights(lessons, k),
    lessons: {
      n: lessons.length,
      silent: lessons.filter(({ hit }) => hit).length,
      from: from === undefined ? null : dayFromNumber(from),
      to: to === undefined ? null : dayFromNumber(to),
    },
  };
};

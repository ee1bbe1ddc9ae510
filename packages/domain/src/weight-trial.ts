import { MIN_EACH, MIN_LESSONS } from './calibrate.ts';
import type { Day } from './calendar.ts';
import type { UsageKey } from './component.ts';
import { areaUnderCurve, averagePrecision, brierScore, type CalibrationBin, calibrationBins, calibrationError, liftOfTenth, meanOf } from './foretelling.ts';
import { defaultHealthModel, prepareModel, type Weights } from './health.ts';
import type { ModelConfig } from './model-config.ts';
import { roundParts } from './rounding.ts';
import { fitWeights, usageKeys, type WeightLesson } from './weight-fit.ts';

/** What each usage component has of the usage family's weight; they add up to 1. */
export type UsageShares = Readonly<Record<UsageKey, number>>;

/** Own snapshots are taken this often, over the year before the last one whose outcome is known (score.md 6). */
const SNAPSHOT_EVERY = 28;
const LEARNS_FOR = 365;
const PENALTY = 200;
/** Of the plain fit: keeps two lessons that part whole from running away, and nothing else. */
const PLAIN_PENALTY = 0.5;
/** A slope of 10/11 in all makes the default map of score.md 4.5. */
const DEFAULT_SLOPE = 10 / 11;

/** The days weights are learned from on day t, the newest first. */
export const weightLessonDays = (t: number, horizon: number): number[] =>
  Array.from({ length: Math.ceil(LEARNS_FOR / SNAPSHOT_EVERY) }, (_, i) => t - horizon - SNAPSHOT_EVERY * i);

const sharesFrom = (parts: readonly number[]): UsageShares | null => {
  const total = parts.reduce((sum, part) => sum + part, 0);
  return total > 0 ? (Object.fromEntries(usageKeys.map((key, i) => [key, (parts[i] ?? 0) / total])) as UsageShares) : null;
};

/** What usage components weigh in a model where the rhythm is k. Null: nothing. */
export const usageShares = (model: Pick<ModelConfig, 'weights' | 'shiftByRegularity'>, k: number): UsageShares | null => {
  const { keys, weights } = prepareModel({ ...defaultHealthModel, weights: model.weights, shiftByRegularity: model.shiftByRegularity }, k);
  return sharesFrom(usageKeys.map((key) => weights[keys.indexOf(key)] ?? 0));
};

/** What the own past asks for. `negative`: components of which, left to itself, it says that a better score is more risk. */
export type OwnWeights = { readonly shares: UsageShares; readonly negative: readonly UsageKey[] };

/** The shrunk fit, drawn to the default weights at regularity k. Null where there is too little past (as for a probability), or it sees risk in nothing. */
export const ownWeights = (lessons: readonly WeightLesson[], k: number): OwnWeights | null => {
  const silent = lessons.filter(({ hit }) => hit).length;
  if (lessons.length < MIN_LESSONS || silent < MIN_EACH || lessons.length - silent < MIN_EACH) return null;
  const tested = usageShares(defaultHealthModel, k);
  const toward = usageKeys.map((key) => DEFAULT_SLOPE * (tested?.[key] ?? 0));
  const shares = sharesFrom(fitWeights(lessons, { toward, penalty: PENALTY }).slopes);
  const { slopes } = fitWeights(lessons, { toward: usageKeys.map(() => 0), penalty: PLAIN_PENALTY, signed: true });
  return shares && { shares, negative: usageKeys.filter((_, i) => (slopes[i] ?? 0) < 0) };
};

/**
 * The model with fitted weights: what usage weighs in all stays, and so does every other family. The fit has the workspace's
 * rhythm in it already, so that nothing is shifted on top. Null where the model gives usage no weight.
 */
export const withOwnWeights = <M extends { readonly weights: Weights; readonly shiftByRegularity: boolean }>(model: M, shares: UsageShares): M | null => {
  const usage = usageKeys.reduce((sum, key) => sum + (model.weights[key] ?? 0), 0);
  if (usage === 0) return null;
  const points = roundParts(
    usageKeys.map((key) => shares[key] * usage),
    2,
    usage,
  );
  return { ...model, shiftByRegularity: false, weights: { ...model.weights, ...Object.fromEntries(usageKeys.map((key, i) => [key, points[i] ?? 0])) } };
};

/** An account in use on a cut-off day as one model judged it, and what happened. */
export type TrialRow = { readonly health: number; readonly p: number; readonly hit: boolean };
export type Measured = {
  readonly auc: number | null;
  readonly prAuc: number | null;
  readonly lift: number | null;
  readonly brier: number | null;
  readonly ece: number | null;
};

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** How well health ranked accounts, and its probabilities came true. */
export const measured = (rows: readonly TrialRow[]): Measured => {
  const cases = rows.map(({ health, hit }) => ({ risk: -health, hit }));
  return {
    auc: finite(areaUnderCurve(cases)),
    prAuc: finite(averagePrecision(cases)),
    lift: finite(liftOfTenth(cases)),
    brier: finite(brierScore(rows)),
    ece: rows.length === 0 ? null : calibrationError(calibrationBins(rows)),
  };
};

/** One past day: the weights that could be fitted by then, and both models on what happened after it. */
export type WeightTrial = {
  readonly cutoff: Day;
  /** Accounts in use in the 90 days before, and the share that went silent. */
  readonly accounts: number;
  readonly base: number | null;
  /** Judgements the weights were fitted to, the newest of them this day's, and those that 90 silent days followed. */
  readonly lessons: number;
  readonly silent: number;
  readonly learnedTo: Day;
  readonly present: Measured;
  /** Null: too little past by then. */
  readonly own: (Measured & { readonly shares: UsageShares }) | null;
};

export const meanMeasured = (all: readonly Measured[]): Measured => {
  const mean = (pick: (one: Measured) => number | null) => meanOf(all.map((one) => pick(one) ?? Number.NaN));
  return {
    auc: mean(({ auc }) => auc),
    prAuc: mean(({ prAuc }) => prAuc),
    lift: mean(({ lift }) => lift),
    brier: mean(({ brier }) => brier),
    ece: mean(({ ece }) => ece),
  };
};

/** Own weights are worth adopting from this gain of AUC on, over so many of the last days (score.md 6). */
export const ADOPT_FROM = 0.005;
export const ADOPT_DAYS = 3;

export type Advice = 'adopt' | 'keep' | 'wait';
export type WeightVerdict = {
  readonly advice: Advice;
  /** Mean gain of AUC over the last days; null while too few could be tested. */
  readonly gain: number | null;
};

/** Whether the own weights are worth adopting; `wait` where the past cannot say. */
export const weightVerdict = (trials: readonly WeightTrial[], own: OwnWeights | null): WeightVerdict => {
  const gains = trials.flatMap(({ present, own: fitted }) => (fitted?.auc == null || present.auc === null ? [] : [fitted.auc - present.auc]));
  if (gains.length < ADOPT_DAYS || own === null) return { advice: 'wait', gain: null };
  const gain = meanOf(gains.slice(-ADOPT_DAYS));
  return { advice: gain !== null && gain > ADOPT_FROM && own.negative.length === 0 ? 'adopt' : 'keep', gain };
};

/** What fitting found: the weights of today, and both models on days later than those the weights were fitted on. */
export type WeightFinding = WeightVerdict & {
  readonly present: UsageShares | null;
  readonly own: OwnWeights | null;
  /** What today's weights were fitted to. */
  readonly lessons: { readonly n: number; readonly silent: number; readonly from: Day | null; readonly to: Day | null };
  readonly trials: readonly WeightTrial[];
  /** Over the days both were tested on. */
  readonly mean: { readonly present: Measured; readonly own: Measured } | null;
  readonly calibration: { readonly present: readonly CalibrationBin[]; readonly own: readonly CalibrationBin[] };
};

import type { CustomKey, OtherKey, SignalKey } from './component.ts';
import { defaultHealthModel, type Weights } from './health.ts';
import type { ModelConfig } from './model-config.ts';
import { isCustom, isOther } from './other-signal.ts';
import { roundParts } from './rounding.ts';

const HUNDRED = 10_000; // hundredths of a point: integers add up exactly

/**
 * Moving one slider: `key` gets `points`, the unlocked others give or take in proportion to what they have
 * (evenly when they have nothing). Always adds up to 100; what locked weights leave is the most a slider can take,
 * and with every other weight locked nothing moves.
 */
export const rebalanceWeights = (weights: Weights, locked: ReadonlySet<SignalKey>, key: SignalKey, points: number): Weights => {
  const keys = Object.keys(weights) as SignalKey[];
  const free = keys.filter((k) => k !== key && !locked.has(k));
  if (free.length === 0) return weights;
  const hundredths = (k: SignalKey) => Math.round((weights[k] ?? 0) * 100);
  const fixed = keys.filter((k) => k !== key && locked.has(k)).reduce((total, k) => total + hundredths(k), 0);
  const wanted = Math.min(Math.max(0, Math.round(points * 100)), HUNDRED - fixed);
  const rest = HUNDRED - fixed - wanted;
  const had = free.reduce((total, k) => total + hundredths(k), 0);
  const shares = roundParts(
    free.map((k) => (had > 0 ? (hundredths(k) * rest) / had : rest / free.length)),
    0,
    rest,
  );
  const next = new Map<SignalKey, number>(free.map((k, i) => [k, (shares[i] ?? 0) / 100]));
  next.set(key, wanted / 100);
  return Object.fromEntries([...keys, ...(keys.includes(key) ? [] : [key])].map((k) => [k, next.get(k) ?? weights[k] ?? 0]));
};

/** What a model, or any of its profiles, weighs beside usage. */
export const weighedOthers = ({ weights, profiles = [] }: Pick<ModelConfig, 'weights' | 'profiles'>): (OtherKey | CustomKey)[] => {
  const all = [weights, ...profiles.map((profile) => profile.weights)];
  const keys = new Set(all.flatMap((own) => (Object.keys(own) as SignalKey[]).filter((key) => (own[key] ?? 0) > 0)));
  return [...keys].filter((key): key is OtherKey | CustomKey => isOther(key) || isCustom(key));
};

/** Points another family is offered when its source is connected (score.md 4.7: hypotheses, the backtest decides). */
export const offeredPoints: Readonly<Record<OtherKey, number>> = { support: 8, engagement: 10, pace: 7, sentiment: 0, breadth: 0, payment: 0 };

/** The default weights with these families connected: theirs as offered, the rest to usage in its tested proportions. */
export const defaultWeights = (connected: readonly OtherKey[]): Weights => {
  const usage = Object.keys(defaultHealthModel.weights) as SignalKey[];
  const rest = 100 - connected.reduce((total, key) => total + offeredPoints[key], 0);
  const shares = roundParts(
    usage.map((key) => ((defaultHealthModel.weights[key] ?? 0) * rest) / 100),
    2,
    rest,
  );
  return Object.fromEntries([...usage.map((key, i) => [key, shares[i] ?? 0] as const), ...connected.map((key) => [key, offeredPoints[key]] as const)]);
};

import { type Components, type OtherKey, PROVISIONAL_DAYS, type SignalKey } from './component.ts';
import { type Calibration, defaultSilent, silentProbability } from './stake.ts';

/** Points per signal as stored: for k = 1, 0 to 100 in hundredths, adding up to 100. A signal left out weighs nothing. */
export type Weights = { readonly [key in SignalKey]?: number };

export type BandThresholds = { readonly atRiskBelow: number; readonly atRiskLeaves: number; readonly healthyFrom: number; readonly healthyLeaves: number };

/** One published version of how health is judged. */
export type HealthModel = {
  readonly weights: Weights;
  /** Moves weight to silence where the workspace's rhythms are regular. */
  readonly shiftByRegularity: boolean;
  readonly caps: { readonly quiet: boolean; readonly decline: boolean };
  readonly bands: BandThresholds;
  /** P(silent): the default map, or the workspace's own fit. */
  readonly silent: Calibration;
  /** L(H) behind money at stake: absent, the default curve. */
  readonly loss?: Calibration;
};

export const defaultHealthModel: HealthModel = {
  weights: { cadence: 60, silence: 15, standing: 15, momentum: 10 },
  shiftByRegularity: true,
  caps: { quiet: true, decline: true },
  bands: { atRiskBelow: 50, atRiskLeaves: 54, healthyFrom: 60, healthyLeaves: 55 },
  silent: defaultSilent,
};

export const bands = {
  at_risk: { label: 'At risk', tone: 'risk', order: 0 },
  watch: { label: 'Watch', tone: 'watch', order: 1 },
  healthy: { label: 'Healthy', tone: 'healthy', order: 2 },
} as const;
export type Band = keyof typeof bands;

/** The ceilings in force, 100 where none is. */
export type Caps = { readonly quiet: number; readonly decline: number };

export type Score = {
  /** 0 to 100 before the caps; null while an unused account is younger than 14 days. */
  readonly raw: number | null;
  readonly caps: Caps;
  /** Health as shown: min(raw, caps). Alerts, segments and money use this one. */
  readonly shown: number | null;
  /** Null without a score, or where too little of the model's weight had data. */
  readonly band: Band | null;
  /** Fewer than 28 days since first usage. */
  readonly provisional: boolean;
  /** Share of the model's weight that had data, 0 to 1. */
  readonly coverage: number;
  /** Probability of 90 silent days. */
  readonly pSilent: number | null;
};

/** A model with its weights for one workspace day; made once and used for every account. */
export type PreparedModel = { readonly model: HealthModel; readonly keys: readonly SignalKey[]; readonly weights: Float64Array };

/** With less of the model's weight than this there is no band but "not enough data". */
export const ENOUGH_COVERAGE = 0.6;
const NO_CAP = 100;
const QUIET_CAP = 49;

/** Applies the k shift of score.md 4.5: up to .10·(k-1)/2 of the usage family moves from cadence and standing to silence. */
export const prepareModel = (model: HealthModel, k: number): PreparedModel => {
  const keys = (Object.keys(model.weights) as SignalKey[]).filter((key) => (model.weights[key] ?? 0) > 0);
  const { cadence = 0, silence = 0, standing = 0, momentum = 0 } = model.weights;
  const half = model.shiftByRegularity && silence > 0 ? (0.05 * (cadence + silence + standing + momentum) * (k - 1)) / 2 : 0;
  const shift: Weights = {
    cadence: -Math.min(half, cadence),
    standing: -Math.min(half, standing),
    silence: Math.min(half, cadence) + Math.min(half, standing),
  };
  return { model, keys, weights: Float64Array.from(keys, (key) => (model.weights[key] ?? 0) + (shift[key] ?? 0)) };
};

/**
 * Components → health (score.md 4.5 and 4.7). A signal without data gives its weight to the others in
 * proportion. `previous` is the band before, for its hysteresis. Cheap: the what-if preview runs it on every account per slider move;
 * `explainHealth` says the same in points.
 */
export const scoreHealth = (c: Components, prepared: PreparedModel, previous: Band | null = null): Score => {
  const { model } = prepared;
  const caps = capsOf(c, model);
  const provisional = c.tenure < PROVISIONAL_DAYS;
  if (c.state === 'waiting') return { raw: null, caps, shown: null, band: null, provisional, coverage: 0, pSilent: null };
  const { sum, present, expected } = weigh(c, prepared);
  const raw = c.state === 'used' && present > 0 ? clamp((sum / present) * c.gate * c.fade) : 0;
  const shown = Math.min(raw, caps.quiet, caps.decline);
  const pSilent = silentProbability(Math.min(raw, caps.quiet), model.silent);
  const coverage = expected > 0 ? present / expected : 0;
  const band = coverage < ENOUGH_COVERAGE ? null : bandOf(shown, model.bands, previous);
  return { raw, caps, shown, band, provisional, coverage, pSilent };
};

const clamp = (health: number): number => Math.min(100, Math.max(0, health));

const strengthOf = ({ strengths }: Components, key: SignalKey): number => (key in strengths ? (strengths[key as OtherKey] ?? 1) : 1);

/** Weighted sum, the weight that had data, and the weight whose source is connected. */
const weigh = (c: Components, { keys, weights }: PreparedModel): { sum: number; present: number; expected: number } => {
  let sum = 0;
  let present = 0;
  let expected = 0;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as SignalKey;
    const score = c.scores[key];
    const weight = (weights[i] ?? 0) * strengthOf(c, key);
    if (score === undefined) continue;
    expected += weight;
    if (score === null) continue;
    sum += weight * score;
    present += weight;
  }
  return { sum, present, expected };
};

/** Quiet: 49 while silence is under 1 % and there are 4 usage days. Decline: by momentum, once there are 12 usage days in 84. */
const capsOf = (c: Components, { caps }: HealthModel): Caps => ({
  quiet: caps.quiet && c.quiet ? QUIET_CAP : NO_CAP,
  decline: caps.decline && c.engaged ? declineCap(c.scores.momentum) : NO_CAP,
});

const declineCap = (momentum: number): number => {
  if (momentum <= 25) return 45 + 0.56 * momentum;
  return momentum < 45 ? 59 + 2.05 * (momentum - 25) : NO_CAP;
};

/** Lower bounds are included; inside the hysteresis the previous band stays. */
export const bandOf = (shown: number, t: BandThresholds, previous: Band | null): Band => {
  if (shown < (previous === 'at_risk' ? t.atRiskLeaves : t.atRiskBelow)) return 'at_risk';
  return shown >= (previous === 'healthy' ? t.healthyLeaves : t.healthyFrom) ? 'healthy' : 'watch';
};

/** One signal's share: `earned + missed` is what it could earn, `weight` points; a missing signal can earn nothing. */
export type BreakdownPart = {
  readonly key: SignalKey;
  /** Component score 0 to 100, null when missing on this account. */
  readonly component: number | null;
  readonly weight: number;
  readonly earned: number;
  readonly missed: number;
};
/** Parts add up to 100 points; earned less removed is health as shown. All doubles: round with `roundParts`. */
export type Breakdown = {
  readonly parts: readonly BreakdownPart[];
  readonly earned: number;
  readonly removed: { readonly gate: number; readonly fade: number; readonly quiet: number; readonly decline: number };
  readonly shown: number;
};

/** The score in points; null when there is none. What both caps would take goes to the lower one. */
export const explainHealth = (c: Components, prepared: PreparedModel): Breakdown | null => {
  const score = scoreHealth(c, prepared);
  if (score.raw === null || score.shown === null || c.state === 'waiting' || c.state === 'never_used') return null;
  const { present } = weigh(c, prepared);
  const parts = prepared.keys.flatMap((key, i): BreakdownPart[] => {
    const component = c.scores[key];
    if (component === undefined) return [];
    const weight = component === null || present === 0 ? 0 : (100 * (prepared.weights[i] ?? 0) * strengthOf(c, key)) / present;
    const earned = (weight * (component ?? 0)) / 100;
    return [{ key, component, weight, earned, missed: weight - earned }];
  });
  const earned = parts.reduce((total, part) => total + part.earned, 0);
  const gate = earned * (1 - c.gate);
  const overCap = score.raw - score.shown;
  const byQuiet = score.caps.quiet <= score.caps.decline;
  const removed = { gate, fade: earned - gate - score.raw, quiet: byQuiet ? overCap : 0, decline: byQuiet ? 0 : overCap };
  return { parts, earned, removed, shown: score.shown };
};

import { decimal, type DecimalText } from './money.ts';
import type { Components } from './component.ts';
import type { Measures } from './measure.ts';

/** A logistic in health: `ceiling / (1 + exp((H - middle) / width))`, falling as health rises. */
export type Calibration = { readonly ceiling: number; readonly middle: number; readonly width: number };

/** Share of the next 90 days' revenue lost beyond ordinary fluctuation, by health as shown; fitted on six data sets (score.md 4.5). */
export const defaultLoss: Calibration = { ceiling: 0.65, middle: 58, width: 10 };
/** Probability of 90 silent days, by raw health under the quiet cap only; replaced by the workspace's own fit when it has enough history. */
export const defaultSilent: Calibration = { ceiling: 1, middle: 45, width: 11 };

const HORIZON_DAYS = 90;
/** A rate is not read from fewer days than this. */
const MIN_RATE_DAYS = 14;

const logistic = (health: number, { ceiling, middle, width }: Calibration): number => ceiling / (1 + Math.exp((health - middle) / width));

/** L(H), 0 to its ceiling; H is health as shown. */
export const lossShare = (shown: number, loss: Calibration = defaultLoss): number => logistic(shown, loss);

/** P(no usage in the next 90 days); `health` = min(raw, quiet cap), never the decline cap. */
export const silentProbability = (health: number, silent: Calibration = defaultSilent): number => logistic(health, silent);

/** Revenue a day worth keeping: the best of the last 28, 84 and 364 days, so that an account already silent does not rank last. */
export const bestDailyRate = (m: Measures, tenure: number): number => {
  const observed = Math.max(tenure, MIN_RATE_DAYS);
  return Math.max(m.revenue28 / Math.min(28, observed), m.revenue84 / Math.min(84, observed), m.revenue364 / Math.min(364, observed));
};

/** Expected revenue lost in the next 90 days beyond the fluctuation of a healthy account; in currency (or main-meter units). */
export const moneyAtStake = (dailyRate: number, shown: number, loss: Calibration = defaultLoss): number => HORIZON_DAYS * dailyRate * lossShare(shown, loss);

/** Revenue to win in 90 days; shown apart, never added to money at stake. Null until P(expansion) is calibrated. */
export const expansionUpside = (m: Measures, c: Components, pExpansion: number | null): number | null =>
  pExpansion === null ? null : pExpansion * Math.max(0, c.growth - 1) * (m.revenue28 / 28) * HORIZON_DAYS;

/** Amount of a calculation in doubles as money text with two places. */
export const amountText = (amount: number): DecimalText => decimal(amount).toFixed(2);

/**
 * Annualised run rate (metrics.md): net revenue of the last 28 complete days ÷ 28 × 365, of younger accounts
 * since start; null below 7 days. Exact until the last step, then two places.
 */
export const runRate = (netRevenue28: DecimalText, daysSinceStart: number): DecimalText | null => {
  if (daysSinceStart < 7) return null;
  return decimal(netRevenue28).times(365).div(Math.min(28, daysSinceStart)).toFixed(2);
};

/** What makes a row pressing today. Health and days ago are as shown at day closes. */
export type Pressing = {
  readonly enteredRiskDaysAgo: number | null;
  readonly healthFall7: number;
  /** A task or milestone is past its date. */
  readonly overdue: boolean;
  readonly exhaustionInDays: number | null;
};

/** 1, 1.5 or 2: half for a fresh fall, half for something due. */
export const urgency = (p: Pressing): number => {
  const fresh = (p.enteredRiskDaysAgo !== null && p.enteredRiskDaysAgo <= 7) || p.healthFall7 >= 10;
  const due = p.overdue || (p.exhaustionInDays !== null && p.exhaustionInDays <= 30);
  return 1 + (fresh ? 0.5 : 0) + (due ? 0.5 : 0);
};

export type TriageKey = { readonly name: string; readonly moneyAtStake: number; readonly urgency: number };

/** The order of triage: money at stake × urgency, largest first; ties by name in code-unit order, as Postgres does with collation "C". */
export const byTriage = (a: TriageKey, b: TriageKey): number =>
  b.moneyAtStake * b.urgency - a.moneyAtStake * a.urgency || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

import { addDays, type Day, daysBetween, maxDay } from './calendar.ts';
import { Decimal, decimal, type DecimalText, toText, ZERO } from './money.ts';

/** A prepaid amount for a term, its first and last day both included. */
export type Commitment = { readonly amount: DecimalText; readonly start: Day; readonly end: Day };

export type Pace = 'under' | 'watch' | 'on_plan' | 'fast';
/** Lower edges of pace = consumed ÷ plan (metrics.md); `fast` begins above its edge, the others at theirs. */
export type PaceEdges = { readonly watch: number; readonly onPlan: number; readonly fast: number };
export const defaultPaceEdges: PaceEdges = { watch: 0.7, onPlan: 0.9, fast: 1.15 };

/** Fast burn is never a risk to health: it is a reason to talk about more. */
export const paces = {
  under: { label: 'Under plan', tone: 'risk' },
  watch: { label: 'Behind plan', tone: 'watch' },
  on_plan: { label: 'On plan', tone: 'healthy' },
  fast: { label: 'Ahead of plan', tone: 'expansion' },
} as const satisfies Record<Pace, { label: string; tone: 'risk' | 'watch' | 'healthy' | 'expansion' }>;

export const paceOf = (pace: number, edges: PaceEdges = defaultPaceEdges): Pace => {
  if (pace > edges.fast) return 'fast';
  if (pace >= edges.onPlan) return 'on_plan';
  return pace >= edges.watch ? 'watch' : 'under';
};

export type BurnDown = {
  readonly termDays: number;
  readonly elapsedDays: number;
  /** Shares of the term and of the commitment. `burned` null without a commitment above zero. */
  readonly elapsed: number;
  readonly burned: number | null;
  /** What a straight line would have consumed by now. */
  readonly planned: DecimalText;
  /** consumed ÷ planned; null before the term has begun. */
  readonly pace: number | null;
  readonly state: Pace | null;
  /** At the given rate: days from the as-of day (from the start of a term to come) until nothing is left (0: used up), the day that falls on, days before the end of the term (negative: after it). Null at a rate of 0 or less. */
  readonly exhaustion: { readonly days: number; readonly day: Day; readonly beforeEnd: number } | null;
  /** At the end of the term at that rate: beyond the commitment, or unused of it. One of them is 0. */
  readonly overage: DecimalText;
  readonly breakage: DecimalText;
};

/** Days are told to a tenth at best; a date a thousand years off is no date. */
const FARTHEST_DAYS = 365_000;

/**
 * Where a commitment stands after the last complete day and where a constant daily rate leads it
 * (metrics.md, Commitment burn-down; the plan is a straight line). `consumed` and `dailyRate` in the commitment's unit.
 */
export const burnDown = (commitment: Commitment, consumed: DecimalText, dailyRate: DecimalText, asOf: Day, edges: PaceEdges = defaultPaceEdges): BurnDown => {
  const termDays = Math.max(1, daysBetween(commitment.start, commitment.end) + 1);
  const elapsedDays = Math.min(termDays, Math.max(0, daysBetween(commitment.start, asOf) + 1));
  const [amount, used, rate] = [decimal(commitment.amount), decimal(consumed), decimal(dailyRate)];
  const planned = amount.times(elapsedDays).div(termDays);
  const pace = planned.gt(0) ? used.div(planned).toNumber() : null;
  const left = Decimal.max(amount.minus(used), ZERO);
  const ahead = Decimal.max(rate, ZERO).times(termDays - elapsedDays);
  const final = used.plus(ahead).minus(amount);
  return {
    termDays,
    elapsedDays,
    elapsed: elapsedDays / termDays,
    burned: amount.gt(0) ? used.div(amount).toNumber() : null,
    planned: toText(planned.toDecimalPlaces(18)),
    pace,
    state: pace === null ? null : paceOf(pace, edges),
    exhaustion: exhaustionOf(left, rate, maxDay(asOf, addDays(commitment.start, -1)), termDays - elapsedDays),
    overage: toText(Decimal.max(final, ZERO)),
    breakage: toText(Decimal.max(final.neg(), ZERO)),
  };
};

const exhaustionOf = (left: Decimal, rate: Decimal, from: Day, daysLeft: number): BurnDown['exhaustion'] => {
  if (left.gt(0) && rate.lte(0)) return null;
  const days = left.isZero() ? 0 : left.div(rate).toNumber();
  return days > FARTHEST_DAYS ? null : { days, day: addDays(from, Math.ceil(days)), beforeEnd: daysLeft - days };
};

import type { OtherReadings } from './other-signal.ts';
import type { Traits } from './profile.ts';

/**
 * What one account's judgement needs at an as-of day t: one row that SQL sums and TypeScript judges.
 * Days are `dayNumber`s, windows of k days are (t-k, t], numbers are doubles (formulas: score.md section 4).
 *
 * Live rule between closes: for an account with usage today, t is today, day counts include today,
 * `clockSilent` is 0, `clockSpan` leaves today's tick out, and revenue windows and weeks end yesterday.
 */
export type Measures = {
  /** t, the last day counted. */
  readonly asOf: number;
  /** First and last usage day ever up to t; null when the account was never used. */
  readonly firstDay: number | null;
  readonly lastDay: number | null;
  /** First usage day inside (t-364, t]; null without any. */
  readonly yearFirstDay: number | null;
  /** Days since contract start, else creation, else first fact; the age of an account nobody has used yet. */
  readonly ageDays: number;

  /** Usage days: days with positive quantity on a meter that counts as activity. */
  readonly usageDaysEver: number;
  readonly days28: number;
  readonly days84: number;
  readonly days182: number;
  readonly days364: number;
  /** Usage days in (t-112, t-28]: the 84 days before the last 28. */
  readonly daysPrior84: number;

  /** Net revenue of the window, rounded to the cent and not below 0; without prices the main meter's quantity. */
  readonly revenue28: number;
  readonly revenue84: number;
  readonly revenue90: number;
  readonly revenue364: number;
  /** The same over (t-168, t-84]. */
  readonly revenuePrior84: number;

  /** Ticks of the workspace clock: K(t) - K(lastDay) and K(lastDay) - K(yearFirstDay); 0 where a day is null. */
  readonly clockSilent: number;
  readonly clockSpan: number;

  /** Meters with usage in (t-28, t] and in (t-112, t-28]; null in a workspace with one meter. */
  readonly meters28: number | null;
  readonly metersPrior84: number | null;

  /** V: mid-rank percentile of `revenue364` among the peers of the last day close; 50 with fewer than 10 peers. */
  readonly standing: number;
  /** Mid-rank percentile of usage days at this age among accounts of the last year; 50 with fewer than 20, or past day 60. */
  readonly onboarding: number;

  /** Main meter (revenue if priced) in the last 24 seven-day weeks ending on t, oldest first; null when not summed. */
  readonly weeks: readonly number[] | null;
  /** Days from the start to first value; null while not reached on t or without a first-value milestone. */
  readonly ttfvDays: number | null;

  /** What was read beside usage; absent where the model weighs nothing else. */
  readonly others?: OtherReadings;
  /** What a profile may ask of it; absent where the model has none. */
  readonly traits?: Traits;
};

/** What is relative to the workspace: fixed at a day close and reused until the next. */
export type Relative = {
  /** Regularity of gaps, 1 (memoryless) to 3 (clockwork); `clock.ts`. */
  readonly k: number;
  /** Median `revenue364 / days364` over peers with a positive value; 0 without any. */
  readonly vbar: number;
  /** Whether the workspace has a first-value milestone, and its Kaplan–Meier median in days (null: not reached by half). */
  readonly milestoneSet: boolean;
  readonly medianTtfvDays: number | null;
};

/** Accounts with usage in 182 days are peers of each other; below this many of them there is no standing. */
export const MIN_PEERS = 10;
export const MIN_ONBOARDING_PEERS = 20;
/** Onboarding compares accounts at the same age, up to this day. */
export const ONBOARDING_AGE_CAP = 60;

/**
 * Mid-rank percentile, 0 to 100: (number less + half the number equal) / n over an ascending list.
 * An account outside the list is ranked against it without being added. NaN for an empty list.
 */
export const midRank = (sorted: ArrayLike<number>, value: number): number => {
  const less = lowerBound(sorted, value, false);
  const notGreater = lowerBound(sorted, value, true);
  return (100 * (less + (notGreater - less) / 2)) / sorted.length;
};

/** How many are below `value`, or at most `value` with `inclusive`. */
const lowerBound = (sorted: ArrayLike<number>, value: number, inclusive: boolean): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = sorted[middle] ?? Number.NaN;
    if (at < value || (inclusive && at === value)) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Median of an ascending list, the mean of the middle two when even; null for an empty one. */
export const median = (sorted: ArrayLike<number>): number | null => {
  const n = sorted.length;
  if (n === 0) return null;
  const upper = sorted[n >> 1] ?? Number.NaN;
  return n % 2 === 1 ? upper : ((sorted[(n >> 1) - 1] ?? Number.NaN) + upper) / 2;
};

/** vbar of `Relative`: from revenue and usage days of the last 364 days of the peers. */
export const typicalDayValue = (peers: Iterable<{ readonly revenue364: number; readonly days364: number }>): number => {
  const values: number[] = [];
  for (const peer of peers) if (peer.revenue364 > 0 && peer.days364 > 0) values.push(peer.revenue364 / peer.days364);
  return median(values.sort((a, b) => a - b)) ?? 0;
};

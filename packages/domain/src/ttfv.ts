import { type Day, daysBetween } from './calendar.ts';

/** One account's way to first value. `start`: contract start, else first seen. `reached`: first day the milestone held, null when not yet. */
export type FirstValue = { readonly start: Day; readonly reached: Day | null };

/** What one account contributes: days from start, reached or still waiting at the as-of day. */
export type FirstValueTime = { readonly days: number; readonly reached: boolean; readonly beforeStart: boolean };

/**
 * Days to first value as known on a day; null when the account had not started by then. Reached later than
 * `asOf` is not reached yet. An end before the start counts as day 0 and is a problem of the data.
 */
export const firstValueTime = ({ start, reached }: FirstValue, asOf: Day): FirstValueTime | null => {
  const isReached = reached !== null && reached <= asOf;
  if (isReached) return { days: Math.max(0, daysBetween(start, reached)), reached: true, beforeStart: reached < start };
  return start > asOf ? null : { days: daysBetween(start, asOf), reached: false, beforeStart: false };
};

/** Share still without first value after so many days, at each day somebody reached it; rows of the Kaplan–Meier estimate. */
export type SurvivalStep = { readonly days: number; readonly waiting: number };

/** The Kaplan–Meier estimate. Who is censored on a day was still waiting on that day. */
export const survivalOf = (times: readonly FirstValueTime[]): SurvivalStep[] => {
  const sorted = times.toSorted((a, b) => a.days - b.days);
  const steps: SurvivalStep[] = [];
  let waiting = 1;
  for (let i = 0; i < sorted.length;) {
    const days = sorted[i]?.days ?? 0;
    const atRisk = sorted.length - i;
    let reached = 0;
    for (; sorted[i]?.days === days; i++) if (sorted[i]?.reached) reached++;
    if (reached === 0) continue;
    waiting *= (atRisk - reached) / atRisk;
    steps.push({ days, waiting });
  }
  return steps;
};

/** A product of fractions that is a half on paper may come out a hair above it. */
const HAIR = 1e-9;

/** Days by which the share has reached first value; null when so many have not (yet): the estimate never guesses beyond the data. */
export const quantileOf = (steps: readonly SurvivalStep[], share: number): number | null =>
  steps.find((step) => step.waiting <= 1 - share + HAIR)?.days ?? null;

export type TimeToFirstValue = {
  readonly accounts: number;
  readonly reached: number;
  /** Accounts whose first value lies before their start: counted as day 0, to be looked at. */
  readonly beforeStart: number;
  readonly median: number | null;
  readonly p75: number | null;
  readonly p90: number | null;
  /** Share within `withinDays`; null where nobody has been watched for so long and some still wait. */
  readonly within: { readonly days: number; readonly share: number | null };
};

/** Time to first value of a group of accounts as known on a day (metrics.md); `withinDays` is the k of "share within k days". */
export const timeToFirstValue = (accounts: readonly FirstValue[], asOf: Day, withinDays: number): TimeToFirstValue => {
  const times = accounts.flatMap((account) => firstValueTime(account, asOf) ?? []);
  const steps = survivalOf(times);
  const waiting = steps.findLast((step) => step.days <= withinDays)?.waiting ?? 1;
  const isWatched = times.some((time) => time.days >= withinDays) || (times.length > 0 && waiting === 0);
  return {
    accounts: times.length,
    reached: times.filter((time) => time.reached).length,
    beforeStart: times.filter((time) => time.beforeStart).length,
    median: quantileOf(steps, 0.5),
    p75: quantileOf(steps, 0.75),
    p90: quantileOf(steps, 0.9),
    within: { days: withinDays, share: isWatched ? 1 - waiting : null },
  };
};

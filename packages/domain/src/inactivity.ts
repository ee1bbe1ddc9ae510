import { type Day, daysBetween } from './calendar.ts';

/**
 * When silence counts as having left (metrics.md, Movements): no usage for max(30 days, 3 × the account's
 * median gap between usage days). A yearly customer is not lost in February.
 */
export const INACTIVITY_DAYS = 30;
const GAPS = 3;

/** Middle of the gaps in days between usage days; null with fewer than two of them. Days in any order. */
export const medianGap = (usageDays: readonly Day[]): number | null => {
  const days = [...new Set(usageDays)].toSorted();
  const gaps = days.slice(1).map((day, i) => daysBetween(days[i] ?? day, day));
  gaps.sort((a, b) => a - b);
  const [low, high] = [gaps[(gaps.length - 1) >> 1], gaps[gaps.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
};

/** Whether the rule holds: `silentDays` since the last usage day (null: never used, which is inactive), `gap` as from `medianGap`. */
export const isInactive = (silentDays: number | null, gap: number | null): boolean =>
  silentDays === null || silentDays >= Math.max(INACTIVITY_DAYS, GAPS * (gap ?? 0));

/** The same from the account's usage days: only those up to `at` count, gaps included. */
export const inactiveAt = (usageDays: readonly Day[], at: Day): boolean => {
  const known = usageDays.filter((day) => day <= at).toSorted();
  const last = known.at(-1);
  return isInactive(last === undefined ? null : daysBetween(last, at), medianGap(known));
};

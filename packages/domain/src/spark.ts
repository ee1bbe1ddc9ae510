/** The sparkline of a row: usage by week against the account's own normal, so that rows of any size compare. */

export const SPARK_WEEKS = 13;
/** Ratios end here: an account at three times its normal reads as "far above", not as a wall. */
export const SPARK_TOP = 1.75;
/** The own normal is the 56 days before the last 28, as momentum has it (score.md 4.4). */
const NORMAL_FROM = 1;
const NORMAL_UNTIL = 9;

const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length);

/**
 * Usage of a normal week. `weeks`: sums of the last 13 seven-day weeks, oldest first; `known`: how many of them, from the newest
 * back, the account has existed in. Where nothing was used in the normal's weeks, the mean of the weeks with usage; 0 without any.
 */
export const normalWeek = (weeks: readonly number[], known: number): number => {
  const first = SPARK_WEEKS - known;
  const normal = mean(weeks.slice(Math.max(NORMAL_FROM, first), Math.max(NORMAL_UNTIL, first)));
  return normal > 0 ? normal : mean(weeks.filter((week) => week > 0));
};

/** Thirteen ratios to the own normal, 0 to 1.75, oldest first; null before the account existed, and all null for one never used. */
export const sparkOf = (weeks: readonly number[], known: number): (number | null)[] => {
  const normal = normalWeek(weeks, known);
  return weeks.map((week, i) => (i < SPARK_WEEKS - known || normal <= 0 ? null : Math.min(SPARK_TOP, Math.max(0, week / normal))));
};

/** Weeks of the last 13 in which the account existed, given the days since its first usage (the first included). */
export const knownWeeks = (tenure: number): number => Math.min(SPARK_WEEKS, Math.max(0, Math.ceil(tenure / 7)));

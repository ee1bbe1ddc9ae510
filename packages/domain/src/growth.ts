/** Whether an account's usage grows consistently: the growth door of score.md 5.1. */
export type WeeklyGrowth = {
  /** Theil–Sen slope of ln(weekly + own mean / 10): .02 is 2 % a week. */
  readonly slope: number;
  /** Weeks of the last 12 above the mean of the 12 before. */
  readonly weeksAbove: number;
  /** Weeks the slope was taken from: 12, fewer for an account younger than that. */
  readonly weeks: number;
};

const WEEKS = 12;
const MIN_WEEKS = 8;

/**
 * `weekly` holds 24 weeks, oldest first. Weeks before the first whole week of usage are left out, so that
 * arriving is not growing; null with fewer than 8 weeks, or nothing in them.
 */
export const weeklyGrowth = (weekly: readonly number[], tenure: number): WeeklyGrowth | null => {
  const lived = Math.floor(tenure / 7);
  const recent = weekly.slice(-Math.min(WEEKS, lived)).map((value) => Math.max(0, value));
  if (recent.length < MIN_WEEKS || lived < MIN_WEEKS) return null;
  const mean = recent.reduce((a, b) => a + b, 0) / recent.length;
  if (mean <= 0) return null;
  const earlier = weekly.slice(-2 * WEEKS, -WEEKS).slice(-Math.max(1, lived - WEEKS));
  const before = lived > WEEKS ? earlier.reduce((a, b) => a + Math.max(0, b), 0) / earlier.length : 0;
  return {
    slope: theilSen(recent.map((value) => Math.log(value + mean / 10))),
    weeksAbove: recent.filter((value) => value > before).length,
    weeks: recent.length,
  };
};

/** Median slope over all pairs of equally spaced values; 0 for fewer than two. */
export const theilSen = (values: readonly number[]): number => {
  const slopes = new Float64Array((values.length * (values.length - 1)) / 2); // numbers sort themselves, without asking back for each pair
  let k = 0;
  for (let i = 0; i < values.length; i++) {
    for (let j = i + 1; j < values.length; j++) slopes[k++] = ((values[j] ?? 0) - (values[i] ?? 0)) / (j - i);
  }
  slopes.sort();
  const middle = slopes.length >> 1;
  if (slopes.length === 0) return 0;
  return slopes.length % 2 === 1 ? (slopes[middle] ?? 0) : ((slopes[middle - 1] ?? 0) + (slopes[middle] ?? 0)) / 2;
};

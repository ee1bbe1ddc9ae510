/** How a normal day of an account looked on every day of the past: the band behind its usage. */

/** The own normal of a day is the 56 days before its last 28, as momentum has it (score.md 4.4). */
const FROM = 84;
const UNTIL = 28;
/** The calm line over daily values; its spread within the normal's days is the band. */
const WEEK = 7;
const SPREAD = 0.1;

export type NormalDay = { readonly low: number; readonly mid: number; readonly high: number };

/**
 * The own normal on each day of `values` (oldest first), null where fewer than 28 of its days are known. `known` is the place of the first
 * usage day: what precedes it is not 0 but unknown. `mid` is the mean per day, `low` and `high` hold eight in ten of its seven-day means.
 */
export const ownNormal = (values: readonly number[], known: number): (NormalDay | null)[] => {
  const weekly = trailingMeans(values, known);
  return values.map((_, i) => {
    const [from, until] = [Math.max(known, i - FROM + 1), i - UNTIL + 1];
    if (until - from < UNTIL) return null;
    const means = weekly.slice(from, until).toSorted((a, b) => a - b);
    const mid = mean(values.slice(from, until));
    return { low: Math.min(mid, quantile(means, SPREAD)), mid, high: Math.max(mid, quantile(means, 1 - SPREAD)) };
  });
};

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

const trailingMeans = (values: readonly number[], known: number): number[] =>
  values.map((value, i) => {
    const from = Math.max(known, i - WEEK + 1);
    return i < from ? value : mean(values.slice(from, i + 1));
  });

/** Linear between neighbours; `sorted` holds at least one value. */
const quantile = (sorted: readonly number[], share: number): number => {
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? 0;
  return below + ((sorted[Math.ceil(at)] ?? below) - below) * (at - Math.floor(at));
};

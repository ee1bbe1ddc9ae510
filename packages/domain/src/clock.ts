/**
 * The workspace clock: time as the whole workspace's activity sees it, so that weekends, holidays and
 * ingestion gaps hardly tick (score.md 4.2), and the regularity k of gaps measured on it.
 */

/** Days over which the clock's usual activity is averaged. */
const AVERAGE_DAYS = 28;
/** k is recomputed on every 28th day since the workspace's first usage day. */
export const REGULARITY_GRID = 28;
const PAIRS_PER_ACCOUNT = 6;
const MIN_PAIRS = 200;

/**
 * K(d), the cumulative clock, for consecutive days from the workspace's first usage day on.
 * `active[i]` = accounts with usage on day i; one tick is min(2, (A+5)/(Abar+5)).
 */
export const workspaceClock = (active: ArrayLike<number>): Float64Array => {
  const clock = new Float64Array(active.length);
  let window = 0;
  let total = 0;
  for (let i = 0; i < active.length; i++) {
    const today = active[i] ?? 0;
    window += today - (i >= AVERAGE_DAYS ? (active[i - AVERAGE_DAYS] ?? 0) : 0);
    const average = window / Math.min(AVERAGE_DAYS, i + 1);
    total += Math.min(2, (today + 5) / (average + 5));
    clock[i] = total;
  }
  return clock;
};

/** The grid day on which k was last recomputed at `asOf`; both days and the result are day numbers. */
export const regularityDay = (firstUsageDay: number, asOf: number): number => asOf - ((asOf - firstUsageDay) % REGULARITY_GRID);

/**
 * u/(u+v) of an account's last six disjoint pairs of consecutive gaps, newest first. `ticks` is K at its usage
 * days inside (g-364, g], ascending; fewer than 3 give nothing.
 */
export const gapShares = (ticks: ArrayLike<number>): number[] => {
  const shares: number[] = [];
  for (let i = ticks.length - 1; i >= 2 && shares.length < PAIRS_PER_ACCOUNT; i -= 2) {
    const [a, b, c] = [ticks[i - 2] ?? 0, ticks[i - 1] ?? 0, ticks[i] ?? 0];
    shares.push((b - a) / (c - a));
  }
  return shares;
};

/** k from the number of pairs and the population variance of their shares: what SQL delivers. */
export const regularityOf = (pairs: number, variance: number): number => {
  if (pairs < MIN_PAIRS) return 1;
  const s2 = Math.max(0.001, variance);
  return Math.min(3, Math.max(1, (1 - 4 * s2) / (8 * s2) - 1));
};

/** k from all shares of all accounts: the slow and obvious way. */
export const regularity = (shares: readonly number[]): number => {
  const mean = shares.reduce((a, b) => a + b, 0) / shares.length;
  return regularityOf(shares.length, shares.reduce((a, b) => a + (b - mean) ** 2, 0) / shares.length);
};

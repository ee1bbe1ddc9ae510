/**
 * Rounds parts to `digits` places so that they add up to the rounded total: largest remainders first, ties
 * to the earlier part. For points that a person adds up on the screen.
 */
export const roundParts = (parts: readonly number[], digits: number, total: number = parts.reduce((a, b) => a + b, 0)): number[] => {
  const unit = 10 ** digits;
  const scaled = parts.map((part) => part * unit);
  const floors = scaled.map(Math.floor);
  let short = Math.round(total * unit) - floors.reduce((a, b) => a + b, 0);
  const byRemainder = scaled.map((s, i) => ({ i, rest: s - (floors[i] ?? 0) })).sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of short > 0 ? byRemainder : byRemainder.toReversed()) {
    if (short === 0) break;
    const step = Math.sign(short);
    floors[i] = (floors[i] ?? 0) + step;
    short -= step;
  }
  return floors.map((n) => n / unit);
};

/** Seeded randomness: the demo is the same business every time, and any day can be made without the days before it. */
export type Random = {
  next(): number;
  between(low: number, high: number): number;
  normal(): number;
  pick<T>(list: readonly T[]): T;
  chance(p: number): boolean;
};

/** FNV-1a over text: a 32-bit seed. */
export const seedOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
};

/** mulberry32: small, fast and good enough for a believable business. */
export const randomFrom = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    pick: (list) => {
      const found = list[Math.floor(next() * list.length)];
      if (found === undefined) throw new RangeError('pick from an empty list');
      return found;
    },
    chance: (p) => next() < p,
  };
};

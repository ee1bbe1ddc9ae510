import { describe, expect, it } from 'vitest';
import { gapShares, regularity, regularityDay, regularityOf, workspaceClock } from './clock.ts';

describe('workspaceClock', () => {
  it('ticks once a day while activity is level', () => {
    expect([...workspaceClock([10, 10, 10])]).toEqual([1, 2, 3]);
  });
  it('hardly ticks on a day without anybody, and never more than twice', () => {
    const clock = workspaceClock([...Array.from({ length: 28 }, () => 95), 0, 1000]);
    expect((clock[28] ?? 0) - (clock[27] ?? 0)).toBeCloseTo(5 / (95 * (27 / 28) + 5));
    expect((clock[29] ?? 0) - (clock[28] ?? 0)).toBe(2);
  });
});

describe('regularity', () => {
  it('takes at most six disjoint pairs of gaps, newest first', () => {
    expect(gapShares([0, 1, 4])).toEqual([0.25]);
    expect(gapShares([0, 1, 2, 5])).toEqual([0.25]);
    expect(gapShares([0, 1])).toEqual([]);
    expect(gapShares(Array.from({ length: 40 }, (_, i) => i))).toHaveLength(6);
  });
  it('needs 200 pairs, and stays between memoryless and clockwork', () => {
    const pairs = (share: number, n: number) => Array.from({ length: n }, (_, i) => (i % 2 === 0 ? share : 1 - share));
    expect(regularity(pairs(0.5, 199))).toBe(1);
    expect(regularity(pairs(0.5, 200))).toBe(3);
    expect(regularity(pairs(0.05, 200))).toBe(1);
    expect(regularity([])).toBe(1);
    expect(regularityOf(300, 1 / 24)).toBeCloseTo((1 - 4 / 24) / (8 / 24) - 1); // between: khat 2.5, k 1.5
  });
  it('is recomputed every 28th day from the first', () => {
    expect([100, 127, 128, 155].map((asOf) => regularityDay(100, asOf))).toEqual([100, 100, 128, 128]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, midRank, typicalDayValue } from './measure.ts';

describe('measure', () => {
  it('ranks as the number less plus half the number equal', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }), fc.integer({ min: -1, max: 10 }), (values, x) => {
        const sorted = [...values].sort((a, b) => a - b);
        const slow = (100 * (values.filter((v) => v < x).length + values.filter((v) => v === x).length / 2)) / values.length;
        expect(midRank(sorted, x)).toBeCloseTo(slow, 9);
      }),
    );
  });
  it('takes the median day value of accounts that have one', () => {
    expect(median([])).toBeNull();
    expect(median([1, 2, 3, 10])).toBe(2.5);
    const peer = (revenue364: number, days364: number) => ({ revenue364, days364 });
    expect(typicalDayValue([peer(10, 5), peer(0, 9), peer(40, 10), peer(90, 10)])).toBe(4);
    expect(typicalDayValue([])).toBe(0);
  });
});

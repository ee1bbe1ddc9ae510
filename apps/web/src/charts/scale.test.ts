import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandPath, extent, linePath, niceTicks, share, spread, trailingMean } from './scale.ts';

describe('niceTicks', () => {
  it.each([
    [0, 3800, [0, 1000, 2000, 3000, 4000]],
    [0.79, 0.82, [0.79, 0.8, 0.81, 0.82]],
    [0, 0, [0, 1]],
  ])('%d to %d', (min, max, ticks) => {
    const got = niceTicks(min, max);
    expect(got[0]).toBe(ticks[0]);
    expect(got.at(-1)).toBe(ticks.at(-1));
  });
  it('covers what it is given with few even steps', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 1e3, max: 1e9, noNaN: true }), (min, span) => {
        const ticks = niceTicks(min, min + span);
        expect(ticks.length).toBeGreaterThan(1);
        expect(ticks.length).toBeLessThan(9);
        const slack = span * 1e-6;
        expect(ticks[0]).toBeLessThanOrEqual(min + slack);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(min + span - slack);
      }),
    );
  });
});

describe('paths', () => {
  it('breaks a line where nothing is known', () =>
    expect(
      linePath([
        [0, 0],
        [50, 100],
        [60, null],
        [100, 50],
      ]),
    ).toBe('M0 1000L500 0M1000 500'));
  it('closes a band and needs two points', () => {
    expect(
      bandPath([
        [0, 10, 20],
        [100, 10, 20],
        [100, null, 20],
        [100, 1, 2],
      ]),
    ).toBe('M0 800L1000 800L1000 900L0 900Z');
  });
  it('knows the extent of what is known', () => expect([extent([null, 3, undefined, -1]), extent([null])]).toEqual([[-1, 3], null]));
  it('stands in percent', () => expect([share(5, [0, 10]), share(5, [5, 5])]).toEqual([50, 0]));
  it('averages what is known and leaves holes', () => expect(trailingMean([2, null, 4, 6], 3)).toEqual([2, null, 3, 5]));
});

describe('spread', () => {
  it('leaves alone what does not collide', () => expect(spread([80, 10], 8)).toEqual([80, 10]));
  it('keeps order, distance and bounds', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 2, maxLength: 12 }), (wanted) => {
        const placed = spread(wanted, 8);
        const pairs = wanted.map((y, i) => [y, placed[i] ?? Number.NaN] as const).toSorted((a, b) => a[1] - b[1]);
        for (let i = 1; i < pairs.length; i++) {
          expect((pairs[i]?.[1] ?? 0) - (pairs[i - 1]?.[1] ?? 0)).toBeGreaterThanOrEqual(8 - 1e-9);
          expect(pairs[i]?.[0]).toBeGreaterThanOrEqual(pairs[i - 1]?.[0] ?? 0);
        }
        for (const y of placed) expect(y >= -1e-9 && y <= 100 + 1e-9).toBe(true);
      }),
    );
  });
});

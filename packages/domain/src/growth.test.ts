import { describe, expect, it } from 'vitest';
import { theilSen, weeklyGrowth } from './growth.ts';

const weeks = (value: (i: number) => number): number[] => Array.from({ length: 24 }, (_, i) => value(i));

describe('weeklyGrowth', () => {
  it('reads a steady climb whatever single weeks do', () => {
    expect(theilSen([0, 1, 2, 3, 40])).toBe(1);
    expect(theilSen([1])).toBe(0);
    const growth = weeklyGrowth(
      weeks((i) => (i === 15 ? 0 : 100 * 1.05 ** i)),
      400,
    );
    expect(growth?.slope).toBeGreaterThan(0.03);
    expect(growth).toMatchObject({ weeksAbove: 11, weeks: 12 });
  });
  it('does not take arriving for growing', () => {
    expect(
      weeklyGrowth(
        weeks((i) => (i < 15 ? 0 : 100)),
        63,
      ),
    ).toMatchObject({ slope: 0, weeks: 9 });
    expect(
      weeklyGrowth(
        weeks((i) => (i < 17 ? 0 : 100)),
        49,
      ),
    ).toBeNull();
    expect(
      weeklyGrowth(
        weeks(() => 0),
        400,
      ),
    ).toBeNull();
  });
});

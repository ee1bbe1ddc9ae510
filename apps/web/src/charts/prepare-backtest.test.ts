import { describe, expect, it } from 'vitest';
import { prepareCalibration, prepareRanking, type RankedDay } from './prepare-backtest.ts';

const reader = { locale: 'en-GB', timeZone: 'UTC', today: '2026-11-23' as never };
const day = (cutoff: string, health: number | null, recency: number | null, finished = true): RankedDay => ({
  cutoff,
  finished,
  p90: { accounts: 50, rankings: { health: { auc: health }, raw: { auc: null }, recency: { auc: recency }, change28: { auc: null } } },
});

describe('pairs ranked right by day', () => {
  it('counts the days on which health was better, leaving out those that cannot be ranked', () => {
    const made = prepareRanking(
      [day('2026-01-31', 0.8, 0.6), day('2026-02-28', 0.55, 0.6), day('2026-03-31', null, null), day('2026-10-31', 0.9, 0.1, false)],
      reader,
    );
    expect(made?.title).toBe('Health ranked better than days since last usage on 1 of 2 days');
    expect(made?.plot.dots).toHaveLength(2);
    expect(made?.plot.dots.map(({ x }) => x)).toEqual([0, 100]);
  });
  it('keeps what is worse than guessing inside the plot', () => {
    const made = prepareRanking([day('2026-01-31', 0.31, 1), day('2026-02-28', 0.42, 0.99)], reader);
    for (const { y } of made?.plot.dots ?? []) expect(y).toBeGreaterThanOrEqual(0);
    expect(made?.plot.zero).toBeGreaterThan(0);
    expect(made?.plot.yTicks.every(({ at }) => at <= 100)).toBe(true);
  });
  it('is nothing without a day, and stands in the middle with one', () => {
    expect(prepareRanking([day('2026-01-31', null, null)], reader)).toBeNull();
    expect(prepareRanking([day('2026-01-31', 0.8, 0.6)], reader)?.plot.dots).toMatchObject([{ x: 50 }]);
  });
});

describe('foretold and happened', () => {
  it('puts what came true as foretold on the diagonal', () => {
    const plot = prepareCalibration([
      { n: 1_200, foretold: 0.05, happened: 0.05 },
      { n: 27, foretold: 0.45, happened: 0.6 },
      { n: 3, foretold: 0.95, happened: 0 },
    ]);
    const [first, second] = plot?.dots ?? [];
    expect(first?.x).toBeCloseTo(first?.y ?? -1);
    expect(second?.y).toBeGreaterThan(second?.x ?? 200);
    expect(plot?.words.map(({ text }) => text)).toEqual(['1,200', '30']);
    expect(prepareCalibration([])).toBeNull();
  });
});

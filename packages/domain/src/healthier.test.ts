import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { componentsOf } from './component.ts';
import { defaultHealthModel, prepareModel, scoreHealth } from './health.ts';
import { AHEAD_DAYS, askedDays, changeWords, cheapestChanges } from './healthier.ts';
import { measuresOn, type UsageDay, usageHistory, type UsageHistory } from './usage-history.ts';

const AS_OF = 1_000;
const HEALTHY = defaultHealthModel.bands.healthyFrom;
const prepared = prepareModel(defaultHealthModel, 1);

/** One tick a day, and a standing that more revenue raises. */
const health = (history: UsageHistory, day: number): number | null => {
  const own = measuresOn(history, { start: 0, reached: null }, day, { ticks: (on) => on, manyMeters: false })?.measures;
  if (!own) return null;
  const standing = Math.min(100, own.revenue364 / 200);
  return scoreHealth(componentsOf({ ...own, standing, onboarding: 50 }, { k: 1, vbar: 50, milestoneSet: false, medianTtfvDays: null }), prepared).shown;
};

/** Used every so many days for so long, then silent. */
const habit = fc
  .record({
    every: fc.integer({ min: 1, max: 30 }),
    silent: fc.integer({ min: 0, max: 200 }),
    value: fc.integer({ min: 1, max: 300 }),
    since: fc.integer({ min: 130, max: 900 }),
  })
  .map(({ every, silent, value, since }): UsageDay[] => {
    const days: UsageDay[] = [];
    for (let day = AS_OF - since; day <= AS_OF - silent; day += every) days.push({ day, meters: 1, value });
    return days;
  });
const asked = (rows: readonly UsageDay[]) => cheapestChanges({ history: usageHistory(rows), asOf: AS_OF, health, healthyFrom: HEALTHY });

describe('what would make an account healthy', () => {
  it('is true: with the days it asks for the account is healthy on that day, and not a day before', () => {
    let reached = 0;
    fc.assert(
      fc.property(habit, (rows) => {
        const year = rows.filter(({ day }) => day > AS_OF - 364);
        const daily = year.length === 0 ? 0 : year.reduce((sum, { value }) => sum + value, 0) / year.length;
        const normal = rows.filter(({ day }) => day > AS_OF - 112 && day <= AS_OF - 28).length / 84 || year.length / 364;
        const rates = { once: [1, 1], usual: [normal, 1], more: [normal, 1.5], weekdays: [5 / 7, 1] } as const;
        for (const { key, days, usageDays, health: shown, reaches } of asked(rows)) {
          const [rate, factor] = rates[key];
          const on = (day: number) => health(usageHistory([...rows, ...askedDays(AS_OF, rate, day, daily * factor)]), AS_OF + day) ?? 0;
          expect(on(days)).toBeCloseTo(shown, 9);
          expect(shown >= HEALTHY).toBe(reaches);
          expect(usageDays).toBe(askedDays(AS_OF, rate, days, 1).length);
          if (!reaches) continue;
          reached++;
          for (let day = 1; day < days; day++) expect(on(day)).toBeLessThan(HEALTHY);
        }
      }),
      { numRuns: 60 },
    );
    expect(reached).toBeGreaterThan(20);
  });

  it('comes cheapest first, and what never gets there last', () => {
    fc.assert(
      fc.property(habit, (rows) => {
        const changes = asked(rows);
        const order = changes.map(({ key, reaches, usageDays, days, health: shown }) =>
          reaches ? [0, usageDays * (key === 'more' ? 1.5 : 1), days] : [1, -shown, 0],
        );
        expect(order).toEqual(order.toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0) || (a[2] ?? 0) - (b[2] ?? 0)));
        if (changes.some(({ key, reaches }) => key === 'once' && reaches)) expect(changes).toHaveLength(1);
        expect(changes.every(({ days }) => days >= 1 && days <= AHEAD_DAYS)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('spreads the days evenly, the first of them tomorrow', () => {
    expect(askedDays(10, 3 / 7, 14, 5).map(({ day }) => day)).toEqual([11, 13, 15, 17, 20, 22, 24]);
    expect(askedDays(10, 1, 3, 5).map(({ day }) => day)).toEqual([11, 12, 13]);
    expect(asked([])).toEqual([]);
  });

  it('says it as a CSM would', () => {
    const change = { key: 'usual', label: '', days: 9, usageDays: 4, health: 60, reaches: true } as const;
    expect(changeWords(change)).toBe('healthy after 9 days, 4 of them in use');
    expect(changeWords({ ...change, days: 1, usageDays: 1 })).toBe('healthy after 1 day');
    expect(changeWords({ ...change, reaches: false, health: 53.4, days: 80 })).toBe('53 at best, after 80 days');
  });
});

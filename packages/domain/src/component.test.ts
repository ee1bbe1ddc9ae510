import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { componentsOf } from './component.ts';
import { exampleRelative, measuresWith, silentFor } from './example.ts';

describe('componentsOf', () => {
  it('keeps every component between 0 and 100, and silence only falls as it lasts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.double({ min: 1, max: 3, noNaN: true }), (days, k) => {
        const relative = { ...exampleRelative, k };
        const now = componentsOf(silentFor(days), relative);
        for (const score of Object.values(now.scores)) expect(score).toSatisfy((s: number) => s >= 0 && s <= 100);
        const next = componentsOf(silentFor(days, { clockSilent: days + 1 }), relative);
        expect(next.log10p).toBeLessThanOrEqual(now.log10p);
        expect(next.scores.silence).toBeLessThanOrEqual(now.scores.silence);
      }),
    );
  });
  it('rises in cadence with every usage day', () => {
    const cadence = (days84: number) => componentsOf(measuresWith({ days84 }), exampleRelative).expectedDays;
    for (let n = 0; n < 84; n++) expect(cadence(n + 1)).toBeGreaterThan(cadence(n));
  });
  it('gives a flat, fully observed year a growth of 1 and a momentum of 50', () => {
    const c = componentsOf(measuresWith({ days28: 28, days84: 84, days182: 182, days364: 364, revenue90: 9_000, revenue364: 36_400 }), {
      ...exampleRelative,
      vbar: 100,
    });
    expect(c.growth).toBeCloseTo(1, 2);
    expect(c.scores.momentum).toBeCloseTo(50, 9);
  });
  it('says nothing about value where the workspace has none', () => {
    const c = componentsOf(measuresWith({ revenue28: 0, revenue84: 0, revenue90: 0, revenue364: 0 }), { ...exampleRelative, vbar: 0 });
    expect([c.trend, c.growth]).toEqual([0, 1]);
  });
  it('tells waiting from never used from idle', () => {
    const unused = { firstDay: null, lastDay: null, yearFirstDay: null };
    expect(componentsOf(measuresWith({ ...unused, ageDays: 13 }), exampleRelative).state).toBe('waiting');
    expect(componentsOf(measuresWith({ ...unused, ageDays: 14 }), exampleRelative).state).toBe('never_used');
    const idle = componentsOf(silentFor(400), exampleRelative);
    expect([idle.state, idle.expansionIndex, idle.fade]).toEqual(['idle', 0, 0]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { componentsOf } from './component.ts';
import { exampleMeasures, exampleRelative, measuresWith, silentFor } from './example.ts';
import { amountText, bestDailyRate, byTriage, expansionUpside, lossShare, moneyAtStake, runRate, silentProbability, urgency } from './stake.ts';

const calm = { enteredRiskDaysAgo: null, healthFall7: 0, overdue: false, exhaustionInDays: null };

describe('money at stake', () => {
  it('falls as health rises, and never exceeds what there is to lose', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 99, noNaN: true }), fc.double({ min: 0, max: 1e6, noNaN: true }), (health, rate) => {
        const stake = moneyAtStake(rate, health);
        expect(stake).toBeGreaterThanOrEqual(moneyAtStake(rate, health + 1));
        expect(stake).toBeLessThanOrEqual(0.65 * 90 * rate);
      }),
    );
    expect([lossShare(58), silentProbability(45)]).toEqual([0.325, 0.5]);
  });
  it('takes the best rate, so that a silent account keeps its worth', () => {
    expect(bestDailyRate(exampleMeasures, 1095)).toBe(100);
    expect(bestDailyRate(silentFor(60), 1095)).toBeCloseTo((100 * 304) / 364, 9);
    expect(bestDailyRate(measuresWith({ revenue28: 700, revenue84: 700, revenue364: 700 }), 3)).toBe(50);
    expect(amountText(moneyAtStake(100, 94.8558))).toBe('143.14');
  });
  it('shows an upside only once expansion is calibrated', () => {
    const c = { ...componentsOf(exampleMeasures, exampleRelative), growth: 1.5 };
    expect([expansionUpside(exampleMeasures, c, null), expansionUpside(exampleMeasures, c, 0.4)]).toEqual([null, expect.closeTo(1800, 9)]);
  });
});

describe('run rate', () => {
  it('annualises 28 complete days, of a younger account those it has, from 7 on', () => {
    expect(runRate('2800.00', 400)).toBe('36500.00');
    expect(runRate('100.01', 10)).toBe('3650.37');
    expect(runRate('100', 6)).toBeNull();
  });
});

describe('triage order', () => {
  it('adds half for a fresh fall and half for something due', () => {
    expect(urgency(calm)).toBe(1);
    expect(urgency({ ...calm, enteredRiskDaysAgo: 7 })).toBe(1.5);
    expect(urgency({ ...calm, enteredRiskDaysAgo: 8, healthFall7: 10 })).toBe(1.5);
    expect(urgency({ ...calm, healthFall7: 12, overdue: true, exhaustionInDays: 3 })).toBe(2);
    expect(urgency({ ...calm, exhaustionInDays: 31 })).toBe(1);
  });
  it('sorts by money times urgency, then by name', () => {
    const row = (name: string, money: number, u = 1) => ({ name, moneyAtStake: money, urgency: u });
    expect([row('b', 10), row('a', 10), row('c', 8, 1.5), row('d', 50)].sort(byTriage).map((r) => r.name)).toEqual(['d', 'c', 'a', 'b']);
  });
});

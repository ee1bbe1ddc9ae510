import { describe, expect, it } from 'vitest';
import { componentsOf } from './component.ts';
import { exampleRelative, measuresWith, silentFor } from './example.ts';
import type { Measures } from './measure.ts';
import { againstNormal, lessOf, usualGap } from './norm.ts';

const less = (changes: Partial<Measures>) => {
  const m = measuresWith({ revenue28: 1_000, revenue84: 6_600, ...changes });
  return lessOf(m, componentsOf(m, exampleRelative));
};

describe('an account against its own past', () => {
  it('compares 28 days with the 56 before, per day', () => {
    expect(againstNormal(measuresWith({ revenue28: 1_000, revenue84: 6_600 }), 400)).toBeCloseTo(-0.642857, 5);
    expect(againstNormal(measuresWith({}), 55)).toBeNull();
    expect(againstNormal(measuresWith({ revenue84: 2_800 }), 400)).toBeNull();
  });
  it('knows the usual gap before the silence', () => {
    expect(usualGap(silentFor(60))).toBeCloseTo(2, 1);
    expect(usualGap(measuresWith({ usageDaysEver: 1 }))).toBeNull();
    expect(usualGap(silentFor(200))).toBeCloseTo(894 / 539, 5);
  });
  it('tells optimised from leaving by breadth', () => {
    expect(less({ meters28: 3, metersPrior84: 3 })).toEqual({ kind: 'optimised' });
    expect(less({ days28: 5, meters28: 1, metersPrior84: 3 })).toEqual({ kind: 'leaving' });
    expect(less({ meters28: 2, metersPrior84: 3 })).toEqual({ kind: 'unclear', because: 'fewer_meters' });
    expect(less({ days28: 5, meters28: 3, metersPrior84: 3 })).toEqual({ kind: 'unclear', because: 'fewer_days' });
    expect([less({}), less({ days28: 5 })]).toEqual([{ kind: 'fewer_per_day' }, { kind: 'fewer_days' }]);
    expect(less({ firstDay: 19_960, revenuePrior84: 0 })).toBeNull();
    expect(less({ firstDay: 19_960, revenuePrior84: 9_000 })).toEqual({ kind: 'unclear', because: 'short_history' });
    expect(lessOf(measuresWith({}), componentsOf(measuresWith({}), exampleRelative))).toBeNull();
  });
});

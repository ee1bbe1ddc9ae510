import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Day } from './calendar.ts';
import { defaultHealthModel, prepareModel } from './health.ts';
import { defaultModelConfig } from './model-config.ts';
import type { WeightLesson } from './weight-fit.ts';
import { type OwnWeights, ownWeights, usageShares, weightLessonDays, weightVerdict, type WeightTrial, withOwnWeights } from './weight-trial.ts';

const level = { prAuc: null, lift: null, brier: null, ece: null };
const shares = { cadence: 0.4, silence: 0.3, standing: 0.2, momentum: 0.1 };
const trial = (present: number | null, own: number | null): WeightTrial => ({
  cutoff: '2026-01-31' as Day,
  accounts: 100,
  base: 0.2,
  lessons: 500,
  silent: 100,
  learnedTo: '2025-11-02' as Day,
  present: { auc: present, ...level },
  own: own === null ? null : { auc: own, ...level, shares },
});
const own: OwnWeights = { shares, negative: [] };

describe('the verdict', () => {
  it('asks for more than half a point over the last three days that could be tested', () => {
    const early = trial(0.5, 0.9);
    expect(weightVerdict([early, trial(0.7, 0.706), trial(0.7, 0.706), trial(0.7, 0.706)], own).advice).toBe('adopt');
    const slight = weightVerdict([early, trial(0.7, 0.704), trial(0.7, 0.704), trial(0.7, 0.704)], own);
    expect(slight.advice).toBe('keep');
    expect(slight.gain).toBeCloseTo(0.004, 9);
  });
  it('refuses weights of a past in which a better score was more risk', () => {
    expect(
      weightVerdict(
        [1, 2, 3].map(() => trial(0.7, 0.8)),
        { shares, negative: ['momentum'] },
      ).advice,
    ).toBe('keep');
  });
  it('waits where too few days could be tested, or nothing could be fitted', () => {
    const days = [trial(0.7, 0.8), trial(0.7, null), trial(null, 0.8), trial(0.7, 0.8)];
    expect(weightVerdict(days, own)).toEqual({ advice: 'wait', gain: null });
    expect(
      weightVerdict(
        [1, 2, 3].map(() => trial(0.7, 0.8)),
        null,
      ).advice,
    ).toBe('wait');
  });
});

describe('own weights', () => {
  const lessonsOf = (n: number, silent: number): WeightLesson[] =>
    Array.from({ length: n }, (_, i) => ({ scores: [i % 100, 50, (i * 7) % 100, 50], hit: i < silent }));
  it('need as much past as a probability does', () => {
    expect(ownWeights(lessonsOf(199, 90), 1)).toBeNull();
    expect(ownWeights(lessonsOf(300, 29), 1)).toBeNull();
    expect(ownWeights(lessonsOf(300, 271), 1)).toBeNull();
    expect(ownWeights(lessonsOf(300, 100), 1)).not.toBeNull();
  });
  it('stay the tested ones where the past says nothing, at whatever rhythm', () => {
    for (const k of [1, 2.6]) {
      const flat = Array.from({ length: 400 }, (_, i) => ({ scores: [50, 50, 50, 50], hit: i % 2 === 0 }));
      const found = ownWeights(flat, k);
      for (const [key, share] of Object.entries(usageShares(defaultHealthModel, k) ?? {})) expect(found?.shares[key as 'cadence']).toBeCloseTo(share, 9);
    }
  });
  it('learn from the year before the last known outcome', () => {
    const days = weightLessonDays(1_000, 90);
    expect(days.slice(0, 2)).toEqual([910, 882]);
    expect(days.every((day) => day > 910 - 365)).toBe(true);
    expect(days).toHaveLength(14);
  });
});

it('a model with own weights keeps what usage weighs, and all the rest', () => {
  const part = fc.integer({ min: 0, max: 40 });
  const parts = fc.tuple(part, part, part, part).filter((all) => all.some((one) => one > 0));
  fc.assert(
    fc.property(parts, parts, ([cadence, silence, standing, momentum], wanted) => {
      const usage = cadence + silence + standing + momentum;
      const total = wanted.reduce((a, b) => a + b, 0);
      const [a = 0, b = 0, c = 0, d = 0] = wanted.map((one) => one / total);
      const model = { ...defaultModelConfig, weights: { cadence, silence, standing, momentum, support: 12.34 } };
      const made = withOwnWeights(model, { cadence: a, silence: b, standing: c, momentum: d });
      const { support, ...rest } = made?.weights ?? {};
      expect(support).toBe(12.34);
      expect(Object.values(rest).reduce((sum, one) => sum + Math.round(one * 100), 0)).toBe(usage * 100);
      expect(made && prepareModel(made, 3).weights).toEqual(made && prepareModel(made, 1).weights);
      expect({ ...made, weights: 0, shiftByRegularity: 0 }).toEqual({ ...model, weights: 0, shiftByRegularity: 0 });
    }),
  );
  expect(withOwnWeights({ ...defaultModelConfig, weights: { support: 100 } }, shares)).toBeNull();
});

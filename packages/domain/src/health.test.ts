import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Components, componentsOf, type Scores } from './component.ts';
import { exampleMeasures, exampleRelative, measuresWith } from './example.ts';
import { bandOf, defaultHealthModel, explainHealth, type HealthModel, prepareModel, scoreHealth } from './health.ts';

const ordinary = componentsOf(exampleMeasures, exampleRelative);
const withScores = (scores: Scores, rest: Partial<Components> = {}): Components => ({ ...ordinary, scores, ...rest });
const usage = { cadence: 80, silence: 60, standing: 40, momentum: 50 };
const prepared = prepareModel(defaultHealthModel, 1);

const score = fc.double({ min: 0, max: 100, noNaN: true });
const anyComponents = fc
  .record({
    scores: fc.record(
      { cadence: score, silence: score, standing: score, momentum: score, support: fc.option(score), engagement: fc.option(score) },
      { requiredKeys: ['cadence', 'silence', 'standing', 'momentum'] },
    ),
    gate: fc.double({ min: 0, max: 1, noNaN: true }),
    fade: fc.double({ min: 0, max: 1, noNaN: true }),
    quiet: fc.boolean(),
    engaged: fc.boolean(),
  })
  .map(({ scores, ...rest }) => withScores(scores as Scores, rest));
const composite: HealthModel = { ...defaultHealthModel, weights: { cadence: 45, silence: 11.25, standing: 11.25, momentum: 7.5, support: 8, engagement: 17 } };

describe('scoreHealth', () => {
  it('weighs the four usage signals by default', () => {
    const s = scoreHealth(withScores(usage), prepared);
    expect(s.raw).toBeCloseTo(0.6 * 80 + 0.15 * 60 + 0.15 * 40 + 0.1 * 50, 9);
    expect([s.coverage, s.provisional, s.band]).toEqual([1, false, 'healthy']);
  });
  it('stays between 0 and 100, and never falls when a component rises', () => {
    fc.assert(
      fc.property(anyComponents, fc.constantFrom('cadence', 'silence', 'standing', 'momentum'), fc.double({ min: 1, max: 3, noNaN: true }), (c, key, k) => {
        const model = prepareModel(composite, k);
        const { raw, shown } = scoreHealth(c, model);
        expect(shown).toSatisfy((h: number) => h >= 0 && h <= 100 && h <= (raw ?? 0));
        const better = scoreHealth({ ...c, scores: { ...c.scores, [key]: Math.min(100, c.scores[key] + 5) } }, model);
        expect(better.shown ?? 0).toBeGreaterThanOrEqual((shown ?? 0) - 1e-9);
      }),
    );
  });
  it('gives the weight of a missing signal to the others and says what was covered', () => {
    const s = scoreHealth(withScores({ ...usage, support: 20, engagement: null }), prepareModel(composite, 1));
    expect(s.raw).toBeCloseTo((0.75 * 68 + 0.08 * 20) / 0.83, 9);
    expect(s.coverage).toBeCloseTo(0.83, 9);
  });
  it('does not miss a family whose source is not connected', () => {
    const s = scoreHealth(withScores(usage), prepareModel(composite, 1));
    expect([s.coverage, s.raw]).toEqual([1, expect.closeTo(68, 9)]);
  });
  it('moves weight to silence where rhythms are regular, within the usage family, unless switched off', () => {
    expect([...prepareModel(defaultHealthModel, 3).weights]).toEqual([expect.closeTo(55), expect.closeTo(25), expect.closeTo(10), 10]);
    expect(prepareModel(composite, 1.4).weights[1]).toBeCloseTo(11.25 + 1.5, 9);
    expect([...prepareModel({ ...defaultHealthModel, shiftByRegularity: false }, 3).weights]).toEqual([60, 15, 15, 10]);
    expect([...prepareModel({ ...defaultHealthModel, weights: { cadence: 90, momentum: 10 } }, 3).weights]).toEqual([90, 10]);
  });
  it('caps by name, each with its switch, and keeps the decline cap out of P(silent)', () => {
    const c = withScores({ ...usage, momentum: 10 }, { quiet: true, engaged: true });
    const both = scoreHealth(c, prepared);
    expect([both.caps, both.shown]).toEqual([{ quiet: 49, decline: expect.closeTo(50.6, 9) }, 49]);
    const decline = scoreHealth(c, prepareModel({ ...defaultHealthModel, caps: { quiet: false, decline: true } }, 1));
    expect(decline.shown).toBeCloseTo(50.6, 9);
    expect(decline.pSilent).toBeCloseTo(1 / (1 + Math.exp((64 - 45) / 11)), 9);
    expect(scoreHealth({ ...c, engaged: false, quiet: false }, prepared).shown).toBeCloseTo(64, 9);
  });
  it('has no score for an account that waits, and 0 for one never used or idle', () => {
    expect(scoreHealth({ ...ordinary, state: 'waiting' }, prepared)).toMatchObject({ raw: null, shown: null, band: null, pSilent: null });
    expect(scoreHealth({ ...ordinary, state: 'never_used' }, prepared)).toMatchObject({ raw: 0, shown: 0, band: 'at_risk' });
    expect(scoreHealth({ ...ordinary, state: 'idle' }, prepared).shown).toBe(0);
    expect(scoreHealth(componentsOf(measuresWith({ firstDay: 19_980 }), exampleRelative), prepared).provisional).toBe(true);
  });
});

describe('bandOf', () => {
  const t = defaultHealthModel.bands;
  it('includes lower bounds and holds the band inside its hysteresis', () => {
    expect([49.9, 50, 59.9, 60].map((h) => bandOf(h, t, null))).toEqual(['at_risk', 'watch', 'watch', 'healthy']);
    expect([53.9, 54, 60].map((h) => bandOf(h, t, 'at_risk'))).toEqual(['at_risk', 'watch', 'healthy']);
    expect([49, 54.9, 55].map((h) => bandOf(h, t, 'healthy'))).toEqual(['at_risk', 'watch', 'healthy']);
  });
});

describe('explainHealth', () => {
  it('adds up: earned and missed to 100, earned less removed to health as shown', () => {
    fc.assert(
      fc.property(anyComponents, fc.double({ min: 1, max: 3, noNaN: true }), (c, k) => {
        const model = prepareModel(composite, k);
        const told = explainHealth(c, model);
        if (!told) throw new Error('a used account has a breakdown');
        const total = told.parts.reduce((sum, part) => sum + part.earned + part.missed, 0);
        const { gate, fade, quiet, decline } = told.removed;
        expect(total).toBeCloseTo(100, 9);
        expect(told.earned - gate - fade - quiet - decline).toBeCloseTo(told.shown, 9);
        expect(told.shown).toBe(scoreHealth(c, model).shown);
        expect(Math.min(gate, fade, quiet, decline)).toBeGreaterThan(-1e-9);
      }),
    );
  });
  it('lists a missing signal without points, and has nothing to say about an unused account', () => {
    const told = explainHealth(withScores({ ...usage, engagement: null }), prepareModel(composite, 1));
    expect(told?.parts.find((part) => part.key === 'engagement')).toEqual({ key: 'engagement', component: null, weight: 0, earned: 0, missed: 0 });
    expect(explainHealth({ ...ordinary, state: 'waiting' }, prepared)).toBeNull();
  });
});

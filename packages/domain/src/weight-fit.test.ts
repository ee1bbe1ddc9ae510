import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitWeights, type FitRule, type WeightFit, type WeightLesson } from './weight-fit.ts';

const score = fc.double({ min: 0, max: 100, noNaN: true });
const lessonsUpTo = (maxLength: number): fc.Arbitrary<WeightLesson[]> =>
  fc
    .array(fc.record({ scores: fc.tuple(score, score, score, score), hit: fc.boolean() }), { minLength: 4, maxLength })
    .filter((all) => all.some(({ hit }) => hit) && all.some(({ hit }) => !hit));
const lessons = lessonsUpTo(60);
const slope = fc.double({ min: 0, max: 1, noNaN: true });
const rule: fc.Arbitrary<FitRule> = fc.record({
  toward: fc.tuple(slope, slope, slope, slope),
  penalty: fc.double({ min: 0.05, max: 200, noNaN: true }),
  signed: fc.boolean(),
});

/** The formula of score.md 6 as it is written. */
const loss = (all: readonly WeightLesson[], { intercept, slopes }: WeightFit, { toward, penalty }: FitRule): number =>
  all.reduce((sum, { scores, hit }) => {
    const z = intercept - slopes.reduce((total, b, k) => total + (b * ((scores[k] ?? 0) - 50)) / 10, 0);
    return sum - Math.log(1 / (1 + Math.exp(hit ? -z : z)));
  }, 0) +
  penalty * slopes.reduce((sum, b, k) => sum + (b - (toward[k] ?? 0)) ** 2, 0);
const moved = (fit: WeightFit, i: number, by: number): WeightFit =>
  i === 0 ? { ...fit, intercept: fit.intercept + by } : { ...fit, slopes: fit.slopes.map((b, k) => (k === i - 1 ? b + by : b)) };

/** The obvious way down: a step along each unknown in turn, smaller when none helps. */
const slowFit = (all: readonly WeightLesson[], by: FitRule): WeightFit => {
  let best: WeightFit = { intercept: 0, slopes: by.toward };
  for (let step = 1; step > 1e-4;) {
    let better = false;
    for (let i = 0; i < 5; i++)
      for (const way of [step, -step]) {
        const next = moved(best, i, way);
        if (!by.signed && next.slopes.some((b) => b < 0)) continue;
        if (loss(all, next, by) < loss(all, best, by)) [best, better] = [next, true];
      }
    if (!better) step /= 2;
  }
  return best;
};

describe('fitting weights', () => {
  it('never makes a better score a risk, unless it is asked what the past alone says', () => {
    fc.assert(fc.property(lessons, rule, (all, by) => fitWeights(all, { ...by, signed: false }).slopes.every((b) => b >= 0)));
    const backward = Array.from({ length: 80 }, (_, i) => ({ scores: [50, 50, 50, i], hit: i % 10 < i / 10 }));
    const by = { toward: [0, 0, 0, 0], penalty: 0.5 };
    expect(fitWeights(backward, { ...by, signed: true }).slopes[3]).toBeLessThan(0);
    expect(fitWeights(backward, by).slopes[3]).toBe(0);
  });

  it('stays where it is drawn to when that is all that counts', () => {
    fc.assert(
      fc.property(lessons, rule, (all, by) => {
        const { slopes } = fitWeights(all, { ...by, penalty: 1e12 });
        for (const [k, b] of slopes.entries()) expect(b).toBeCloseTo(by.toward[k] ?? 0, 5);
      }),
    );
  });

  it('stands still: no way down is left, but for those across the bound', () => {
    fc.assert(
      fc.property(lessons, rule, (all, by) => {
        const fit = fitWeights(all, by);
        const step = 1e-4;
        for (let i = 0; i < 5; i++) {
          const rise = (loss(all, moved(fit, i, step), by) - loss(all, moved(fit, i, -step), by)) / (2 * step);
          const atBound = i > 0 && !by.signed && fit.slopes[i - 1] === 0;
          if (atBound) expect(rise).toBeGreaterThan(-1e-4 * all.length);
          else expect(Math.abs(rise)).toBeLessThan(1e-4 * all.length);
        }
      }),
    );
  });

  it('finds what a slow search finds', () => {
    fc.assert(
      fc.property(lessonsUpTo(12), rule, (all, any) => {
        const by = { ...any, penalty: 10 + any.penalty }; // where little draws, the slow search creeps
        const [fast, slow] = [fitWeights(all, by), slowFit(all, by)];
        expect(loss(all, fast, by)).toBeLessThanOrEqual(loss(all, slow, by) + 1e-9);
      }),
      { numRuns: 15 },
    );
  });
});

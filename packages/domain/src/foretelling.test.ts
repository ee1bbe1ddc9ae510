import fc from 'fast-check';
import { expect, it } from 'vitest';
import { areaUnderCurve, averagePrecision, brierScore, calibrationBins, calibrationError, type Case, liftOfTenth, meanOf } from './foretelling.ts';

/** Few different risks, so that many tie. */
const both = fc
  .array(fc.record({ risk: fc.integer({ min: 0, max: 12 }), hit: fc.boolean() }), { minLength: 2, maxLength: 60 })
  .filter((cases) => cases.some(({ hit }) => hit) && cases.some(({ hit }) => !hit));

it('area under the curve: the share of pairs in the right order', () => {
  fc.assert(
    fc.property(both, (cases) => {
      const pairs = cases.filter(({ hit }) => hit).flatMap((hit) => cases.filter((one) => !one.hit).map((miss) => Math.sign(hit.risk - miss.risk)));
      expect(areaUnderCurve(cases)).toBeCloseTo(pairs.reduce<number>((sum, order) => sum + (order + 1) / 2, 0) / pairs.length, 12);
    }),
  );
});

it('average precision: precision at each threshold, weighted by what it adds', () => {
  fc.assert(
    fc.property(both, (cases) => {
      const hits = cases.filter(({ hit }) => hit).length;
      const thresholds = [...new Set(cases.map(({ risk }) => risk))].toSorted((a, b) => b - a);
      let [area, before] = [0, 0];
      for (const threshold of thresholds) {
        const taken = cases.filter(({ risk }) => risk >= threshold);
        const found = taken.filter(({ hit }) => hit).length;
        area += ((found - before) / hits) * (found / taken.length);
        before = found;
      }
      expect(averagePrecision(cases)).toBeCloseTo(area, 12);
    }),
  );
});

it('lift of the riskiest tenth: how many times more often it comes true; ties at the border count in part', () => {
  const at = (risk: number, n: number, hits: number): Case[] => Array.from({ length: n }, (_, i) => ({ risk, hit: i < hits }));
  expect(liftOfTenth([...at(9, 10, 10), ...at(1, 90, 10)])).toBeCloseTo(1 / 0.2);
  expect(liftOfTenth([...at(9, 5, 5), ...at(5, 10, 2), ...at(1, 85, 13)])).toBeCloseTo((5 + 1) / 10 / 0.2); // half of those that tie
  fc.assert(
    fc.property(both, (cases) => {
      expect(liftOfTenth(cases.map(({ hit }) => ({ risk: 1, hit })))).toBeCloseTo(1, 9);
    }),
  );
});

it('Brier and calibration: a probability that happens as often as it says errs by nothing but chance', () => {
  const of = (p: number, n: number, hits: number) => Array.from({ length: n }, (_, i) => ({ p, hit: i < hits }));
  const right = [...of(0.25, 40, 10), ...of(0.75, 20, 15)];
  expect(calibrationError(calibrationBins(right))).toBeCloseTo(0, 12);
  expect(calibrationError(calibrationBins(of(1, 10, 4)))).toBeCloseTo(0.6);
  expect(brierScore(of(1, 10, 4))).toBeCloseTo(0.6);
  expect(calibrationBins(right)).toEqual([
    { n: 40, foretold: 0.25, happened: 0.25 },
    { n: 20, foretold: 0.75, happened: 0.75 },
  ]);
});

it('says nothing where nothing, or everything, came true', () => {
  expect(areaUnderCurve([{ risk: 1, hit: true }])).toBeNaN();
  expect(averagePrecision([{ risk: 1, hit: false }])).toBeNaN();
  expect(meanOf([Number.NaN])).toBeNull();
  expect(meanOf([1, Number.NaN, 2])).toBe(1.5);
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  areaUnderCurve,
  averagePrecision,
  brierScore,
  type CalibrationBin,
  calibrationBins,
  calibrationError,
  type Case,
  joinedBins,
  liftOfTenth,
  meanOf,
  MIN_IN_POINT,
} from './foretelling.ts';

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

it('joins groups too small to say a share with their neighbours, and loses nobody', () => {
  const bin = (n: number, foretold: number, happened: number) => ({ n, foretold, happened });
  expect(joinedBins([bin(40, 0.05, 0.1), bin(7, 0.15, 0), bin(2, 0.25, 1), bin(25, 0.35, 0.4), bin(3, 0.9, 1)])).toEqual([
    bin(40, 0.05, 0.1),
    { n: 37, foretold: expect.closeTo((7 * 0.15 + 2 * 0.25 + 25 * 0.35 + 3 * 0.9) / 37, 12), happened: expect.closeTo((2 + 10 + 3) / 37, 12) },
  ]);
  expect(joinedBins([bin(5, 0.1, 0.2), bin(6, 0.2, 0.5)])).toHaveLength(1);
  expect(joinedBins([])).toEqual([]);
  const groups = fc.array(
    fc.record({
      n: fc.integer({ min: 1, max: 60 }),
      foretold: fc.double({ min: 0, max: 1, noNaN: true }),
      happened: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  );
  const sum = (all: readonly CalibrationBin[], pick: (one: CalibrationBin) => number) => all.reduce((total, one) => total + one.n * pick(one), 0);
  fc.assert(
    fc.property(groups, (bins) => {
      const joined = joinedBins(bins);
      for (const pick of [() => 1, (one: CalibrationBin) => one.foretold, (one: CalibrationBin) => one.happened])
        expect(sum(joined, pick)).toBeCloseTo(sum(bins, pick), 6);
      if (joined.length > 1) for (const { n } of joined) expect(n).toBeGreaterThanOrEqual(MIN_IN_POINT);
    }),
  );
});

it('says nothing where nothing, or everything, came true', () => {
  expect(areaUnderCurve([{ risk: 1, hit: true }])).toBeNaN();
  expect(averagePrecision([{ risk: 1, hit: false }])).toBeNaN();
  expect(meanOf([Number.NaN])).toBeNull();
  expect(meanOf([1, Number.NaN, 2])).toBe(1.5);
});

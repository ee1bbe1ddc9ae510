import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { componentsOf } from './component.ts';
import { exampleRelative, measuresWith, silentFor } from './example.ts';
import { defaultHealthModel, prepareModel, scoreHealth } from './health.ts';
import { fitLoss, type Kept } from './loss-curve.ts';
import { fitCalibrations, type Lived, quietHealth, revenueOdds } from './own-calibration.ts';
import { type Calibration, lossShare } from './stake.ts';

/** Accounts at every health that lose what a curve says, beside the ordinary fluctuation. */
const keptBy = (curve: Calibration, ordinary: number): Kept[] =>
  Array.from({ length: 101 }, (_, health) =>
    Array.from({ length: 20 }, (__, i) => ({ health, prior: 100 + i, next: (100 + i) * (1 - ordinary - lossShare(health, curve)) })),
  ).flat();

describe('money at stake from the own past', () => {
  it('finds the curve that the losses came from', () => {
    for (const [curve, ordinary] of [
      [{ ceiling: 0.65, middle: 58, width: 10 }, 0.15],
      [{ ceiling: 0.6, middle: 44, width: 6 }, 0.05],
      [{ ceiling: 0.8, middle: 68, width: 12 }, 0.1],
    ] as const) {
      const found = fitLoss(keptBy(curve, ordinary))!;
      for (let health = 0; health <= 100; health += 10) expect(lossShare(health, found)).toBeCloseTo(lossShare(health, curve), 1);
    }
  });

  it('says nothing where few were seen, or where health saves nothing', () => {
    const many = keptBy({ ceiling: 0.65, middle: 58, width: 10 }, 0.15);
    expect(fitLoss(many.slice(0, 199))).toBeNull();
    expect(fitLoss(many.map((one) => ({ ...one, next: one.prior })))).toBeNull();
    const upside = fitLoss(many.map((one) => ({ ...one, health: 100 - one.health })));
    expect(upside).toBeNull();
    expect(fitLoss(many.map((one) => ({ ...one, prior: 0 })))).toBeNull();
  });

  it('is not drawn by one large account', () => {
    const curve = { ceiling: 0.65, middle: 58, width: 10 };
    const found = fitLoss([...keptBy(curve, 0.15), { health: 95, prior: 10_000_000, next: 0 }])!;
    expect(lossShare(90, found)).toBeCloseTo(lossShare(90, curve), 1);
  });
});

describe('probabilities from the own past', () => {
  it('reads silence from what a close kept as the present reads it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (silent, days84, standing) => {
          const c = componentsOf(measuresWith({ ...silentFor(silent), days84, standing }), exampleRelative);
          const score = scoreHealth(c, prepareModel(defaultHealthModel, 1));
          if (score.raw === null || score.shown === null) return;
          expect(quietHealth({ raw: score.raw, health: score.shown, log10p: c.log10p })).toBe(Math.min(score.raw, score.caps.quiet));
        },
      ),
    );
  });

  it('fits each outcome by what foretells it, and keeps still about the others', () => {
    const lived = Array.from({ length: 1_000 }, (_, i): Lived => {
      const health = (i * 7) % 101;
      const luck = ((i * 37) % 100) / 100;
      const silent = luck < 1 / (1 + Math.exp((health - 45) / 11));
      const growth = 0.5 + ((i * 13) % 100) / 50;
      const expansion = !silent && ((i * 61) % 100) / 100 < growth / 5;
      return {
        health,
        raw: health,
        log10p: 0,
        cadence: 50,
        growth,
        silent,
        contraction: false,
        expansion,
        prior: 100,
        next: silent ? 0 : expansion ? 150 : 100,
      };
    });
    const [silent, contraction, expansion, loss] = fitCalibrations(lived);
    expect(silent?.curve?.middle).toBeGreaterThan(38);
    expect(silent?.curve?.middle).toBeLessThan(52);
    expect(contraction).toMatchObject({ kind: 'contraction', curve: null, lessons: 1_000, hits: 0 });
    expect(loss?.curve).not.toBeNull();
    const own = { contraction: contraction!.curve, expansion: expansion!.curve };
    const odds = (growth: number) =>
      revenueOdds({ shown: 60, pSilent: 0.1 }, { ...componentsOf(measuresWith({}), exampleRelative), expansionIndex: growth }, own);
    expect(odds(50).contraction).toBeNull();
    expect(odds(80).expansion ?? 0).toBeGreaterThan(odds(20).expansion ?? 1);
    expect(revenueOdds({ shown: null, pSilent: null }, componentsOf(measuresWith({}), exampleRelative), own)).toEqual({ contraction: null, expansion: null });
  });

  it('tells one future: who goes silent shrinks, and nobody shrinks and grows', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const curve = fc.record({ ceiling: share, middle: fc.integer({ min: 20, max: 80 }), width: fc.integer({ min: 2, max: 20 }) });
    fc.assert(
      fc.property(
        share,
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 100 }),
        curve,
        curve,
        (pSilent, shown, expansionIndex, contraction, expansion) => {
          const c = { ...componentsOf(measuresWith({}), exampleRelative), expansionIndex };
          const odds = revenueOdds({ shown, pSilent }, c, { contraction, expansion });
          expect(odds.contraction).toBeGreaterThanOrEqual(pSilent);
          expect(odds.expansion! + odds.contraction!).toBeLessThanOrEqual(1 + 1e-12);
          expect(odds.expansion).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});

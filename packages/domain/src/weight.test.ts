import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignalKey } from './component.ts';
import { defaultHealthModel, type Weights } from './health.ts';
import { roundParts } from './rounding.ts';
import { defaultWeights, rebalanceWeights } from './weight.ts';

const none: ReadonlySet<SignalKey> = new Set();
const total = (weights: Weights): number => Object.values<number | undefined>(weights).reduce<number>((sum, w) => sum + Math.round((w ?? 0) * 100), 0) / 100;
const KEYS = ['cadence', 'silence', 'standing', 'momentum'] as const;

describe('rebalanceWeights', () => {
  it('takes from the unlocked others in proportion', () => {
    expect(rebalanceWeights(defaultHealthModel.weights, none, 'cadence', 20)).toEqual({ cadence: 20, silence: 30, standing: 30, momentum: 20 });
    expect(rebalanceWeights(defaultHealthModel.weights, new Set(['silence']), 'cadence', 75)).toEqual({ cadence: 75, silence: 15, standing: 6, momentum: 4 });
  });
  it('stops at what the locked weights leave, and moves nothing when all others are locked', () => {
    expect(rebalanceWeights(defaultHealthModel.weights, new Set(['silence']), 'cadence', 100)).toEqual({ cadence: 85, silence: 15, standing: 0, momentum: 0 });
    expect(rebalanceWeights(defaultHealthModel.weights, new Set(['silence', 'standing', 'momentum']), 'cadence', 10)).toBe(defaultHealthModel.weights);
  });
  it('shares evenly among weights that have nothing', () => {
    expect(rebalanceWeights({ cadence: 100, silence: 0, standing: 0 }, none, 'cadence', 80)).toEqual({ cadence: 80, silence: 10, standing: 10 });
  });
  it('always adds up to 100 and touches no locked weight', () => {
    const move = fc.record({ key: fc.constantFrom(...KEYS), points: fc.double({ min: -20, max: 130, noNaN: true }), locked: fc.subarray([...KEYS]) });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 12 }), (moves) => {
        let weights = defaultHealthModel.weights;
        for (const { key, points, locked } of moves) {
          const next = rebalanceWeights(weights, new Set(locked), key, points);
          expect(total(next)).toBe(100);
          for (const other of locked.filter((k) => k !== key)) expect(next[other]).toBe(weights[other]);
          for (const w of Object.values(next)) expect(w).toBeGreaterThanOrEqual(0);
          weights = next;
        }
      }),
    );
  });
});

describe('defaultWeights', () => {
  it('leaves usage its tested proportions', () => {
    expect(defaultWeights([])).toEqual(defaultHealthModel.weights);
    expect(defaultWeights(['support', 'engagement', 'pace'])).toEqual({
      cadence: 45,
      silence: 11.25,
      standing: 11.25,
      momentum: 7.5,
      support: 8,
      engagement: 10,
      pace: 7,
    });
  });
});

describe('roundParts', () => {
  it('keeps the rounded total and moves no part by a whole unit', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 12 }), (parts) => {
        const rounded = roundParts(parts, 1);
        const sum = parts.reduce((a, b) => a + b, 0);
        expect(rounded.reduce((a, b) => a + Math.round(b * 10), 0)).toBe(Math.round(sum * 10) + 0);
        rounded.forEach((r, i) => expect(Math.abs(r - (parts[i] ?? 0))).toBeLessThan(0.1 + 1e-9));
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logGamma, logIncompleteBeta } from './incomplete-beta.ts';

const integrate = (x: number, a: number, b: number): number => {
  const steps = 200_000;
  const density = (t: number) => Math.exp((a - 1) * Math.log(t) + (b - 1) * Math.log1p(-t) + logGamma(a + b) - logGamma(a) - logGamma(b));
  let area = 0;
  for (let i = 0; i < steps; i++) area += density(((i + 0.5) / steps) * x);
  return (area * x) / steps;
};

describe('logIncompleteBeta', () => {
  it('is the power of x for b = 1, also where the power underflows', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.999, noNaN: true }), fc.double({ min: 1, max: 2000, noNaN: true }), (x, a) => {
        const wanted = a * Math.log(x);
        expect(Math.abs(logIncompleteBeta(x, 1 - x, a, 1) - wanted)).toBeLessThan(1e-9 * Math.max(1, Math.abs(wanted)));
      }),
    );
    expect(logIncompleteBeta(0.1, 0.9, 1000, 1)).toBeCloseTo(-2302.585, 2);
  });

  it('agrees with plain integration', () => {
    for (const [x, a, b] of [
      [0.3, 2, 1.5],
      [0.9, 12, 2.2],
      [0.97, 60, 3],
      [0.5, 1.3, 1.3],
    ] as const) {
      expect(Math.exp(logIncompleteBeta(x, 1 - x, a, b))).toBeCloseTo(integrate(x, a, b), 5);
    }
  });

  it('is symmetric: I_x(a,b) + I_1-x(b,a) = 1', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.double({ min: 1, max: 300, noNaN: true }),
        fc.double({ min: 1, max: 3, noNaN: true }),
        (x, a, b) => {
          expect(Math.exp(logIncompleteBeta(x, 1 - x, a, b)) + Math.exp(logIncompleteBeta(1 - x, x, b, a))).toBeCloseTo(1, 9);
        },
      ),
    );
  });

  it('ends in certainty', () => {
    expect(logIncompleteBeta(1, 0, 5, 2)).toBe(0);
    expect(logIncompleteBeta(0, 1, 5, 2)).toBe(-Infinity);
  });
});

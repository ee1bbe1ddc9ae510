import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sparkPath } from './sparkline-path.ts';

describe('sparkPath', () => {
  it('puts own normal at the same height whatever the account', () => {
    expect(sparkPath([1, 1], 90, 32).end).toEqual({ x: 87, y: 14.1 });
  });
  it('breaks where nothing is known and starts again', () => {
    expect(sparkPath([null, 1, null, 0], 90, 32).d).toBe('M31 14.1M87 29');
  });
  it('has no dot without a value', () => expect(sparkPath([null, null], 90, 32)).toMatchObject({ d: '', end: null }));
  it('never leaves its box', () => {
    const ratio = fc.option(fc.double({ min: -5, max: 1e6, noNaN: true }));
    fc.assert(
      fc.property(fc.array(ratio, { maxLength: 20 }), (ratios) => {
        const numbers = [...sparkPath(ratios, 90, 32).d.matchAll(/[ML]([\d.]+) ([\d.]+)/g)];
        expect(numbers.length).toBe(ratios.filter((r) => r !== null).length);
        for (const [, x, y] of numbers) expect(Number(x) >= 3 && Number(x) <= 87 && Number(y) >= 3 && Number(y) <= 29).toBe(true);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, day } from './calendar.ts';
import { burnDown, paceOf } from './commitment.ts';
import { decimal } from './money.ts';

const start = day('2025-01-01');
const year = { amount: '1200000', start, end: day('2025-12-31') };
const day150 = addDays(start, 149);

describe('the worked example of metrics.md', () => {
  test('1.2 M over 365 days, day 150, used 620 k, 5.2 k a day', () => {
    const got = burnDown(year, '620000', '5200', day150);
    expect(got).toMatchObject({ termDays: 365, elapsedDays: 150, state: 'fast', overage: '538000', breakage: '0' });
    expect(got.elapsed).toBeCloseTo(0.411, 3);
    expect(got.burned).toBeCloseTo(0.517, 3);
    expect(got.pace).toBeCloseTo(1.26, 2);
    expect(got.exhaustion?.days).toBeCloseTo(111.5, 1);
    expect(got.exhaustion?.beforeEnd).toBeCloseTo(103.5, 1);
    expect(got.exhaustion?.day).toBe(addDays(day150, 112));
  });
  test('at 2.0 k a day 150 k are left', () => {
    expect(burnDown(year, '620000', '2000', day150)).toMatchObject({ overage: '0', breakage: '150000' });
  });
});

test.each([
  [0, 'under'],
  [0.699, 'under'],
  [0.7, 'watch'],
  [0.899, 'watch'],
  [0.9, 'on_plan'],
  [1.15, 'on_plan'],
  [1.151, 'fast'],
] as const)('pace %s is %s', (pace, state) => expect(paceOf(pace)).toBe(state));

describe('edges of a term', () => {
  test('before it begins there is no pace, and the forecast starts with it', () => {
    expect(burnDown(year, '0', '10000', day('2024-12-01'))).toMatchObject({
      elapsedDays: 0,
      pace: null,
      state: null,
      exhaustion: { days: 120, day: '2025-04-30' },
    });
  });
  test('used up', () => {
    expect(burnDown(year, '1300000', '0', day150)).toMatchObject({ exhaustion: { days: 0, day: day150, beforeEnd: 215 }, overage: '100000' });
  });
  test('nothing used, nothing coming', () => {
    expect(burnDown(year, '0', '0', day150)).toMatchObject({ pace: 0, state: 'under', exhaustion: null, breakage: '1200000' });
    expect(burnDown(year, '0', '-5', day150)).toMatchObject({ exhaustion: null, breakage: '1200000' });
  });
  test('after its end', () => {
    const got = burnDown(year, '900000', '5000', day('2026-02-01'));
    expect(got).toMatchObject({ elapsedDays: 365, elapsed: 1, pace: 0.75, breakage: '300000', exhaustion: { days: 60, beforeEnd: -60 } });
  });
  test('a commitment of nothing, and a trickle that takes a millennium', () => {
    expect(burnDown({ ...year, amount: '0' }, '5', '1', day150)).toMatchObject({ burned: null, pace: null, overage: '220' });
    expect(burnDown(year, '0', '0.001', day150).exhaustion).toBeNull();
  });
  test('a term of one day', () =>
    expect(burnDown({ amount: '10', start, end: start }, '10', '0', start)).toMatchObject({ termDays: 1, pace: 1, state: 'on_plan' }));
});

test('overage and breakage are never both, and settle the term', () => {
  const amount = fc.nat(10_000_000).map(String);
  fc.assert(
    fc.property(amount, amount, fc.nat(50_000).map(String), fc.integer({ min: -30, max: 400 }), (committed, consumed, rate, offset) => {
      const got = burnDown({ ...year, amount: committed }, consumed, rate, addDays(start, offset));
      const end = decimal(consumed).plus(decimal(rate).times(got.termDays - got.elapsedDays));
      expect(decimal(committed).plus(got.overage).minus(got.breakage).eq(end)).toBe(true);
      expect(got.overage === '0' || got.breakage === '0').toBe(true);
    }),
  );
});

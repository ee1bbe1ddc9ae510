import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonths, day, type Month, monthsFromTo } from './calendar.ts';
import { decimal } from './money.ts';
import {
  type AccountHistory,
  annualised,
  combinePoints,
  fullMonths,
  headlineFor,
  isRetentionKey,
  retentionDefinitions,
  retentionFrom,
  type RetentionKey,
  retentionOf,
  retentionSpans,
  sumsOf,
} from './retention.ts';

const last = '2025-12' as Month;
/** Revenue of months counted back from the last full one (0), e.g. { '-23': '10' }. */
const account = (revenue: Record<number, string>, more: Partial<AccountHistory> = {}): AccountHistory => {
  const months = new Map(Object.entries(revenue).map(([back, amount]) => [addMonths(last, Number(back)), amount]));
  return { revenue: months, used: new Set(months.keys()), active: new Set(months.keys()), ...more };
};
const keys = Object.keys(retentionDefinitions) as RetentionKey[];

describe('the worked example of metrics.md', () => {
  const [a, b, c] = [account({ [-23]: '100', [-5]: '180' }), account({ [-23]: '50', [-5]: '40' }), account({ [-23]: '50' })];
  const d = account({ [-21]: '70', [-5]: '500' });
  test('Snowflake NRR 110%, GRR 70%, the late starter excluded', () => {
    expect(retentionOf('snowflake', [a, b, c, d], last)).toEqual({ nrr: 1.1, grr: 0.7, logo: 2 / 3 });
  });
  test('trailing 12 months takes the late starter in', () => {
    expect(retentionOf('trailing_12', [a, b, c, d], last)).toEqual({ nrr: 720 / 270, grr: 210 / 270, logo: 3 / 4 });
  });
});

describe('definitions', () => {
  test('the months each one reads', () => {
    expect(retentionSpans('trailing_12', last)).toEqual([{ base: { from: '2024-01', to: '2024-12' }, now: { from: '2025-01', to: '2025-12' } }]);
    expect(retentionSpans('quarter_year_ago', last)).toEqual([{ base: { from: '2024-10', to: '2024-12' }, now: { from: '2025-10', to: '2025-12' } }]);
    expect(retentionSpans('quarter_on_quarter', last)).toEqual([{ base: { from: '2025-07', to: '2025-09' }, now: { from: '2025-10', to: '2025-12' } }]);
    expect(retentionSpans('month_year_ago', last)).toEqual([{ base: { from: '2024-12', to: '2024-12' }, now: { from: '2025-12', to: '2025-12' } }]);
    expect(retentionSpans('datadog', last)).toHaveLength(12);
    expect(retentionSpans('twilio', last).at(-1)).toEqual({ base: { from: '2024-01', to: '2024-03' }, now: { from: '2025-01', to: '2025-03' } });
  });
  test('each needs exactly the months it reads', () => {
    for (const key of keys) {
      const first = retentionSpans(key, last)
        .map((span) => span.base.from)
        .toSorted()[0] as Month;
      expect(monthsFromTo(first, last)).toHaveLength(retentionDefinitions[key].months);
    }
  });
  test('quarter on quarter annualised is its fourth power', () => {
    const shrinking = [account({ [-5]: '50', [-4]: '50', [-1]: '90' })];
    const { nrr } = retentionOf('quarter_on_quarter', shrinking, last);
    expect(nrr).toBe(0.9);
    expect(annualised('quarter_on_quarter', nrr)).toBeCloseTo(0.6561, 12);
    expect(annualised('trailing_12', 1.2)).toBeNull();
    expect(annualised('quarter_on_quarter', null)).toBeNull();
  });
  test('Twilio: only accounts active then, the plain mean of four quarters', () => {
    const active = new Set([-12, -15, -18, -21].map((back) => addMonths(last, back)));
    const grows = account({ [-12]: '100', [-15]: '100', [-18]: '100', [-21]: '100', 0: '110', [-3]: '120', [-6]: '130', [-9]: '140' }, { active });
    const asleep = account({ [-12]: '100', [-15]: '100', [-18]: '100', [-21]: '100' }, { active: new Set() });
    expect(retentionOf('twilio', [grows, asleep], last).nrr).toBeCloseTo(1.25, 12);
  });
  test('Datadog: twelve monthly points weighted by their base', () => {
    const points = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [-12 - i, String(i + 1)]));
    expect(retentionOf('datadog', [account({ ...points, 0: '39' })], last).nrr).toBe(0.5);
  });
  test('a mean with an undefined point is undefined', () => {
    const fine = sumsOf([{ base: '1', now: '2' }]);
    expect(combinePoints('twilio', [fine, sumsOf([])]).nrr).toBeNull();
    expect(combinePoints('twilio', [fine, fine])).toEqual({ nrr: 2, grr: 1, logo: 1 });
  });
  test('keys are checked', () => {
    expect(isRetentionKey('twilio')).toBe(true);
    expect(isRetentionKey('toString')).toBe(false);
  });
});

describe('from sums', () => {
  test.each(['0', '-5'])('a base of %s leaves the ratio undefined', (base) => {
    expect(retentionFrom({ base, now: '10', minNowBase: base, cohort: 2, kept: 1 })).toEqual({ nrr: null, grr: null, logo: 0.5 });
  });
  test('an empty cohort keeps nobody', () => expect(retentionFrom(sumsOf([]))).toEqual({ nrr: null, grr: null, logo: null }));

  const money = fc.integer({ min: -1000, max: 100_000 }).map((n) => decimal(n).div(100).toFixed());
  const span = monthsFromTo(addMonths(last, -25), last);
  const anyAccount = fc.array(fc.option(money), { minLength: span.length, maxLength: span.length }).map((amounts): AccountHistory => {
    const revenue = new Map(span.flatMap((month, i) => (amounts[i] == null ? [] : [[month, amounts[i]] as const])));
    return { revenue, used: new Set(revenue.keys()), active: new Set([...revenue.keys()].filter((month) => Number(month.slice(5)) % 2)) };
  });

  test('pairs and floating-point arithmetic agree with the sums', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ base: money, now: money }), { minLength: 1 }), (pairs) => {
        const { nrr, grr } = retentionFrom(sumsOf(pairs));
        const inCents = (pick: (one: { base: string; now: string }) => number) => pairs.reduce((n, one) => n + Math.round(pick(one) * 100), 0);
        const base = inCents((one) => Number(one.base));
        const now = inCents((one) => Number(one.now));
        const least = inCents((one) => Math.min(Number(one.now), Number(one.base)));
        fc.pre(base > 0);
        expect(nrr).toBeCloseTo(now / base, 9);
        expect(grr).toBeCloseTo(least / base, 9);
      }),
    );
  });
  test('GRR is never above 100% nor above NRR', () => {
    fc.assert(
      fc.property(fc.array(anyAccount, { maxLength: 6 }), fc.constantFrom(...keys), (accounts, key) => {
        const { nrr, grr } = retentionOf(key, accounts, last);
        expect(nrr === null).toBe(grr === null);
        if (nrr === null || grr === null) return;
        expect(grr).toBeLessThanOrEqual(1 + 1e-12);
        expect(grr).toBeLessThanOrEqual(nrr + 1e-12);
      }),
    );
  });
  test('an account without revenue in the base never changes a definition by revenue', () => {
    fc.assert(
      fc.property(fc.array(anyAccount, { maxLength: 4 }), money, (accounts, amount) => {
        const arrival = account({ 0: amount });
        for (const key of ['trailing_12', 'quarter_year_ago', 'quarter_on_quarter', 'month_year_ago'] as const)
          expect(retentionOf(key, [...accounts, arrival], last)).toEqual(retentionOf(key, accounts, last));
      }),
    );
  });
});

describe('headline', () => {
  test.each([
    [36, null, { key: 'trailing_12', missing: 0 }],
    [24, null, { key: 'trailing_12', missing: 0 }],
    [23, null, { key: 'quarter_year_ago', missing: 0 }],
    [15, null, { key: 'quarter_year_ago', missing: 0 }],
    [14, null, { key: 'quarter_on_quarter', missing: 0 }],
    [6, null, { key: 'quarter_on_quarter', missing: 0 }],
    [5, null, { key: null, missing: 1 }],
    [0, null, { key: null, missing: 6 }],
    [24, 'quarter_on_quarter', { key: 'quarter_on_quarter', missing: 0 }],
    [20, 'trailing_12', { key: null, missing: 4 }],
  ] as const)('%s full months, fixed %s', (months, fixed, wanted) => expect(headlineFor(months, fixed)).toEqual(wanted));
  test('full months leave out the months in which data starts and ends', () => {
    expect(fullMonths(day('2025-01-01'), day('2025-03-31'))).toBe(3);
    expect(fullMonths(day('2025-01-02'), day('2025-03-30'))).toBe(1);
    expect(fullMonths(day('2025-03-02'), day('2025-03-30'))).toBe(0);
    expect(fullMonths(day('2010-12-01'), day('2011-12-09'))).toBe(12);
  });
});

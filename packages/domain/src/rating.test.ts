import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, day, type Day, daysFromTo, firstDayOf, lastDayOf, type Month } from './calendar.ts';
import type { Aggregation } from './meter.ts';
import { decimal, sum } from './money.ts';
import { invoiceOf, levelAfter, type Period, type Price, priceOn, pricePlanProblem, rate, rateDays, ratingChanges } from './rating.ts';

const march = '2025-03' as Month;
const price = (from: string, unitPrice: string, currency = 'USD'): Price => ({ currency, from: day(from), plan: { kind: 'flat', unitPrice } });
const period = (aggregation: Aggregation, days: Record<string, string>, more: Partial<Period> = {}): Period => ({
  aggregation,
  month: march,
  through: day('2025-03-31'),
  days: Object.entries(days).map(([on, quantity]) => ({ day: day(`2025-03-${on}`), quantity })),
  carried: null,
  ...more,
});
const flat = [price('2025-01-01', '0.50')];
const earned = (p: Period, prices = flat) => Object.fromEntries(rateDays(p, prices, 'USD').map((one) => [one.day.slice(8), one.revenue]));

describe('prices', () => {
  const prices = [price('2025-03-10', '2'), price('2025-01-01', '1'), price('2025-01-01', '9', 'EUR')];
  test('the latest that took effect, in its currency', () => {
    expect(priceOn(prices, 'USD', day('2024-12-31'))).toBeNull();
    expect(priceOn(prices, 'USD', day('2025-03-09'))?.plan).toEqual({ kind: 'flat', unitPrice: '1' });
    expect(priceOn(prices, 'USD', day('2025-03-10'))?.plan).toEqual({ kind: 'flat', unitPrice: '2' });
    expect(priceOn(prices, 'EUR', day('2025-03-10'))?.plan).toEqual({ kind: 'flat', unitPrice: '9' });
  });
  test('a price has at most 18 decimals', () => {
    expect(pricePlanProblem({ kind: 'flat', unitPrice: '0.000000000000000001' })).toBeNull();
    expect(pricePlanProblem({ kind: 'flat', unitPrice: '1e3' })).toMatch(/not a price/);
    expect(pricePlanProblem({ kind: 'flat', unitPrice: '' })).toMatch(/not a price/);
  });
  test('a change within the month rates each day at the price in force', () => {
    expect(earned(period('SUM', { '09': '10', '10': '10' }), prices)).toEqual({ '09': '10', '10': '20' });
  });
  test('before the first price nothing is earned', () => {
    expect(earned(period('SUM', { '01': '10', '20': '1' }), [price('2025-03-15', '3')])).toEqual({ '20': '3' });
  });
});

describe('revenue of a day', () => {
  test('SUM, COUNT, UNIQUE: the day is what it adds, returns included', () => {
    expect(earned(period('SUM', { '20': '-4', '02': '10' }))).toEqual({ '02': '5', '20': '-2' });
    expect(earned(period('COUNT', { '02': '3' }))).toEqual({ '02': '1.5' });
    expect(earned(period('UNIQUE', { '02': '3', '03': '0', '04': '1' }))).toEqual({ '02': '1.5', '04': '0.5' });
  });
  test('MAX: only days that lift the maximum of the month', () => {
    expect(earned(period('MAX', { '02': '10', '03': '8', '05': '14', '06': '14' }))).toEqual({ '02': '5', '05': '2' });
  });
  test('LAST: the level is carried over days without events, at price ÷ days of the month', () => {
    const p = period('LAST', { '11': '62' }, { through: day('2025-03-12'), carried: '31' });
    expect(earned(p, [price('2025-01-01', '1')])).toEqual({
      ...Object.fromEntries(daysFromTo(day('2025-03-01'), day('2025-03-10')).map((on) => [on.slice(8), '1'])),
      '11': '2',
      '12': '2',
    });
    expect(levelAfter(p)).toBe('62');
    expect(levelAfter({ ...p, through: day('2025-03-10') })).toBe('31');
  });
  test('LAST: a level that stays all month earns one price, to the last digit', () => {
    const p = period('LAST', {}, { carried: '1' });
    expect(invoiceOf(rateDays(p, [price('2025-01-01', '10')], 'USD'))).toBe('10');
  });
  test('days after `through` and days of other months are not rated', () => {
    const p = period('SUM', { '05': '2', '06': '2' }, { through: day('2025-03-05') });
    expect(earned({ ...p, days: [...p.days, { day: day('2025-02-28'), quantity: '9' }] })).toEqual({ '05': '1' });
  });
  test('a correction says what changed', () => {
    const [was, now] = [rateDays(period('MAX', { '02': '10', '05': '14' }), flat, 'USD'), rateDays(period('MAX', { '02': '14', '05': '14' }), flat, 'USD')];
    expect(ratingChanges(was, now)).toEqual([
      { day: '2025-03-02', was: '5', now: '7' },
      { day: '2025-03-05', was: '2', now: '0' },
    ]);
  });
});

describe('days add up to the invoice', () => {
  const money = fc
    .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.integer({ min: 0, max: 18 }))
    .map(([digits, places]) => decimal(`${digits}e-${places}`).toFixed());
  const month = fc.tuple(fc.integer({ min: 2020, max: 2028 }), fc.integer({ min: 1, max: 12 })).map(([y, m]) => `${y}-${String(m).padStart(2, '0')}` as Month);
  const anyPeriod = fc
    .record({
      aggregation: fc.constantFrom<Aggregation>('SUM', 'COUNT', 'UNIQUE', 'MAX', 'LAST'),
      month,
      carried: fc.option(money),
      length: fc.integer({ min: 1, max: 31 }),
    })
    .chain(({ length, ...rest }) => {
      const first = firstDayOf(rest.month);
      const through = [addDays(first, length - 1), lastDayOf(rest.month)].toSorted()[0] as Day;
      const on = fc.constantFrom(...daysFromTo(first, through));
      return fc.uniqueArray(fc.record({ day: on, quantity: money }), { selector: (one) => one.day }).map((days): Period => ({ ...rest, through, days }));
    });

  /** The slow obvious way: the whole period's quantity, priced once. */
  const whole = ({ aggregation, month: of, through, days, carried }: Period) => {
    const quantities = days.map((one) => one.quantity);
    if (aggregation === 'MAX') return quantities.reduce((a, b) => (a === '' || decimal(b).gt(a) ? b : a), '') || '0';
    if (aggregation !== 'LAST') return sum(quantities).toFixed();
    let level = carried ?? '0';
    return sum(daysFromTo(firstDayOf(of), through).map((on) => (level = days.find((one) => one.day === on)?.quantity ?? level))).toFixed();
  };

  test('under one price, for every aggregation, month and price', () => {
    fc.assert(
      fc.property(anyPeriod, money, (p, unitPrice) => {
        const plan = { kind: 'flat', unitPrice } as const;
        const rated = rateDays(p, [{ currency: 'USD', from: day('2020-01-01'), plan }], 'USD');
        const expected = rate(plan, decimal(whole(p)));
        const divisor = p.aggregation === 'LAST' ? daysFromTo(firstDayOf(p.month), lastDayOf(p.month)).length : 1;
        expect(invoiceOf(rated)).toBe((divisor === 1 ? expected : expected.div(divisor).toDecimalPlaces(18, 6)).toFixed());
      }),
    );
  });
  test('rating further never changes the days before', () => {
    fc.assert(
      fc.property(anyPeriod, money, (p, unitPrice) => {
        const prices: Price[] = [{ currency: 'USD', from: day('2020-01-01'), plan: { kind: 'flat', unitPrice } }];
        const all = rateDays(p, prices, 'USD');
        const until = addDays(p.through, -3);
        expect(rateDays({ ...p, through: until }, prices, 'USD')).toEqual(all.filter((one) => one.day <= until));
      }),
    );
  });
});

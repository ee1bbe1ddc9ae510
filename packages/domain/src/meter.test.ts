import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allHold, type Condition, conditionProblem, conditionWords, type MeterEvent, numberIn } from './condition.ts';
import { aggregations, contributionOf, describeMeter, isAggregation, meterOf, meterProblems } from './meter.ts';
import { decimal, toText } from './money.ts';

const line = (properties: Record<string, unknown>, value: string | null = null): MeterEvent => ({ event: 'invoice.line', value, properties });
const sale: Condition[] = [
  { field: 'properties.Quantity', op: 'gt', value: 0 },
  { field: 'properties.UnitPrice', op: 'gt', value: 0 },
];

describe('the four meters of the retail data', () => {
  const units = meterOf({ eventName: 'invoice.line', aggregation: 'SUM', valueField: 'Quantity', activityFilter: sale, unit: 'units' });
  const spend = meterOf({ eventName: 'invoice.line', aggregation: 'SUM', activityFilter: sale, unit: 'GBP' });
  const orders = meterOf({
    eventName: 'invoice.line',
    aggregation: 'UNIQUE',
    valueField: 'InvoiceNo',
    filter: [{ field: 'properties.InvoiceNo', op: 'not_starts_with', value: 'C' }],
    activityFilter: sale,
    unit: 'orders',
  });
  const sold = line({ Quantity: '6', UnitPrice: '2.55', InvoiceNo: '536365' }, '15.30');
  const returned = line({ Quantity: '-6', UnitPrice: '2.55', InvoiceNo: 'C536379' }, '-15.30');

  test('a sale is quantity and activity', () => {
    expect(contributionOf(sold, units)).toEqual({ quantity: '6', unique: null, active: true });
    expect(contributionOf(sold, spend)).toEqual({ quantity: '15.3', unique: null, active: true });
    expect(contributionOf(sold, orders)).toEqual({ quantity: '1', unique: '536365', active: true });
  });
  test('a return changes revenue, never usage, and is no order', () => {
    expect(contributionOf(returned, units)).toEqual({ quantity: '-6', unique: null, active: false });
    expect(contributionOf(returned, spend)).toEqual({ quantity: '-15.3', unique: null, active: false });
    expect(contributionOf(returned, orders)).toBeNull();
  });
  test('a free sample is units but no activity', () => {
    expect(contributionOf(line({ Quantity: '3', UnitPrice: '0', InvoiceNo: '5' }, '0'), units)).toMatchObject({ quantity: '3', active: false });
  });
  test('words', () => {
    expect(describeMeter(orders)).toBe(
      'Distinct InvoiceNo of “invoice.line” events where InvoiceNo does not start with “C”, in orders. An event is activity where Quantity is above 0 and UnitPrice is above 0.',
    );
    expect(describeMeter(meterOf({ eventName: 'api.call', aggregation: 'COUNT', unit: 'calls' }))).toBe(
      'Number of “api.call” events, in calls. Each event above zero is activity.',
    );
    expect(describeMeter(meterOf({ eventName: 'disk', aggregation: 'LAST', unit: 'GB' }))).toBe(
      'Latest value of “disk” events, in GB. It does not count as activity.',
    );
  });
});

describe('contribution', () => {
  test('activity defaults: on for SUM, COUNT, UNIQUE; off for gauges', () => {
    expect(Object.entries(aggregations).flatMap(([key, a]) => (a.countsAsActivity ? [key] : []))).toEqual(['SUM', 'COUNT', 'UNIQUE']);
    expect(isAggregation('SUM')).toBe(true);
    expect(isAggregation('constructor')).toBe(false);
  });
  test.each([
    ['another event', { ...line({}, '1'), event: 'other' }, 'SUM', null],
    ['no value to sum', line({}), 'SUM', null],
    ['a property that is no number', line({ n: 'many' }), 'SUM', 'n'],
    ['a property that is not there', line({}), 'MAX', 'n'],
    ['an inherited property', line({}), 'UNIQUE', 'constructor'],
    ['an empty text', line({ user: '' }), 'UNIQUE', 'user'],
    ['an object where a text should be', line({ user: {} }), 'UNIQUE', 'user'],
    ['a number beyond twenty digits', line({ n: 1e20 }), 'SUM', 'n'],
    ['infinity', line({ n: Number.POSITIVE_INFINITY }), 'SUM', 'n'],
  ] as const)('%s adds nothing', (_, event, aggregation, valueField) => {
    expect(contributionOf(event, meterOf({ eventName: 'invoice.line', aggregation, valueField }))).toBeNull();
  });
  test('COUNT needs no value', () => {
    expect(contributionOf(line({}), meterOf({ eventName: 'invoice.line', aggregation: 'COUNT' }))).toEqual({ quantity: '1', unique: null, active: true });
  });
  test('the number 5 and the text "5" are one distinct value', () => {
    const meter = meterOf({ eventName: 'invoice.line', aggregation: 'UNIQUE', valueField: 'user' });
    expect(contributionOf(line({ user: 5 }), meter)?.unique).toBe(contributionOf(line({ user: '5' }), meter)?.unique);
  });
  test('a gauge that is told to count is active above zero', () => {
    const meter = meterOf({ eventName: 'invoice.line', aggregation: 'LAST', countsAsActivity: true });
    expect(contributionOf(line({}, '0'), meter)?.active).toBe(false);
    expect(contributionOf(line({}, '0.1'), meter)?.active).toBe(true);
  });
  test('what is not above zero is never active, whatever the meter', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.integer({ min: 0, max: 6 }), (digits, places) => {
        const value = toText(decimal(digits).div(10 ** places));
        const got = contributionOf(line({}, value), meterOf({ eventName: 'invoice.line', aggregation: 'SUM' }));
        expect(got).toEqual({ quantity: value, unique: null, active: digits > 0 });
      }),
    );
  });
});

describe('conditions', () => {
  const event = line({ plan: 'pro', code: '007', n: '1.0', flag: true, nothing: null }, '12.50');
  test.each<[Condition['field'], Condition['op'], Condition['value'], boolean]>([
    ['value', 'eq', 12.5, true],
    ['value', 'gte', '12.5', true],
    ['value', 'gt', 12.5, false],
    ['value', 'lt', 12.6, true],
    ['value', 'lte', 12.5, true],
    ['properties.plan', 'eq', 'pro', true],
    ['properties.plan', 'ne', 'pro', false],
    ['properties.code', 'eq', '7', false],
    ['properties.code', 'eq', 7, true],
    ['properties.n', 'eq', 1, true],
    ['properties.n', 'in', [3, 1], true],
    ['properties.plan', 'in', ['free', 'team'], false],
    ['properties.flag', 'eq', true, true],
    ['properties.plan', 'starts_with', 'pr', true],
    ['properties.plan', 'not_starts_with', 'pr', false],
    ['properties.plan', 'gt', 1, false],
    ['properties.plan', 'exists', true, true],
    ['properties.nothing', 'exists', false, true],
    ['properties.absent', 'exists', true, false],
    ['properties.absent', 'ne', 'x', true],
    ['properties.absent', 'not_starts_with', 'x', true],
    ['properties.absent', 'eq', 'x', false],
    ['properties.absent', 'lt', 5, false],
  ])('%s %s %s is %s', (field, op, value, holds) => {
    const condition = { field, op, value };
    expect(conditionProblem(condition)).toBeNull();
    expect(allHold(event, [condition])).toBe(holds);
  });
  test.each<[string, Condition, RegExp]>([
    ['unknown field', { field: 'country', op: 'eq', value: 'UK' }, /no field of an event/],
    ['property without a name', { field: 'properties.', op: 'eq', value: 'UK' }, /no field of an event/],
    ['order against a text', { field: 'value', op: 'gt', value: 'much' }, /"is above" on value compares with a number/],
    ['empty list', { field: 'value', op: 'in', value: [] }, /list of at least one/],
    ['prefix that is no text', { field: 'value', op: 'starts_with', value: 3 }, /compares with a text/],
    ['presence that is no yes or no', { field: 'value', op: 'exists', value: 'x' }, /true \(present\)/],
  ])('%s is refused', (_, condition, message) => expect(conditionProblem(condition)).toMatch(message));
  test('words', () => {
    expect(conditionWords({ field: 'properties.plan', op: 'in', value: ['pro', 2] })).toBe('plan is one of “pro”, 2');
    expect(conditionWords({ field: 'properties.plan', op: 'exists', value: false })).toBe('plan is absent');
  });
  test('numbers are read exactly, finer than 18 places rounded', () => {
    expect(
      numberIn('0.1')
        ?.plus(numberIn('0.2') ?? 0)
        .toFixed(),
    ).toBe('0.3');
    expect(numberIn(1.5e-20)?.toFixed()).toBe('0');
    expect(numberIn('')).toBeNull();
    expect(numberIn('0x10')).toBeNull();
    expect(numberIn(' 1')).toBeNull();
  });
});

describe('validation', () => {
  const fields = (meter: Parameters<typeof meterOf>[0]) => meterProblems(meterOf(meter)).map((p) => p.field);
  test('a sound definition has no problems', () => expect(fields({ eventName: 'api.call', aggregation: 'SUM', unit: 'calls' })).toEqual([]));
  test.each([
    ['no event', { eventName: ' ', aggregation: 'COUNT' }, ['eventName']],
    ['no unit', { eventName: 'a', aggregation: 'COUNT', unit: '' }, ['unit']],
    ['a value for COUNT', { eventName: 'a', aggregation: 'COUNT', valueField: 'x' }, ['valueField']],
    ['UNIQUE of nothing', { eventName: 'a', aggregation: 'UNIQUE' }, ['valueField']],
    ['a prefixed property', { eventName: 'a', aggregation: 'SUM', valueField: 'properties.x' }, ['valueField']],
    ['a bad condition', { eventName: 'a', aggregation: 'SUM', filter: [{ field: 'x', op: 'eq', value: 1 }] }, ['filter']],
    ['activity filter without activity', { eventName: 'a', aggregation: 'LAST', activityFilter: sale }, ['activityFilter']],
  ] as const)('%s', (_, meter, wanted) => expect(fields(meter)).toEqual(wanted));
});

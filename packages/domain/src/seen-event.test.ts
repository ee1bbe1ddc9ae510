import { expect, test } from 'vitest';
import fc from 'fast-check';
import { contributionOf, meterOf, missOf } from './meter.ts';
import { type Carried, propertiesOf, suggestMeter } from './seen-event.ts';

const of = (...properties: Record<string, unknown>[]): Carried[] => properties.map((own) => ({ value: null, properties: own }));

test('what mostly comes with a value is added up', () => {
  const seen = (value: string | null) => ({ value, properties: { tokens: 4 } });
  expect(suggestMeter('run', [seen('3'), seen('4'), seen(null)])).toEqual({ aggregation: 'SUM', valueField: null });
  expect(suggestMeter('run', [seen('3'), seen(null)])).toEqual({ aggregation: 'SUM', valueField: 'tokens' });
});

test('of several numbers the one named like an amount is added up, and never a mark', () => {
  expect(suggestMeter('call', of({ retry: 1, bytesSent: 900 }, { retry: 0, bytesSent: 20 }))).toEqual({ aggregation: 'SUM', valueField: 'bytesSent' });
  expect(suggestMeter('call', of({ http_status: 200, user_id: 7 }))).toEqual({ aggregation: 'COUNT', valueField: null });
  expect(suggestMeter('call', of({ retry: 1, depth: 2 }))).toEqual({ aggregation: 'COUNT', valueField: null });
});

test('where an event says that someone is there, the different ones are counted', () => {
  expect(suggestMeter('user.login', of({ user_id: 'ann' }, { user_id: 'bob' }))).toEqual({ aggregation: 'UNIQUE', valueField: 'user_id' });
  expect(suggestMeter('report.exported', of({ user_id: 'ann' }))).toEqual({ aggregation: 'COUNT', valueField: null });
});

test('a property is told with its type, how many have it and an example', () => {
  expect(propertiesOf(of({ plan: 'pro', size: '12' }, { size: 3, live: true, plan: '' }, { size: 'big' }, { at: { x: 1 } }))).toEqual([
    { name: 'size', type: 'mixed', share: 0.75, example: '12' },
    { name: 'at', type: 'object', share: 0.25, example: '{"x":1}' },
    { name: 'live', type: 'flag', share: 0.25, example: 'true' },
    { name: 'plan', type: 'text', share: 0.25, example: 'pro' },
  ]);
});

test('an event adds nothing exactly when there is a reason', () => {
  const event = fc.record({
    event: fc.constantFrom('call', 'disk'),
    value: fc.constantFrom(null, '3', '-1'),
    properties: fc.dictionary(fc.constantFrom('kind', 'size'), fc.constantFrom<unknown>('sale', 'many', '12', 7, '', null, [1])),
  });
  const meter = fc.record({
    eventName: fc.constant('call'),
    aggregation: fc.constantFrom('SUM' as const, 'COUNT' as const, 'UNIQUE' as const, 'MAX' as const, 'LAST' as const),
    valueField: fc.constantFrom(null, 'size'),
    filter: fc.constantFrom([], [{ field: 'properties.kind', op: 'eq' as const, value: 'sale' }]),
  });
  fc.assert(fc.property(event, meter, (one, given) => (missOf(one, meterOf(given)) === null) === (contributionOf(one, meterOf(given)) !== null)));
});

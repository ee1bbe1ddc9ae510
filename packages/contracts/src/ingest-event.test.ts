import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CheckedEvent, checkEvent, isEventFault, isoMs } from './ingest-event.ts';

const NOW = Date.parse('2026-11-22T09:00:00Z');
const base = { id: 'e-1', account: 'acme', event: 'api.call' };
const check = (more: Record<string, unknown>) => checkEvent({ ...base, ...more }, NOW);
const taken = (more: Record<string, unknown>): CheckedEvent => {
  const checked = check(more);
  if (isEventFault(checked)) throw new Error(checked.message);
  return checked;
};

describe('what is refused, and in which words', () => {
  test.each<[string, unknown, string, RegExp]>([
    ['nothing', null, 'not-an-event', /object with id, account and event/],
    ['a text', 'call', 'not-an-event', /object/],
    ['a list in a list', [base], 'not-an-event', /object/],
    ['a misspelt field', { ...base, timeStamp: 1 }, 'unknown-field', /"timeStamp" is not a field/],
    ['no id', { account: 'a', event: 'b' }, 'invalid-id', /id is missing/],
    ['an id that is a number', { ...base, id: 5 }, 'invalid-id', /must be a text: write "5" in quotes/],
    ['an empty account', { ...base, account: '' }, 'invalid-account', /account is empty/],
    ['a long event name', { ...base, event: 'x'.repeat(201) }, 'invalid-event', /201 characters/],
    ['a NUL', { ...base, account: 'a\0b' }, 'invalid-account', /NUL/],
    ['half a character', { ...base, id: '\ud83d' }, 'invalid-id', /half a character/],
    ['a time without offset', { ...base, timestamp: '2026-01-01T00:00:00' }, 'invalid-timestamp', /ISO 8601 with an offset/],
    ['a day that does not exist', { ...base, timestamp: '2025-02-30T00:00:00Z' }, 'invalid-timestamp', /not a time/],
    ['seconds', { ...base, timestamp: 1_700_000_000 }, 'timestamp-out-of-range', /looks like seconds: send milliseconds, 1700000000000/],
    ['the last century', { ...base, timestamp: '1999-12-31T23:59:59Z' }, 'timestamp-out-of-range', /before 2000/],
    ['a clock two days ahead', { ...base, timestamp: NOW + 2 * 86_400_000 }, 'clock-ahead', /2 days ahead of our clock/],
    ['a value that is a word', { ...base, value: 'much' }, 'invalid-value', /"much" is not a number/],
    ['a value with an exponent as text', { ...base, value: '1e5' }, 'invalid-value', /not a number/],
    ['infinity (JSON 1e400)', { ...base, value: Number.POSITIVE_INFINITY }, 'invalid-value', /finite/],
    ['a huge number', { ...base, value: 1e20 }, 'value-out-of-range', /20 digits/],
    ['too many places', { ...base, value: `0.${'1'.repeat(19)}` }, 'value-out-of-range', /18 after/],
    ['properties that are a list', { ...base, properties: [] }, 'invalid-properties', /JSON object/],
    ['large properties', { ...base, properties: { a: 'é'.repeat(9_000) } }, 'properties-too-large', /16 KB/],
    ['deep properties', { ...base, properties: { a: { b: { c: { d: { e: {} } } } } } }, 'properties-too-deep', /5 deep/],
    ['a NUL inside properties', { ...base, properties: { a: ['x', 'y\0'] } }, 'invalid-properties', /NUL/],
    ['infinity inside properties', { ...base, properties: { a: Number.NEGATIVE_INFINITY } }, 'invalid-properties', /finite/],
  ])('%s', (_, raw, code, message) => {
    expect(checkEvent(raw, NOW)).toEqual({ code, message: expect.stringMatching(message) as string });
  });
  test.each(['__proto__', 'constructor', 'prototype'])('the property name %s', (name) => {
    const raw: unknown = JSON.parse(`{"id":"1","account":"a","event":"b","properties":{"x":{"${name}":{"polluted":true}}}}`);
    expect(checkEvent(raw, NOW)).toMatchObject({ code: 'invalid-properties' });
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

describe('what is taken, and in which form', () => {
  test.each<[unknown, string]>([
    [1, '1'],
    [-0, '0'],
    [0.1, '0.1'],
    [1e-7, '0.0000001'],
    [5e-324, '0'],
    [1e19, '10000000000000000000'],
    ['12.50', '12.5'],
    ['-007.0', '-7'],
    ['-0.00', '0'],
    ['+3.', '3'],
    ['12345678901234567890.123456789012345678', '12345678901234567890.123456789012345678'],
  ])('value %s is %s', (value, text) => expect(taken({ value }).value).toBe(text));
  test.each<[unknown, string]>([
    ['2026-11-22T09:30:00Z', '2026-11-22T09:30:00.000Z'],
    ['2026-11-22t09:30:00.123456+05:30', '2026-11-22T04:00:00.123Z'],
    ['2026-11-22 09:30-0800', '2026-11-22T17:30:00.000Z'],
    [1_763_800_000_000, '2025-11-22T08:26:40.000Z'],
  ])('timestamp %s is %s', (timestamp, iso) => expect(new Date(taken({ timestamp }).timeMs ?? 0).toISOString()).toBe(iso));
  test('absent and null are the same', () => {
    expect(taken({ timestamp: null, value: null, properties: null })).toEqual(taken({}));
  });
  test('equal properties are equal texts whatever their order', () => {
    const one = taken({ properties: { b: 1, a: { d: [1, 'x', null], c: true } } });
    const other = taken({ properties: { a: { c: true, d: [1, 'x', null] }, b: 1 } });
    expect(one.canonical).toBe('{"a":{"c":true,"d":[1,"x",null]},"b":1}');
    expect(other.canonical).toBe(one.canonical);
  });
  test('the canonical text is the same JSON', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 6 }), (properties) => {
        const checked = check({ properties });
        const read = isEventFault(checked) ? checked.code : (JSON.parse(checked.canonical ?? '') as unknown);
        expect([JSON.parse(JSON.stringify(properties)), 'invalid-properties', 'properties-too-deep']).toContainEqual(read);
      }),
    );
  });
  test('times are read like the platform reads them', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('2000-01-01'), max: new Date('2027-01-01'), noInvalidDate: true }), (at) => {
        expect(isoMs(at.toISOString())).toBe(at.getTime());
      }),
    );
  });
});

import { Slug } from '@tideline/contracts/value';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { currencyOptions, slugOf, zoneOptions } from './workspace-form.ts';

test.each([
  ['Acme & Söhne', 'acme-sohne'],
  ['  Northwind Traders, Inc. ', 'northwind-traders-inc'],
  ['日本', ''],
  ['A'.repeat(60), 'a'.repeat(40)],
])('%j becomes %j', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

test('whatever the name, the address is empty or one the server takes', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (name) => slugOf(name) === '' || Slug.safeParse(slugOf(name)).success));
});

test('zones and currencies are those the runtime knows, UTC once and first', () => {
  const zones = zoneOptions().map((option) => option.value);
  expect(zones.slice(0, 1)).toEqual(['UTC']);
  expect(new Set(zones).size).toBe(zones.length);
  expect(currencyOptions()).toContainEqual({ value: 'GBP', label: 'GBP', hint: 'British Pound' });
});

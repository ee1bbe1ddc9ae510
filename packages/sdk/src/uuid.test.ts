import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createIds, newId } from './uuid.ts';

const V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('carries its millisecond', () => {
  const id = newId(Date.UTC(2027, 0, 1));
  expect(id).toMatch(V7);
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.UTC(2027, 0, 1));
});

test('each id is greater than the one before, whatever the clock does', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1_700_000_000_000, max: 1_700_000_000_005 }), { maxLength: 300 }), fc.integer(), (times, seed) => {
      let state = seed;
      const ids = createIds((bytes) => bytes.forEach((_, at) => (bytes[at] = state = (state * 31 + 17) & 0xff)));
      const made = times.map((ms) => ids(ms));
      expect(made.every((id) => V7.test(id))).toBe(true);
      expect(made.every((id, at) => at === 0 || id > (made[at - 1] ?? ''))).toBe(true);
    }),
  );
});

test('counts beyond what a millisecond holds', () => {
  const ids = createIds((bytes) => bytes.fill(255));
  const made = Array.from({ length: 10_000 }, () => ids(1_700_000_000_000));
  expect(new Set(made).size).toBe(10_000);
  expect(made.toSorted()).toEqual(made);
});

import { expect, test } from 'vitest';
import { limitOf, merged, nothingHeld, patched, stepFrom, type Held } from './list-state.ts';

const rows = (...ids: string[]) => ids.map((id) => ({ id }));
const held = (...ids: string[]): Held<{ id: string }> => ({ ...nothingHeld, key: 'k', items: rows(...ids) });
const shown = (one: Held<{ id: string }>) => one.items.map(({ id }) => id).join('');

test('while somebody works in the list what arrives waits, and what left elsewhere leaves', () => {
  const after = merged(held('a', 'b', 'c'), 'k', { items: rows('x', 'a', 'c'), next: null }, 'held');
  expect([shown(after), after.waiting, after.came]).toEqual(['ac', 1, 1]);
});

test.each(['held', 'live'] as const)('into an empty list it comes at once (%s)', (reading) => {
  const after = merged(held(), 'k', { items: rows('x'), next: null }, reading);
  expect([shown(after), after.waiting, after.came]).toEqual(['x', 0, 1]);
});

test('while nobody works in the list what arrives is shown, and counted', () => {
  const after = merged(held('a', 'b'), 'k', { items: rows('x', 'a', 'b'), next: null }, 'live');
  expect([shown(after), after.waiting, after.came]).toEqual(['xab', 0, 1]);
});

test('what one changed oneself is shown at once', () => {
  expect(shown(merged(held('a', 'b'), 'k', { items: rows('n', 'b'), next: null }, 'own'))).toBe('nb');
});

test('an answer to another question replaces everything', () => {
  const after = merged(held('a'), 'other', { items: rows('z'), next: 'c' }, 'live');
  expect(after).toMatchObject({ key: 'other', next: 'c', waiting: 0, came: 0 });
  expect(shown(after)).toBe('z');
});

test('reading on never shows a row twice', () => {
  expect(shown(merged(held('a', 'b'), 'k', { items: rows('b', 'c'), next: null }, 'more'))).toBe('abc');
});

test('what lies beyond one answer stays', () => {
  const many = Array.from({ length: 210 }, (_, i) => `r${i}`);
  const before = { ...held(...many), next: 'end' };
  expect(limitOf(before, 'live')).toBe(200);
  const after = merged(before, 'k', { items: rows(...many.slice(0, 200)), next: 'at 200' }, 'live');
  expect([after.items.length, after.next]).toEqual([210, 'end']);
});

test('a change is seen at once, and null takes the row out', () => {
  expect(shown(patched(held('a', 'b'), new Set(['a']), () => null))).toBe('b');
});

test('steps stop at the ends', () => {
  expect(stepFrom(rows('a', 'b'), 'b', 1)?.id).toBe('b');
  expect(stepFrom(rows('a', 'b'), null, 1)?.id).toBe('a');
  expect(stepFrom([], null, 1)).toBeUndefined();
});

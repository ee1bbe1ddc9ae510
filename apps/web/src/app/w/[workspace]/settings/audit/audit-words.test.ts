import { expect, test } from 'vitest';
import { changesIn, wordsOf } from './audit-words.ts';

test.each([
  ['member.remove', 'removed member'],
  ['member.role', 'changed the role of member'],
  ['health-model.publish', 'published health model'],
  ['thing.something-else', 'something else thing'],
])('%s reads "%s"', (action, words) => {
  expect(wordsOf(action)).toBe(words);
});

test('what differs is shown, what stayed is not', () => {
  expect(changesIn({ name: 'A', nrrTarget: '1.2' }, { name: 'A', nrrTarget: '1.15' })).toEqual([{ field: 'nrr target', from: '1.2', to: '1.15' }]);
});

test('what is new has no before, what is gone no after, lists are read as lists', () => {
  expect(changesIn(null, { scopes: ['ingest', 'read'], expiresAt: null })).toEqual([
    { field: 'scopes', from: null, to: 'ingest, read' },
    { field: 'expires at', from: null, to: 'none' },
  ]);
  expect(changesIn({ name: 'A' }, null)).toEqual([{ field: 'name', from: 'A', to: '' }]);
  expect(changesIn(null, null)).toEqual([]);
});

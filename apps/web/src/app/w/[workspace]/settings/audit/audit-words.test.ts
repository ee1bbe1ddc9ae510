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
  expect(changesIn({ name: 'A', nrrTarget: '1.2' }, { name: 'A', nrrTarget: '1.15' })).toEqual([{ field: 'NRR target', from: '1.2', to: '1.15' }]);
});

test('what is new has no before, what is gone no after, lists are read as lists', () => {
  expect(changesIn(null, { scopes: ['ingest', 'read'], expiresAt: null })).toEqual([
    { field: 'scopes', from: null, to: 'ingest, read' },
    { field: 'expires at', from: null, to: 'none' },
  ]);
  expect(changesIn({ name: 'A' }, null)).toEqual([{ field: 'name', from: 'A', to: '' }]);
  expect(changesIn(null, null)).toEqual([]);
});

test('what is told of by its id is called by its name, where it still has one', () => {
  const [meter, gone] = ['0f8fad5b-d9cb-469f-a165-70867728950e', '7c9e6679-7425-40de-944b-e07fc1f90ae7'];
  const entry = { meterId: meter, accounts: [{ id: meter }, { id: gone }] };
  expect(changesIn(null, entry, { [meter]: 'Calls' })).toEqual([
    { field: 'meter', from: null, to: 'Calls' },
    { field: 'accounts', from: null, to: `[{"id":"Calls"},{"id":"${gone}"}]` },
  ]);
});

import { Problem } from '@tideline/contracts/problem';
import { expect, test } from 'vitest';
import { createGroupCommit } from './group-commit.ts';

/** A store whose transactions end when they are told to. */
const slowStore = (limits: { maxBytes?: number; maxAgeMs?: number; inFlight?: number } = {}) => {
  const runs: { workspaceId: string; items: readonly string[]; done: () => void }[] = [];
  const clock = { ms: 0 };
  const groups = createGroupCommit<string, string>({
    run: (workspaceId, items) =>
      new Promise((resolve, reject) => {
        const done = () => (items.includes('poison') ? reject(new Error('poison')) : resolve(items.map((item) => `${workspaceId}:${item}`)));
        runs.push({ workspaceId, items, done });
      }),
    now: () => new Date(clock.ms),
    maxItems: 4,
    inFlight: limits.inFlight ?? 1,
    maxBytes: limits.maxBytes ?? 1_000,
    maxAgeMs: limits.maxAgeMs ?? 1_000,
  });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { groups, runs, clock, turn };
};

test('requests that wait share a transaction, each gets its own results', async () => {
  const { groups, runs, turn } = slowStore();
  const first = groups.submit('w', ['a'], 1);
  await turn();
  const rest = [groups.submit('w', ['b', 'c'], 1), groups.submit('w', ['d'], 1), groups.submit('w', ['e', 'f'], 1)];
  runs[0]?.done();
  expect(await first).toEqual(['w:a']);
  await turn();
  expect(runs[1]?.items).toEqual(['b', 'c', 'd']); // a fourth item would fit, the next request's two do not
  runs[1]?.done();
  expect(await rest[0]).toEqual(['w:b', 'w:c']);
  expect(await rest[1]).toEqual(['w:d']);
  await turn();
  runs[2]?.done();
  expect(await rest[2]).toEqual(['w:e', 'w:f']);
});

test('workspaces take turns', async () => {
  const { groups, runs, turn } = slowStore();
  const all = [groups.submit('busy', ['1', '2', '3', '4'], 1), groups.submit('busy', ['5', '6', '7', '8'], 1), groups.submit('quiet', ['x'], 1)];
  for (let i = 0; i < 3; i++) {
    await turn();
    runs[i]?.done();
  }
  await Promise.all(all);
  expect(runs.map(({ workspaceId }) => workspaceId)).toEqual(['busy', 'quiet', 'busy']);
});

test('a request that cannot be stored fails alone', async () => {
  const { groups, runs, turn } = slowStore();
  const blocker = groups.submit('w', ['a'], 1);
  await turn();
  const results = Promise.allSettled([groups.submit('w', ['b'], 1), groups.submit('w', ['poison'], 1), groups.submit('w', ['c'], 1)]);
  for (let i = 0; i < 5; i++) {
    runs[i]?.done();
    await turn();
  }
  await blocker;
  expect((await results).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('past the bounds a request is refused with the time to come back', async () => {
  const { groups, runs, clock, turn } = slowStore({ maxBytes: 10, maxAgeMs: 100 });
  const kept = [groups.submit('w', ['a'], 1)];
  await turn();
  kept.push(groups.submit('w', ['b'], 9));
  expect(() => groups.submit('w', ['c'], 9)).toThrow(Problem);
  clock.ms = 101;
  expect(() => groups.submit('w', ['d'], 1)).toThrow(expect.objectContaining({ code: 'too-many-requests', retryAfterS: 5 }) as Error);
  runs[0]?.done();
  await turn();
  runs[1]?.done();
  await Promise.all(kept);
  kept.push(groups.submit('w', ['e'], 1));
  await turn();
  runs[2]?.done();
  expect(await kept[2]).toEqual(['w:e']);
});

import type { Db } from '@tideline/db/client';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Spent, spend } from './allowance.ts';
import type { Deps, Who } from './deps.ts';

const clockOf = (): { deps: Deps; pass: (ms: number) => void } => {
  let at = 0;
  return { deps: { db: {} as Db, now: () => new Date(at) } as Deps, pass: (ms) => void (at += ms) };
};
const keyed = (eventsPerMinute: number | null, workspaceEventsPerMinute: number): Who => ({
  workspaceId: 'w',
  userId: null,
  role: 'ADMIN',
  actor: 'key',
  ownAccountsOf: null,
  key: { id: 'k', eventsPerMinute, workspaceEventsPerMinute },
});

test('the tighter of key and workspace decides, and a refused request takes nothing', () => {
  const { deps, pass } = clockOf();
  const who = keyed(1_000, 60_000);
  expect(spend(deps, who, 900)).toEqual([
    { of: 'key', quota: 1_000, remaining: 100, resetS: 54 },
    { of: 'workspace', quota: 60_000, remaining: 59_100, resetS: 1 },
  ]);
  expect(() => spend(deps, who, 200)).toThrow(/This key may send 1,000 events a minute/);
  expect(spend(deps, who, 100)).toMatchObject([{ remaining: 0 }, { remaining: 59_000 }]);
  try {
    spend(deps, who, 500);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(Spent);
    expect(error).toMatchObject({ code: 'too-many-requests', retryAfterS: 30 });
  }
  pass(30_000);
  expect(spend(deps, who, 500)).toMatchObject([{ remaining: 0 }, {}]);
});

test('a person has no limit', () => {
  expect(spend(clockOf().deps, { ...keyed(1, 1), key: undefined } as unknown as Who, 1_000_000)).toEqual([]);
});

test('over any time no more is taken than a full bucket and what flowed in, and who waits as told gets in', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1_000, max: 5_000 }),
      fc.array(fc.tuple(fc.nat(20_000), fc.integer({ min: 1, max: 1_000 })), { maxLength: 60 }),
      (quota, steps) => {
        const { deps, pass } = clockOf();
        let [taken, elapsed] = [0, 0];
        for (const [wait, events] of steps) {
          pass(wait);
          elapsed += wait;
          try {
            spend(deps, keyed(null, quota), events);
          } catch (error) {
            const waitMs = (error as Spent).retryAfterS! * 1_000;
            pass(waitMs);
            elapsed += waitMs;
            spend(deps, keyed(null, quota), events);
          }
          taken += events;
          expect(taken).toBeLessThanOrEqual(quota + (elapsed / 60_000) * quota + 1e-6);
        }
      },
    ),
  );
});

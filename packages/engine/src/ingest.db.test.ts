import { withWorkspace } from '@tideline/db/workspace';
import { addDays, day, dayOf, type Day } from '@tideline/domain/calendar';
import { openWorld, type World } from '@tideline/testkit/build';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDeps, testDeps } from './deps.fixture.ts';
import { accept } from './ingest.ts';
import { ingestWorld, type IngestWorld, type Sent, slowDays, slowOutcome } from './ingest.fixture.ts';
import { verifyUsage } from './verify.ts';

let world: World;
let deps: TestDeps;
beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
});
afterAll(() => deps.close());

const START = day('2025-03-27'); // London's clocks change on the 30th
const event = fc.record({
  id: fc.integer({ min: 1, max: 40 }).map((n) => `e-${n}`),
  account: fc.constantFrom('acme', 'globex', 'initech'),
  event: fc.constantFrom('call', 'call', 'disk'),
  timestamp: fc.integer({ min: 0, max: 6 * 24 * 4 }).map((quarters) => new Date(Date.parse(`${START}T00:00:00Z`) + quarters * 900_000).toISOString()),
  value: fc.oneof(fc.integer({ min: -50, max: 200 }), fc.constantFrom('0.1', '2.50', '-0.7', '12345678901234567890.5')),
  properties: fc.record({ user: fc.constantFrom('ann', 'bob', 'cy'), kind: fc.constantFrom('sale', 'sample') }),
});
const request = (historical: fc.Arbitrary<boolean>) => fc.record({ events: fc.array(event, { minLength: 1, maxLength: 25 }), historical });
const scenario = (historical: fc.Arbitrary<boolean>) => fc.array(request(historical), { minLength: 1, maxLength: 7 });

/** Requests one after the other, one every 18 hours, against a model that keeps a list of facts and counts it anew. */
const play = async (own: IngestWorld, requests: { events: Sent[]; historical: boolean }[]): Promise<void> => {
  for (const [i, { events, historical }] of requests.entries()) {
    const receivedAt = new Date(Date.parse(`${START}T09:00:00Z`) + i * 18 * 3_600_000);
    const expected = slowOutcome(own.facts, events, historical, receivedAt);
    expect(await accept(own.deps, own.who, events, { historical, receivedAt })).toEqual(expected);
  }
};

describe('every fact counts once, and daily usage is what a slow count says', () => {
  test('repeated, conflicting, late and out of order', async () => {
    await fc.assert(
      fc.asyncProperty(scenario(fc.boolean()), async (requests) => {
        const own = await ingestWorld(world, deps);
        await play(own, requests);
        expect(await own.days(null)).toEqual(slowDays(own, null));
      }),
      { numRuns: 30 },
    );
  }, 120_000);

  test('what was known on a past day can be replayed', async () => {
    await fc.assert(
      fc.asyncProperty(scenario(fc.constant(false)), async (requests) => {
        const own = await ingestWorld(world, deps);
        await play(own, requests);
        for (const knownBy of [0, 2, 4, 8].map((n): Day => addDays(START, n))) expect(await own.days(knownBy)).toEqual(slowDays(own, knownBy));
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  test('many senders at once, the same facts sent by several', async () => {
    await fc.assert(
      fc.asyncProperty(scenario(fc.constant(false)), async (requests) => {
        const own = await ingestWorld(world, deps);
        const receivedAt = new Date(`${addDays(START, 5)}T12:00:00Z`); // half a day before the latest of them
        const all = [...requests, ...requests, ...requests.toReversed()];
        const replies = await Promise.all(all.map(({ events }) => accept(own.deps, own.who, events, { historical: false, receivedAt })));
        const ids = new Set(requests.flatMap(({ events }) => events.map(({ id }) => id)));
        expect(replies.reduce((sum, reply) => sum + reply.accepted, 0)).toBe(ids.size);
        const total = all.reduce((sum, { events }) => sum + events.length, 0);
        expect(replies.reduce((sum, r) => sum + r.accepted + r.duplicates + r.conflicts, 0)).toBe(total);
        own.facts.push(...(await own.storedFacts()));
        expect(await own.days(null)).toEqual(slowDays(own, null));
        expect((await verifyUsage(own.deps, own.who.workspaceId, () => undefined)).differences).toEqual([]);
      }),
      { numRuns: 15 },
    );
  }, 120_000);
});

describe('when a fact happened', () => {
  test('without a timestamp it is now, and a retry is a duplicate', async () => {
    const own = await ingestWorld(world, deps);
    const event = { id: 'x', account: 'acme', event: 'call', value: 1 };
    const at = new Date('2025-04-02T23:30:00Z'); // already the 3rd in London
    expect(await accept(own.deps, own.who, [event], { historical: false, receivedAt: at })).toMatchObject({ accepted: 1 });
    expect(await accept(own.deps, own.who, [event], { historical: false, receivedAt: new Date('2025-05-01T00:00:00Z') })).toMatchObject({ duplicates: 1 });
    expect((await own.days(null)).map((row) => row.day)).toEqual(expect.arrayContaining(['2025-04-03']));
  });

  test('while the as-of day is pinned it is the day after it, on time', async () => {
    const own = await ingestWorld(world, deps);
    await world.arrange(`UPDATE workspace SET as_of_pin = '2011-12-09' WHERE id = $1`, [own.who.workspaceId]);
    await accept(own.deps, own.who, [{ id: 'x', account: 'acme', event: 'call', value: 1 }], {
      historical: false,
      receivedAt: new Date('2026-01-05T14:00:00Z'),
    });
    const [row] = await world.arrange(`SELECT time, day::text, known_at FROM event WHERE workspace_id = $1`, [own.who.workspaceId]);
    expect(row).toEqual({ time: new Date('2011-12-10T14:00:00Z'), day: '2011-12-10', known_at: new Date('2011-12-10T14:00:00Z') });
    expect(await world.arrange(`SELECT * FROM daily_usage_late WHERE workspace_id = $1`, [own.who.workspaceId])).toEqual([]);
  });

  test('history counts as known when it happened, and says that this is assumed', async () => {
    const own = await ingestWorld(world, deps);
    const timestamp = '2020-02-29T12:00:00+01:00';
    await accept(own.deps, own.who, [{ id: 'x', account: 'acme', event: 'call', value: 1, timestamp }], {
      historical: true,
      receivedAt: new Date('2025-04-02T00:00:00Z'),
    });
    const rows = await world.arrange(`SELECT time, received_at, known_at, known_assumed FROM event WHERE workspace_id = $1`, [own.who.workspaceId]);
    expect(rows).toEqual([{ time: new Date(timestamp), received_at: new Date('2025-04-02T00:00:00Z'), known_at: new Date(timestamp), known_assumed: true }]);
    const accounts = await world.arrange(`SELECT name, created_via, created_day::text FROM account WHERE workspace_id = $1`, [own.who.workspaceId]);
    expect(accounts).toEqual([{ name: 'acme', created_via: 'event', created_day: '2020-02-29' }]);
  });
});

describe('accounts', () => {
  test('an unknown account is refused where the workspace says so, and its neighbours are kept', async () => {
    const own = await ingestWorld(world, deps);
    await world.arrange(`UPDATE workspace SET unknown_accounts = 'refuse' WHERE id = $1`, [own.who.workspaceId]);
    await world.arrange(`INSERT INTO account (workspace_id, external_id, name) VALUES ($1, 'acme', 'Acme')`, [own.who.workspaceId]);
    const events = [
      { id: '1', account: 'nobody', event: 'call' },
      { id: '2', account: 'acme', event: 'call' },
      { id: '1', account: 'acme', event: 'call' },
    ];
    expect(await accept(own.deps, own.who, events, { historical: false, receivedAt: own.deps.now() })).toEqual({
      accepted: 2,
      duplicates: 0,
      conflicts: 0,
      conflicting: [],
      rejected: [{ index: 0, id: '1', code: 'unknown-account', message: expect.stringContaining('create the account first') as string }],
    });
  });

  test('an earlier fact moves back the day its age counts from', async () => {
    const own = await ingestWorld(world, deps);
    const send = (id: string, timestamp: string) =>
      accept(own.deps, own.who, [{ id, account: 'acme', event: 'other', timestamp }], { historical: true, receivedAt: own.deps.now() });
    await send('1', '2024-05-02T12:00:00Z');
    await send('2', '2024-04-01T12:00:00Z');
    await send('3', '2024-06-01T12:00:00Z');
    expect(await world.arrange(`SELECT created_day::text FROM account WHERE workspace_id = $1`, [own.who.workspaceId])).toEqual([
      { created_day: '2024-04-01' },
    ]);
  });
});

test('what changed is owed to the scorer, from the earliest day on', async () => {
  const own = await ingestWorld(world, deps);
  const send = (id: string, timestamp: string) =>
    accept(own.deps, own.who, [{ id, account: 'acme', event: 'call', value: 1, timestamp }], { historical: false, receivedAt: own.deps.now() });
  await send('1', '2025-03-05T12:00:00Z');
  await send('2', '2025-03-02T12:00:00Z');
  await send('3', '2025-03-09T12:00:00Z');
  const rows = await world.arrange(`SELECT from_day::text FROM rescore WHERE workspace_id = $1`, [own.who.workspaceId]);
  expect(rows).toEqual([{ from_day: '2025-03-02' }]);
  expect(deps.jobs.asked).toContainEqual({ name: 'score.changed', payload: { workspaceId: own.who.workspaceId } });
});

test('events of one workspace are invisible in another, and identities are its own', async () => {
  const [one, other] = [await ingestWorld(world, deps), await ingestWorld(world, deps)];
  const event = { id: 'same', account: 'acme', event: 'call', value: 1, timestamp: '2025-03-05T12:00:00Z' };
  for (const own of [one, other])
    expect(await accept(own.deps, own.who, [event], { historical: false, receivedAt: own.deps.now() })).toMatchObject({ accepted: 1 });
  for (const own of [one, other]) {
    const seen = await withWorkspace(deps.db, own.who.workspaceId, (tx) => tx.db.event.findMany({ select: { workspaceId: true } }));
    expect(seen).toEqual([{ workspaceId: own.who.workspaceId }]);
  }
  await expect(
    withWorkspace(
      deps.db,
      one.who.workspaceId,
      (tx) => tx.db.$executeRaw`INSERT INTO event_key VALUES (${other.who.workspaceId}::uuid, '\\x00', '\\x00', '2025-01-01', now())`,
    ),
  ).rejects.toThrow(/row-level security/);
  expect(dayOf(new Date('2025-03-30T23:30:00Z'), 'Europe/London')).toBe('2025-03-31');
});

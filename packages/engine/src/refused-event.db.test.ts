import { openWorld, type World } from '@tideline/testkit/build';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDeps, testDeps } from './deps.fixture.ts';
import { accept } from './ingest.ts';
import { ingestWorld } from './ingest.fixture.ts';
import { flushIntake } from './intake.ts';
import * as refusedEvent from './refused-event.ts';

let world: World;
let deps: TestDeps;
beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
});
afterAll(() => deps.close());

const at = (own: { deps: TestDeps }) => ({ historical: false, receivedAt: own.deps.now() });

test('an event of an unknown account is kept, and taken in once the account is there, as of when it came', async () => {
  const own = await ingestWorld(world, deps);
  await world.arrange(`UPDATE workspace SET unknown_accounts = 'refuse' WHERE id = $1`, [own.who.workspaceId]);
  const events = [{ id: '1', account: 'new', event: 'call', value: 3 }];
  expect(await accept(own.deps, own.who, events, at(own))).toMatchObject({ accepted: 0, rejected: [{ code: 'unknown-account' }] });
  await accept(own.deps, own.who, events, at(own));
  const before = await refusedEvent.list(deps, own.who, { limit: 10 });
  expect(before).toMatchObject({ groups: [{ reason: 'unknown-account', kept: 1, times: 2 }], items: [{ eventId: '1', account: 'new', whole: true }] });
  expect(JSON.parse(before.items[0]?.body ?? '')).toEqual(events[0]);

  expect(await refusedEvent.retry(deps, own.who, { reason: 'unknown-account' })).toEqual({ accepted: 0, duplicates: 0, refused: 1, next: null });
  await world.arrange(`INSERT INTO account (workspace_id, external_id, name) VALUES ($1, 'new', 'New')`, [own.who.workspaceId]);
  const came = deps.clock.now;
  deps.clock.now = new Date(came.getTime() + 3 * 86_400_000);
  expect(await refusedEvent.retry(deps, own.who, { reason: 'unknown-account' })).toEqual({ accepted: 1, duplicates: 0, refused: 0, next: null });
  const rows = await world.arrange(`SELECT time, received_at, known_at FROM event WHERE workspace_id = $1`, [own.who.workspaceId]);
  expect(rows).toEqual([{ time: came, received_at: came, known_at: deps.clock.now }]);
  deps.clock.now = came;
  expect(await refusedEvent.list(deps, own.who, { limit: 10 })).toEqual({ groups: [], items: [] });
  // The client's own retry afterwards is a duplicate.
  expect(await accept(own.deps, own.who, events, at(own))).toMatchObject({ accepted: 0, duplicates: 1 });
});

test('events that came at many times are taken in as of when each came; one ahead of its time, once that has come', async () => {
  const own = await ingestWorld(world, deps);
  await world.arrange(`UPDATE workspace SET unknown_accounts = 'refuse' WHERE id = $1`, [own.who.workspaceId]);
  const came = deps.clock.now;
  const minute = (i: number) => new Date(came.getTime() + i * 60_000);
  for (const i of [0, 1, 2])
    await accept(own.deps, own.who, [{ id: `e${i}`, account: 'new', event: 'call', value: i }], { historical: false, receivedAt: minute(i) });
  const ahead = { id: 'ahead', account: 'new', event: 'call', timestamp: new Date(came.getTime() + 2 * 86_400_000).toISOString() };
  await accept(own.deps, own.who, [ahead], at(own));
  await world.arrange(`INSERT INTO account (workspace_id, external_id, name) VALUES ($1, 'new', 'New')`, [own.who.workspaceId]);
  expect(await refusedEvent.retry(deps, own.who, {})).toMatchObject({ accepted: 3, refused: 1 });
  const transactions = `SELECT time, received_at, count(*) OVER (PARTITION BY xmin::text)::int AS together FROM event WHERE workspace_id = $1 ORDER BY time`;
  expect(await world.arrange(transactions, [own.who.workspaceId])).toEqual([0, 1, 2].map((i) => ({ time: minute(i), received_at: minute(i), together: 3 })));
  deps.clock.now = new Date(came.getTime() + 3 * 86_400_000);
  expect(await refusedEvent.retry(deps, own.who, { reason: 'clock-ahead' })).toMatchObject({ accepted: 1, refused: 0 });
  deps.clock.now = came;
});

test('what is refused again stays as it is, or stands under its new reason, as of when it first came', async () => {
  const own = await ingestWorld(world, deps);
  const { workspaceId } = own.who;
  await world.arrange(`UPDATE workspace SET unknown_accounts = 'refuse' WHERE id = $1`, [workspaceId]);
  const event = { id: 'x', account: 'new', event: 'call', timestamp: '2026-01-01T00:00:00Z' };
  await accept(own.deps, own.who, [event], at(own));
  const first = (await refusedEvent.list(deps, own.who, { limit: 10 })).items;
  await refusedEvent.retry(deps, own.who, {});
  expect((await refusedEvent.list(deps, own.who, { limit: 10 })).items).toEqual(first);
  await world.arrange(`INSERT INTO account (workspace_id, external_id, name) VALUES ($1, 'new', 'New')`, [workspaceId]);
  await world.arrange(`UPDATE workspace SET retention_days = 90 WHERE id = $1`, [workspaceId]);
  expect(await refusedEvent.retry(deps, own.who, {})).toMatchObject({ accepted: 0, refused: 1 });
  expect((await refusedEvent.list(deps, own.who, { limit: 10 })).items).toMatchObject([
    { reason: 'out-of-retention', eventId: 'x', firstAt: first[0]?.firstAt, times: 1 },
  ]);
  // The sender's own repetition is the same refusal.
  await accept(own.deps, own.who, [event], at(own));
  expect((await refusedEvent.list(deps, own.who, { limit: 10 })).items).toMatchObject([{ reason: 'out-of-retention', times: 2 }]);
});

test('a conflict is kept with what it would have said, and can be discarded', async () => {
  const own = await ingestWorld(world, deps);
  const send = (value: number) => accept(own.deps, own.who, [{ id: 'x', account: 'acme', event: 'call', value }], at(own));
  await send(1);
  expect(await send(2)).toMatchObject({ conflicts: 1, conflicting: [{ index: 0, id: 'x', code: 'conflict' }], rejected: [] });
  await send(1);
  const { items } = await refusedEvent.list(deps, own.who, { limit: 10, reason: 'conflict' });
  expect(items).toMatchObject([{ eventId: 'x', times: 1 }]);
  expect(await refusedEvent.discard(deps, own.who, { hashes: items.map(({ hash }) => hash) })).toEqual({ discarded: 1 });
  const [logged] = await world.arrange(`SELECT action, after FROM audit_log WHERE workspace_id = $1 ORDER BY at DESC LIMIT 1`, [own.who.workspaceId]);
  expect(logged).toMatchObject({ action: 'event.discard', after: { discarded: 1 } });
});

test('what cannot be stored as it is (a NUL, half a character) is kept all the same', async () => {
  const own = await ingestWorld(world, deps);
  const reply = await accept(own.deps, own.who, [{ id: 'a\0b', account: '\ud83d', event: 'call' }, null, 7], at(own));
  expect(reply.rejected.map(({ code }) => code)).toEqual(['invalid-id', 'not-an-event', 'not-an-event']);
  const { items } = await refusedEvent.list(deps, own.who, { limit: 10 });
  expect(items.map(({ body }) => body).toSorted()).toEqual(['7', 'null', '{"id":"a\\u0000b","account":"\\ud83d","event":"call"}'].toSorted());
});

test('what arrives is counted by key, client and hour, and its requests can be looked at', async () => {
  const own = await ingestWorld(world, deps);
  const who = { ...own.who, key: { id: '00000000-0000-4000-8000-00000000000a', eventsPerMinute: null, workspaceEventsPerMinute: 1 } };
  await accept(deps, who, [{ id: '1', account: 'acme', event: 'call', value: 1 }, { id: '2' }], { ...at(own), client: 'segment' });
  await accept(deps, who, [{ id: '1', account: 'acme', event: 'call', value: 1 }], { ...at(own), client: 'segment' });
  await flushIntake(deps);
  const hours = await world.arrange(`SELECT client, requests, accepted, duplicates, rejected FROM intake_hour WHERE workspace_id = $1`, [who.workspaceId]);
  expect(hours).toEqual([{ client: 'segment', requests: 2, accepted: '1', duplicates: '1', rejected: '1' }]);
  const requests = await world.arrange(`SELECT status, reason, sample FROM intake_request WHERE workspace_id = $1 ORDER BY rejected DESC`, [who.workspaceId]);
  expect(requests).toEqual([
    { status: 200, reason: 'account is missing', sample: '{"id":"2"}' },
    { status: 200, reason: null, sample: '{"id":"1","account":"acme","event":"call","value":1}' },
  ]);
});

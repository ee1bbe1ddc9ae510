import { aMember, openWorld, type World } from '@tideline/testkit/build';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDeps, testDeps } from './deps.fixture.ts';
import * as event from './event.ts';
import { accept } from './ingest.ts';
import { ingestWorld } from './ingest.fixture.ts';
import * as openWork from './open-work.ts';

let world: World;
let deps: TestDeps;
beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
});
afterAll(() => deps.close());

test('shows the latest events, the last to arrive first, to those who may see their account', async () => {
  const { who } = await ingestWorld(world, deps);
  const send = (id: string, account: string, more: object, at: string) =>
    accept(deps, who, [{ id, account, event: 'call', timestamp: at, ...more }], { historical: false, receivedAt: new Date(at) });
  expect(await event.latest(deps, who, { limit: 10 })).toEqual([]);
  await send('1', 'acme', { value: '2.50', properties: { kind: 'sale', deep: { n: [1] } } }, '2026-11-20T10:00:00Z');
  await send('2', 'globex', { event: 'disk' }, '2026-11-20T11:00:00Z');
  await send('3', 'acme', {}, '2026-11-20T12:00:00Z');
  const all = await event.latest(deps, who, { limit: 2 });
  expect(all.map(({ account, event: name, value }) => [account, name, value])).toEqual([
    ['acme', 'call', null],
    ['globex', 'disk', null],
  ]);
  expect((await event.latest(deps, who, { account: 'globex', limit: 10 })).map(({ account }) => account)).toEqual(['globex']);
  expect(await event.latest(deps, who, { account: 'nobody', limit: 10 })).toEqual([]);
  const calls = await event.latest(deps, who, { event: 'call', limit: 10 });
  expect(calls[1]).toMatchObject({ accountName: 'acme', value: '2.5', properties: { kind: 'sale', deep: { n: [1] } }, time: '2026-11-20T10:00:00.000Z' });
  const csm = await aMember(world.arrange, who.workspaceId, {});
  const own = { ...who, userId: csm, role: 'CSM' as const, ownAccountsOf: csm };
  expect(await event.latest(deps, own, { limit: 10 })).toEqual([]);
  await world.arrange(`UPDATE account SET owner_id = $2 WHERE workspace_id = $1 AND external_id = 'globex'`, [who.workspaceId, csm]);
  expect((await event.latest(deps, own, { limit: 10 })).map(({ account }) => account)).toEqual(['globex']);
});

test('names what comes in while there is no meter, the most frequent first, until there is one', async () => {
  const { who } = await ingestWorld(world, deps);
  const person = { ...who, userId: await aMember(world.arrange, who.workspaceId) };
  const uncounted = async () => (await openWork.count(deps, person)).uncounted;
  await world.arrange('UPDATE meter SET archived_at = now() WHERE workspace_id = $1', [who.workspaceId]);
  expect(await uncounted()).toEqual([]);
  const events = ['page.view', 'api.call', 'api.call'].map((name, id) => ({ id: `u${id}`, account: 'acme', event: name }));
  await accept(deps, who, events, { historical: false, receivedAt: new Date('2026-11-20T10:00:00Z') });
  expect(await uncounted()).toEqual(['api.call', 'page.view']);
  await world.arrange('UPDATE meter SET archived_at = NULL WHERE workspace_id = $1', [who.workspaceId]);
  expect(await world.arrange('SELECT 1 FROM meter WHERE workspace_id = $1', [who.workspaceId])).not.toEqual([]);
  expect(await uncounted()).toEqual([]);
});

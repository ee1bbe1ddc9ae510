import { aWorkspace, openWorld } from '@tideline/testkit/build';
import { afterAll, expect, test, vi } from 'vitest';
import { createDb } from './client.ts';
import { announce, createLiveHub, type LiveChange } from './live.ts';

const world = await openWorld();
const db = createDb({ url: world.urls.appUrl, poolSize: 2 });
const errors: Error[] = [];
const hub = createLiveHub(world.urls.appUrl, (error) => errors.push(error));
afterAll(async () => {
  await hub.close();
  await db.close();
});

const listening = `application_name = 'tideline live' AND datname = current_database() AND query LIKE 'LISTEN%' AND state = 'idle'`;
const listeners = async () => (await world.arrange(`SELECT pid FROM pg_stat_activity WHERE ${listening}`)).length;

test('after its connection was lost, every listener is told that there was a gap, and hears again', async () => {
  const [one, other] = [await aWorkspace(world.arrange), await aWorkspace(world.arrange)];
  const heard: Record<string, (LiveChange | null)[]> = { one: [], other: [] };
  hub.subscribe(one, (change) => heard.one?.push(change));
  const leave = hub.subscribe(other, (change) => heard.other?.push(change));
  await vi.waitFor(async () => expect(await listeners()).toBe(1));
  await announce(db, { workspaceId: one, kind: 'alert' });
  await vi.waitFor(() => expect(heard.one).toMatchObject([{ kind: 'alert' }]));

  await world.arrange(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${listening}`);
  await vi.waitFor(async () => expect(await listeners()).toBe(0));
  await announce(db, { workspaceId: one, kind: 'task' }); // nobody listens: lost
  await vi.waitFor(() => expect(heard).toMatchObject({ one: [{ kind: 'alert' }, null], other: [null] }), 5_000);
  expect(errors.length).toBeGreaterThan(0);

  leave();
  await announce(db, { workspaceId: one, kind: 'score' });
  await announce(db, { workspaceId: other, kind: 'score' });
  await vi.waitFor(() => expect(heard.one?.at(-1)).toMatchObject({ kind: 'score' }));
  expect(heard).toMatchObject({ one: { length: 3 }, other: { length: 1 } });
});

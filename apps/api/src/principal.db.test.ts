import { announce, createLiveHub } from '@tideline/db/live';
import * as apiKey from '@tideline/engine/api-key';
import * as member from '@tideline/engine/member';
import { aPerson, aSlug, type Person } from '@tideline/engine/people.fixture';
import * as signIn from '@tideline/engine/sign-in';
import { openWorld } from '@tideline/testkit/build';
import { Hono } from 'hono';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { testApi } from './api.fixture.ts';
import { mountLive } from './live.ts';

const world = await openWorld();
const { deps, ask, api } = testApi(world.urls);
afterAll(() => deps.close());

let admin: Person;
let csm: Person;
beforeEach(async () => {
  const at = await aSlug(world);
  admin = await aPerson(world, at, 'ADMIN');
  csm = await aPerson(world, at, 'CSM', 'Cy');
});
const seconds = (count: number) => {
  deps.clock.now = new Date(deps.clock.now.getTime() + count * 1_000);
};

describe('a person', () => {
  const members = () => ask(csm.userId, 'GET', `/w/${csm.slug}/members`);
  const invite = () => ask(csm.userId, 'POST', `/w/${csm.slug}/invitations`, { email: 'new@example.com', role: 'CSM' });

  test('is judged by the role they have now, from the next request on', async () => {
    expect((await invite()).status).toBe(403);
    await member.changeRole(deps, admin, csm.userId, 'ADMIN');
    expect((await invite()).status).toBe(201);
    await member.changeRole(deps, admin, csm.userId, 'VIEWER');
    expect((await invite()).status).toBe(403);
  });

  test('who is removed gets from the next request on what anyone gets for a workspace that never was', async () => {
    expect((await members()).status).toBe(200);
    await member.remove(deps, admin, csm.userId);
    expect(await members()).toEqual(await ask(csm.userId, 'GET', '/w/never-was/members'));
  });

  test('whose sessions were ended signs in again', async () => {
    await signIn.signOutEverywhere(deps, csm.userId);
    expect(await members()).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
    expect(await ask(csm.userId, 'POST', '/entry/end-sessions')).toMatchObject({ status: 401 });
  });
});

describe('a key', () => {
  const read = async (key: string) => (await api.request('http://localhost:3000/api/v1/members', { headers: { authorization: `Bearer ${key}` } })).status;
  const created = (scopes: ('ingest' | 'read')[], expiresInDays: number | null = null) => apiKey.create(deps, admin, { name: 'One', scopes, expiresInDays });

  test('reads its own workspace, and says when it was last used', async () => {
    const { key, id } = await created(['read']);
    expect(await read(key)).toBe(200);
    const [listed] = (await apiKey.list(deps, admin)).filter((one) => one.id === id);
    expect(listed).toMatchObject({ lastUsedAt: deps.clock.now, prefix: `tl_…${key.slice(-4)}` });
    expect(JSON.stringify(await world.arrange('SELECT * FROM api_key WHERE id = $1', [id]))).not.toContain(key);
  });

  test('stops within a second of being revoked', async () => {
    const { key, id } = await created(['read']);
    expect(await read(key)).toBe(200);
    await apiKey.revoke(deps, admin, id);
    seconds(1);
    expect(await read(key)).toBe(401);
    await expect(apiKey.revoke(deps, admin, id)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('stops when it expires, even while it is remembered', async () => {
    const { key } = await created(['read'], 1);
    seconds(86_399.5);
    expect(await read(key)).toBe(200);
    seconds(0.5);
    expect(await read(key)).toBe(401);
  });

  test('cannot do what its scopes do not say', async () => {
    expect(await read((await created(['ingest'])).key)).toBe(403);
  });

  test('works from its source addresses alone, and a change of them counts within a second', async () => {
    const { key, id } = await created(['read']);
    const from = async (address: string) =>
      (await api.request('http://localhost:3000/api/v1/members', { headers: { authorization: `Bearer ${key}`, 'x-tideline-address': address } })).status;
    await apiKey.change(deps, admin, id, { sourceAddresses: ['203.0.113.0/24', '2001:db8::/32'] });
    expect([await from('203.0.113.9'), await from('2001:db8::9'), await from('203.0.114.9')]).toEqual([200, 200, 403]);
    await apiKey.change(deps, admin, id, { sourceAddresses: ['198.51.100.7'] });
    seconds(1);
    expect([await from('203.0.113.9'), await from('198.51.100.7')]).toEqual([403, 200]);
    await expect(apiKey.change(deps, admin, id, { sourceAddresses: ['10.0.0.300'] })).rejects.toMatchObject({ errors: [{ path: 'body.sourceAddresses.0' }] });
  });

  test('that is rotated works beside its successor for the overlap, and no longer', async () => {
    const old = await created(['read'], 30);
    const fresh = await apiKey.rotate(deps, admin, old.id, { overlapHours: 2 });
    expect(fresh).toMatchObject({ name: 'One', scopes: ['read'], expiresAt: old.expiresAt });
    expect([await read(old.key), await read(fresh.key)]).toEqual([200, 200]);
    seconds(2 * 3_600);
    expect([await read(old.key), await read(fresh.key)]).toEqual([401, 200]);
    expect((await apiKey.list(deps, admin)).find(({ id }) => id === old.id)).toMatchObject({ rotatedTo: fresh.id });
    await expect(apiKey.rotate(deps, admin, old.id, { overlapHours: 2 })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('that sends too much is told how much it may and when to come back', async () => {
    const { key } = await apiKey.create(deps, admin, { name: 'Slow', scopes: ['ingest'], expiresInDays: null, eventsPerMinute: 1_000 });
    let sent = 0;
    const send = (count: number) => {
      const events = Array.from({ length: count }, () => ({ id: `limit-${sent++}`, account: 'acme', event: 'call', value: 1 }));
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
      return api.request('http://localhost:3000/api/v1/events', { method: 'POST', headers, body: JSON.stringify(events) });
    };
    const first = await send(800);
    expect(first.headers.get('ratelimit-policy')).toBe('"key";q=1000;w=60, "workspace";q=3000000;w=60');
    expect(first.headers.get('ratelimit')).toMatch(/^"key";r=200;t=48, "workspace";r=2999200;t=1$/);
    const second = await send(500);
    expect([second.status, second.headers.get('retry-after'), second.headers.get('ratelimit')?.split(',')[0]]).toEqual([429, '18', '"key";r=200;t=48']);
    expect(await second.json()).toMatchObject({ code: 'too-many-requests', detail: expect.stringContaining('1,000 events a minute') as string });
    seconds(18);
    expect((await send(500)).status).toBe(200);
  });

  test('of another workspace under this one’s id is unknown', async () => {
    const other = await aPerson(world, await aSlug(world), 'ADMIN');
    const { key } = await created(['read']);
    expect(await read(key.replace(admin.workspaceId.replaceAll('-', ''), other.workspaceId.replaceAll('-', '')))).toBe(401);
  });
});

describe('a live stream', () => {
  const hub = createLiveHub(world.urls.appUrl, () => undefined);
  afterAll(() => hub.close());
  const session = async (request: Request) => ({ userId: request.headers.get('x-test-person') ?? '', sessionVersion: 0 });
  const app = new Hono();
  mountLive(app, { deps, session }, hub, new AbortController().signal);
  const open = async (userId: string, slug = csm.slug) => {
    const answer = await app.request(`http://localhost:3000/api/v1/w/${slug}/live`, { headers: { 'x-test-person': userId } });
    return { status: answer.status, reader: answer.body?.pipeThrough(new TextDecoderStream()).getReader() };
  };

  test('tells of changes, and ends with the membership', async () => {
    const { reader } = await open(csm.userId);
    if (!reader) throw new Error('no stream');
    expect((await reader.read()).value).toContain('retry');
    let heard = '';
    const listening = (async () => {
      for (let part = await reader.read(); !part.done; part = await reader.read()) heard += part.value;
    })();
    const listens = async () => {
      await announce(deps.db, { workspaceId: csm.workspaceId, kind: 'task' });
      return heard;
    };
    await expect.poll(listens, { timeout: 10_000 }).toContain('"task"'); // LISTEN is up a moment after the stream
    await world.arrange(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tideline live' AND datname = current_database()`);
    await expect.poll(() => heard, { timeout: 10_000 }).toContain('event: resync');
    await member.changeRole(deps, admin, csm.userId, 'LEADER');
    await expect.poll(() => heard, { timeout: 10_000 }).toContain(`{"kind":"member","ids":["${csm.userId}"]}`);
    await member.remove(deps, admin, csm.userId);
    await listening; // the stream was closed by the server
  });

  test('does not open for a stranger, exactly as for a workspace that never was', async () => {
    const stranger = await aPerson(world, await aSlug(world), 'ADMIN');
    expect((await open(stranger.userId)).status).toBe(404);
    expect((await open(stranger.userId, 'never-was')).status).toBe(404);
  });
});

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { createLiveHub, announce } from '@tideline/db/live';
import { readiness } from '@tideline/engine/health';
import { aMember, aWorkspace, openWorld, type World } from '@tideline/testkit/build';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testApi } from './api.fixture.ts';
import { createApi, isApiPath } from './app.ts';
import { closeServer } from './close-server.ts';

let world: World;
let made: ReturnType<typeof testApi>;
const get = (path: string, headers: Record<string, string> = {}) => made.api.request(`http://localhost:3000${path}`, { headers });

beforeAll(async () => {
  world = await openWorld();
  made = testApi(world.urls);
});
afterAll(() => made.deps.close());

test('the description is served as data', async () => {
  const answer = await get('/api/openapi.json');
  expect(answer.headers.get('content-type')).toBe('application/json');
  const document = (await answer.json()) as { openapi: string; servers: unknown };
  expect(document).toMatchObject({ openapi: '3.1.1', servers: [{ url: made.deps.baseUrl }] });
  const packed = await get('/api/openapi.json', { 'accept-encoding': 'gzip' });
  expect(packed.headers.get('content-encoding')).toBe('gzip');
});

test('the reader for people asks for nothing outside', async () => {
  const page = await (await get('/docs/api')).text();
  const asked = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
  expect(asked.filter((address) => !address.startsWith('data:')).every((address) => address.startsWith('/'))).toBe(true);
  for (const address of asked.filter((one) => one.startsWith('/'))) expect((await get(address)).status, address).toBe(200);
  expect(page).toContain('<tr id="rule-violated">');
});

test('ready says what is missing', async () => {
  expect(await (await get('/api/health/live')).json()).toEqual({ live: true });
  const ready = await get('/api/health/ready');
  expect({ status: ready.status, body: await ready.json() }).toEqual({
    status: 200,
    body: { ready: true, checks: { database: null, migrations: null, queue: null } },
  });
  await world.arrange(`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations)`);
  const behind = await get('/api/health/ready');
  expect({ status: behind.status, body: await behind.json() }).toMatchObject({
    status: 503,
    body: { ready: false, checks: { migrations: '1 not applied yet' } },
  });
  await world.arrange(`UPDATE _prisma_migrations SET finished_at = now() WHERE finished_at IS NULL`);
  const away = await readiness(made.deps, { ping: () => Promise.reject(new Error('ECONNREFUSED')) });
  expect(away).toEqual({ ready: false, checks: { database: null, migrations: null, queue: 'does not answer' } });
});

test.each([
  ['/api/v1/events', true],
  ['/api/v1/w/acme/alerts?state=open', true],
  ['/api/health/ready', true],
  ['/api/openapi.json', true],
  ['/docs/api', true],
  ['/docs/api/swagger-ui.css', true],
  ['/docs/apiary', false],
  ['/api/auth/session', false],
  ['/w/acme/triage', false],
  ['/', false],
])('%s is the api: %s', (path, isApi) => {
  expect(isApiPath(path)).toBe(isApi);
});

test('a live stream brings changes, and ends when the process stops', async () => {
  const slug = 'live-one';
  const workspaceId = await aWorkspace(world.arrange, { slug });
  const person = await aMember(world.arrange, workspaceId);
  const hub = createLiveHub(world.urls.appUrl, () => undefined);
  const closing = new AbortController();
  const session = async () => ({ userId: person, sessionVersion: 0 });
  const api = createApi({ deps: made.deps, hub, session, ready: () => readiness(made.deps, { ping: async () => undefined }), closing: closing.signal });
  const listener = getRequestListener(api.fetch);
  const server = createServer((request, response) => void listener(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/w/${slug}/live`);
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const read = async () => {
    const chunk = await reader?.read();
    text += chunk?.value ?? '';
    return chunk?.done ?? true;
  };
  const telling = setInterval(() => void announce(made.deps.db, { workspaceId, kind: 'alert', ids: ['one'] }), 50);
  while (!text.includes('data: ')) await read();
  clearInterval(telling);
  expect(text).toContain('data: {"kind":"alert","ids":["one"]}');
  closing.abort();
  while (!(await read()));
  const started = Date.now();
  await closeServer(server);
  expect(Date.now() - started).toBeLessThan(3_000);
  await hub.close();
});

import { randomUUID } from 'node:crypto';
import { aMember, aRow, aWorkspace, openWorld, type World } from '@tideline/testkit/build';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testApi } from './api.fixture.ts';

let world: World;
let api: ReturnType<typeof testApi>;
let workspaceId: string;
let slug: string;
let admin: string;
let viewer: string;
beforeAll(async () => {
  world = await openWorld();
  api = testApi(world.urls);
});
afterAll(() => api.deps.close());
beforeEach(async () => {
  slug = `w-${randomUUID().slice(0, 8)}`;
  workspaceId = await aWorkspace(world.arrange, { slug });
  admin = await aMember(world.arrange, workspaceId, { role: 'ADMIN' });
  viewer = await aMember(world.arrange, workspaceId, { role: 'VIEWER' });
});

const aRun = (row: Record<string, unknown>) => aRow(world.arrange, 'background_run', { workspace_id: workspaceId, label: 'Counting', ...row });
const listed = async () => (await api.ask(viewer, 'GET', `/w/${slug}/runs`)).body.items as Record<string, unknown>[];

test('lists what runs, then the last twenty that ended', async () => {
  const meterId = randomUUID();
  for (let i = 0; i < 25; i++)
    await aRun({ kind: 'score.all', state: 'done', started_at: new Date(Date.UTC(2026, 10, 1, i)), finished_at: new Date(Date.UTC(2026, 10, 2)) });
  const running = await aRun({ kind: 'meter.refill', detail: { meterId }, done: 3, total: 9, started_at: '2026-10-01T00:00:00Z' });
  const items = await listed();
  expect(items).toHaveLength(21);
  expect(items[0]).toMatchObject({ id: running, state: 'running', stopping: false, meterId, done: 3, total: 9, finishedAt: null });
  expect(items[1]).toMatchObject({ kind: 'score.all', startedAt: '2026-11-02T00:00:00.000Z', meterId: null });
});

test('stops what may be stopped, once, and only for who may', async () => {
  const stop = (id: string, as = admin) => api.ask(as, 'POST', `/w/${slug}/runs/${id}/stop`);
  const running = await aRun({ kind: 'score.backfill' });
  expect(await stop(running, viewer)).toMatchObject({ status: 403 });
  expect(await stop(running)).toMatchObject({ status: 202 });
  expect((await listed())[0]).toMatchObject({ id: running, stopping: true });
  expect(await stop(await aRun({ kind: 'score.all' }))).toMatchObject({ status: 422 });
  expect(await stop(await aRun({ kind: 'score.backfill', state: 'done' }))).toMatchObject({ status: 409 });
  expect(await stop(randomUUID())).toMatchObject({ status: 404 });
  const elsewhere = await aRow(world.arrange, 'background_run', { workspace_id: await aWorkspace(world.arrange), kind: 'score.backfill', label: 'x' });
  expect(await stop(elsewhere)).toMatchObject({ status: 404 });
});

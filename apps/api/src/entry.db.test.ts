import { entryOperations, type EntryName } from '@tideline/contracts/entry';
import * as invitation from '@tideline/engine/invitation';
import { aPerson, aSlug, PASSWORD, tokenIn, type Person } from '@tideline/engine/people.fixture';
import { openWorld } from '@tideline/testkit/build';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { testApi } from './api.fixture.ts';

const world = await openWorld();
const { deps, ask, api } = testApi(world.urls);
afterAll(() => deps.close());

let admin: Person;
beforeEach(async () => {
  admin = await aPerson(world, await aSlug(world), 'ADMIN');
  deps.mails.length = 0;
});
const enter = (path: string, body: unknown, as: string | null = null) => ask(as, 'POST', `/entry${path}`, body);
const names = Object.keys(entryOperations) as EntryName[];

describe.each(names)('%s', (name) => {
  const operation = entryOperations[name];

  test('is refused from another site', async () => {
    const headers = { origin: 'https://elsewhere.example', 'content-type': 'application/json', 'x-test-person': admin.userId };
    const answer = await api.request(`${deps.baseUrl}/api/v1/entry${operation.path}`, { method: operation.method, headers, body: '{}' });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([403, 'wrong-origin']);
  });

  test('says what is wrong with an empty body, or who is missing', async () => {
    const answer = await enter(operation.path, {});
    expect(answer.status).toBe(operation.who === 'person' ? 401 : 400);
  });
});

test('a reset by mail, from asking to signing in with the new password', async () => {
  expect(await enter('/reset-request', { email: admin.email.toUpperCase() })).toEqual({ status: 200, body: {} });
  const token = tokenIn(deps.mails[0]?.text ?? '');
  expect(await enter('/reset', { token, password: 'short' })).toMatchObject({ status: 400, body: { errors: [{ path: 'body.password' }] } });
  expect(await enter('/reset', { token, password: 'a new fine password' })).toEqual({ status: 200, body: { email: admin.email } });
  expect(await enter('/reset', { token, password: 'a new fine password' })).toMatchObject({ status: 404 });
});

test('links that are mailed or handed over lead to the configured address, whatever host the request names', async () => {
  const headers = {
    origin: deps.baseUrl,
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    'content-type': 'application/json',
    'x-test-person': admin.userId,
  };
  const post = (path: string, body: unknown) => api.request(`https://evil.example/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  expect((await post('/entry/reset-request', { email: admin.email })).status).toBe(200);
  const invited = await post(`/w/${admin.slug}/invitations`, { email: 'new@example.com', role: 'CSM' });
  expect(invited.status).toBe(201);
  await post(`/w/${admin.slug}/members/${admin.userId}/reset-link`, {});
  expect(deps.mails).toHaveLength(3);
  for (const { text } of deps.mails) {
    expect(text).toMatch(new RegExp(`${deps.baseUrl}/(reset|invite)/`));
    expect(text).not.toContain('evil.example');
  }
});

test('one’s own password, changed with the current one', async () => {
  expect(await enter('/password', { current: 'not it at all', password: 'a new fine password' }, admin.userId)).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'body.current' }] },
  });
  expect(await enter('/password', { current: PASSWORD, password: 'short' }, admin.userId)).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'body.password' }] },
  });
  expect(await enter('/password', { current: PASSWORD, password: 'a new fine password' }, admin.userId)).toEqual({ status: 200, body: { email: admin.email } });
  expect(await enter('/password', { current: PASSWORD, password: 'a new fine password' }, admin.userId)).toMatchObject({ status: 401 });
});

test('past the throttle it says when to come back', async () => {
  for (let i = 0; i < 10; i++) await enter('/reset-request', { email: admin.email });
  const answer = await api.request(`${deps.baseUrl}/api/v1/entry/reset-request`, {
    method: 'POST',
    headers: { origin: deps.baseUrl, 'content-type': 'application/json' },
    body: JSON.stringify({ email: admin.email }),
  });
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '900']);
});

test('an invitation accepted by a new person, and one by a person with an account', async () => {
  await invitation.invite(deps, admin, { email: 'fresh@example.com', role: 'CSM' });
  const token = tokenIn(deps.mails[0]?.text ?? '');
  expect(await enter('/invitation', { token, name: 'Fresh', password: PASSWORD })).toEqual({
    status: 200,
    body: { workspace: admin.slug, email: 'fresh@example.com' },
  });
  const other = await aPerson(world, await aSlug(world), 'ADMIN');
  await invitation.invite(deps, admin, { email: other.email, role: 'CSM' });
  const second = tokenIn(deps.mails[1]?.text ?? '');
  expect(await enter('/join', { token: second }, admin.userId)).toMatchObject({ status: 403 });
  expect(await enter('/join', { token: second }, other.userId)).toEqual({ status: 200, body: { workspace: admin.slug } });
});

test('a further workspace, under a free address', async () => {
  const wanted = { name: 'Two', slug: `two-${admin.slug}`, timezone: 'UTC', currency: 'EUR' };
  expect(await enter('/workspaces', wanted, admin.userId)).toEqual({ status: 201, body: { workspace: wanted.slug } });
  expect(await enter('/workspaces', wanted, admin.userId)).toMatchObject({ status: 409 });
  expect(await enter('/workspaces', { ...wanted, slug: 'Not A Slug' }, admin.userId)).toMatchObject({ status: 400 });
  expect(await ask(admin.userId, 'GET', `/w/${wanted.slug}/health-model`)).toMatchObject({ status: 200 });
});

test('setting up is closed once a workspace exists', async () => {
  const body = {
    token: 'guessed',
    name: 'X',
    email: 'x@example.com',
    password: PASSWORD,
    workspace: { name: 'X', slug: 'x', timezone: 'UTC', currency: 'USD' },
  };
  expect(await enter('/setup', body)).toMatchObject({ status: 404 });
});

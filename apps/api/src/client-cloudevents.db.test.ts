import { OpenMeter } from '@openmeter/sdk';
import { openWorld } from '@tideline/testkit/build';
import { CloudEvent, emitterFor, HTTP, httpTransport, Mode } from 'cloudevents';
import { expect, test } from 'vitest';
import { clientWorld } from './client.fixture.ts';

const world = await openWorld();
const { address, workspace, stored, post, fingerprint } = await clientWorld(world);

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const url = `${address}/api/v1/events`;
const time = new Date(Date.now() - 3_600_000).toISOString();
const event = (id: string, more: object = {}) =>
  new CloudEvent({ id, source: '/jobs', type: 'job.run', subject: 'acme', time, data: { value: 12.5, region: 'eu' }, ...more });

test('binary and structured mode through the official transport', async () => {
  const own = await workspace();
  for (const mode of [Mode.BINARY, Mode.STRUCTURED]) {
    const emit = emitterFor(httpTransport(url), { mode });
    await emit(event(`of ${mode}`), { headers: bearer(own.key) });
    await emit(event(`of ${mode}`), { headers: bearer(own.key) });
  }
  const one = { account: 'acme', event: 'job.run', value: '12.5', time: new Date(time), properties: { value: 12.5, region: 'eu' } };
  expect(await stored(own)).toEqual([one, one]);
});

test('a message of the official library in each mode, posted as it is, and a batch of them', async () => {
  const own = await workspace();
  for (const message of [HTTP.binary(event('é 1')), HTTP.structured(event('2'))]) {
    const headers = { ...(message.headers as Record<string, string>), ...bearer(own.key) };
    expect((await fetch(url, { method: 'POST', headers, body: message.body as string })).status).toBe(204);
  }
  const batch = [event('2'), event('2', { source: '/other' }), event('3', { data: 7 }), event('4', { data: undefined, data_base64: 'eyJ2YWx1ZSI6OH0=' })];
  const answer = await post('/api/v1/events', batch, { 'content-type': 'application/cloudevents-batch+json; charset=utf-8', ...bearer(own.key) });
  expect(answer.status).toBe(204);
  // The same id of another source is another fact.
  expect((await stored(own)).map(({ value }) => Number(value)).toSorted((a, b) => a - b)).toEqual([7, 8, 12.5, 12.5, 12.5]);
});

test('the official library of OpenMeter, with nothing changed but address and key', async () => {
  const own = await workspace();
  const openmeter = new OpenMeter({ baseUrl: address, apiKey: own.key });
  const fact = { type: 'tokens', subject: 'acme', id: 'om-1', time: new Date(time), data: { value: 340, model: 'x' } };
  await openmeter.events.ingest(fact);
  await openmeter.events.ingest([fact, { type: 'tokens', subject: 'globex', data: { tokens: '12' } }]);
  expect(await stored(own)).toMatchObject([
    { account: 'acme', event: 'tokens', value: '340', time: new Date(time), properties: { value: 340, model: 'x' } },
    { account: 'globex', event: 'tokens', value: null, properties: { tokens: '12' } },
  ]);
  await expect(openmeter.events.ingest({ type: 'tokens', subject: '', data: {} })).rejects.toThrow(/1 of 1 events were refused.*account is empty/);
  await expect(new OpenMeter({ baseUrl: address, apiKey: 'nonsense' }).events.ingest(fact)).rejects.toThrow(/API key/);
});

const batchOf = (events: unknown, headers: Record<string, string>) =>
  post('/api/v1/events', events, { 'content-type': 'application/cloudevents-batch+json', ...headers });

test('refused events are named with their reason, their neighbours are stored', async () => {
  const own = await workspace();
  const events = [
    event('1'),
    { ...event('2').toJSON(), specversion: '0.3' },
    { ...event('3').toJSON(), source: undefined },
    { ...event('4').toJSON(), subject: undefined },
    { ...event('5').toJSON(), time: 'yesterday' },
    'text',
  ];
  const answer = await batchOf(events, bearer(own.key));
  expect(answer.status).toBe(400);
  const { detail, errors } = (await answer.json()) as { detail: string; errors: { path: string }[] };
  expect(detail).toMatch(/^5 of 6 events were refused/);
  expect(errors.map(({ path }) => path)).toEqual(['body.1', 'body.2', 'body.3', 'body.4', 'body.5']);
  expect(await stored(own)).toHaveLength(1);
  expect((await batchOf({}, bearer(own.key))).status).toBe(400);
  expect(
    (
      await batchOf(
        Array.from({ length: 1_001 }, (_, i) => event(`${i}`)),
        bearer(own.key),
      )
    ).status,
  ).toBe(413);
});

test('the key decides the workspace', async () => {
  const [own, other] = [await workspace(), await workspace()];
  const before = await fingerprint(own);
  const events = [event('1', { subject: own.ids.externalId })];
  for (const headers of [{}, { authorization: 'Bearer nonsense' }, bearer(`${own.key}x`)])
    expect((await batchOf(events, headers as Record<string, string>)).status).toBe(401);
  expect((await batchOf(events, bearer(other.key))).status).toBe(204);
  expect(await fingerprint(own)).toBe(before);
  const reader = await workspace();
  await world.arrange(`UPDATE api_key SET scopes = '{read}' WHERE workspace_id = $1`, [reader.workspaceId]);
  expect((await batchOf(events, bearer(reader.key))).status).toBe(403);
});

test('plain events at the same address are read as before', async () => {
  const own = await workspace();
  const answer = await post('/api/v1/events', { id: '1', account: 'acme', event: 'use' }, bearer(own.key));
  expect([answer.status, await answer.json()]).toMatchObject([200, { accepted: 1 }]);
});

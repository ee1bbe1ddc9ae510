import { openWorld } from '@tideline/testkit/build';
import { PostHog } from 'posthog-node';
import { expect, test, vi } from 'vitest';
import { clientWorld } from './client.fixture.ts';

const world = await openWorld();
const { address, workspace, stored, accounts, post, fingerprint } = await clientWorld(world);

const BASE = '/api/v1/posthog';
const at = (minute: number) => new Date(Date.now() - (60 - minute) * 60_000);
const send = async (key: string, calls: (posthog: PostHog) => unknown, base = BASE, options: object = {}): Promise<unknown[]> => {
  const errors: unknown[] = [];
  const posthog = new PostHog(key, { host: `${address}${base}`, fetchRetryCount: 0, ...options });
  posthog.on('error', (error: unknown) => errors.push(error));
  await calls(posthog);
  await posthog.shutdown().catch((error: unknown) => errors.push(error));
  return errors;
};

test.each([false, true])('capture and groupIdentify of the official library (without compression: %s)', async (disableCompression) => {
  const own = await workspace();
  const errors = await send(
    own.key,
    (posthog) => {
      posthog.groupIdentify({ groupType: 'company', groupKey: 'acme', properties: { name: 'Acme Inc', plan: 'pro', seats: 12 } });
      posthog.groupIdentify({ groupType: 'team', groupKey: 'red', properties: { name: 'Red' } });
      posthog.capture({
        distinctId: 'u1',
        event: 'report run',
        groups: { team: 'red', company: 'acme' },
        properties: { value: 3, $ip: '::1' },
        timestamp: at(1),
      });
      posthog.capture({ distinctId: 'u2', event: 'report run', groups: { workspace: 'globex' }, timestamp: at(2) });
      posthog.capture({ distinctId: 'u3', event: 'report run', groups: { team: 'red', project: 'x' }, timestamp: at(3) });
      posthog.capture({ distinctId: 'u1', event: '$pageview', groups: { company: 'acme' } });
      posthog.identify({ distinctId: 'u1', properties: { email: 'u1@example.com' } });
    },
    BASE,
    { disableCompression },
  );
  expect(errors).toEqual([]);
  expect(await stored(own)).toMatchObject([
    { account: 'acme', event: 'report run', value: '3', properties: { value: 3, distinct_id: 'u1' } },
    { account: 'globex', event: 'report run', value: null },
  ]);
  expect(await accounts(own)).toMatchObject([{ external_id: 'acme', name: 'Acme Inc', plan: 'pro', fields: { seats: 12 } }, { external_id: 'globex' }]);
  const [kept] = await world.arrange(`SELECT reason, client, event FROM refused_event WHERE workspace_id = $1`, [own.workspaceId]);
  expect(kept).toEqual({ reason: 'unknown-user', client: 'posthog', event: 'report run' });
});

test('another group type is the account where the address says so', async () => {
  const own = await workspace();
  const errors = await send(
    own.key,
    (posthog) => {
      posthog.groupIdentify({ groupType: 'team', groupKey: 'red', properties: { name: 'Red' } });
      posthog.capture({ distinctId: 'u', event: 'use', groups: { team: 'red', company: 'acme' } });
    },
    `${BASE}/by/team`,
  );
  expect(errors).toEqual([]);
  expect(await accounts(own)).toMatchObject([{ external_id: 'red', name: 'Red' }]);
  expect(await stored(own)).toMatchObject([{ account: 'red', event: 'use' }]);
});

test('flags are asked for and there are none', async () => {
  const own = await workspace();
  const errors = await send(own.key, async (posthog) => {
    expect(await posthog.getAllFlags('u')).toEqual({});
    expect(await posthog.isFeatureEnabled('new-thing', 'u')).toBeFalsy();
  });
  expect(errors).toEqual([]);
  expect(await stored(own)).toEqual([]);
});

const one = { event: 'use', distinct_id: 'u', uuid: '0193c8a0-0000-7000-8000-000000000001', properties: { $groups: { company: 'acme' } } };

test('single events by both addresses, the newer form, and the same again, which counts once', async () => {
  const own = await workspace();
  expect(await (await post(`${BASE}/capture/`, { api_key: own.key, ...one })).json()).toMatchObject({ status: 1, accepted: 1 });
  expect(await (await post(`${BASE}/i/v0/e/`, { token: own.key, ...one })).json()).toMatchObject({ status: 1, duplicates: 1 });
  const unplaced = { ...one, uuid: 'other', properties: {} };
  const newer = await post(`${BASE}/i/v1/analytics/events`, { batch: [one, unplaced] }, { authorization: `Bearer ${own.key}` });
  expect(await newer.json()).toMatchObject({ results: { [one.uuid]: { result: 'ok' }, other: { result: 'drop' } } });
  expect(await stored(own)).toHaveLength(1);
});

test('the key decides the workspace', async () => {
  const [own, other] = [await workspace(), await workspace()];
  const before = await fingerprint(own);
  const foreign = { ...one, properties: { $groups: { company: own.ids.externalId } } };
  for (const key of [undefined, '', 7, 'phc_nonsense', `${own.key}x`])
    expect((await post(`${BASE}/batch/`, { api_key: key, batch: [foreign] })).status).toBe(401);
  vi.spyOn(console, 'error').mockImplementation(() => undefined); // the library says there what it met
  expect((await send('phc_nonsense', (posthog) => posthog.capture({ distinctId: 'u', event: 'use' }))).length).toBeGreaterThan(0);
  expect((await post(`${BASE}/batch/`, { api_key: other.key, batch: [foreign] })).status).toBe(200);
  expect(await fingerprint(own)).toBe(before);
  expect((await post(`${BASE}/batch/`, { api_key: other.key, batch: 'x' })).status).toBe(400);
  const reader = await workspace();
  await world.arrange(`UPDATE api_key SET scopes = '{read}' WHERE workspace_id = $1`, [reader.workspaceId]);
  expect((await post(`${BASE}/batch/`, { api_key: reader.key, batch: [one] })).status).toBe(403);
});

import { Analytics } from '@segment/analytics-node';
import * as refusedEvent from '@tideline/engine/refused-event';
import { openWorld } from '@tideline/testkit/build';
import { expect, test } from 'vitest';
import { clientWorld } from './client.fixture.ts';

const world = await openWorld();
const { deps, address, workspace, stored, accounts, post, fingerprint } = await clientWorld(world);

const at = (minute: number) => new Date(Date.now() - (60 - minute) * 60_000);
/** Sends with the official library, as its documentation says; answers what it says went wrong. */
const send = async (key: string, calls: (analytics: Analytics) => void): Promise<unknown[]> => {
  const errors: unknown[] = [];
  const analytics = new Analytics({ writeKey: key, host: address, maxRetries: 0 });
  analytics.on('error', (error) => errors.push(error));
  calls(analytics);
  await analytics.closeAndFlush({ timeout: 5_000 });
  return errors;
};

test('group, track, identify, page, screen and alias of the official library', async () => {
  const own = await workspace();
  const errors = await send(own.key, (analytics) => {
    analytics.group({
      userId: 'u1',
      groupId: 'acme',
      timestamp: at(1),
      traits: { name: 'Acme Inc', industry: 'Tools', plan: 'pro', employees: 42, address: { city: 'Oslo' }, tags: ['a'], createdAt: '2024-03-01T10:00:00Z' },
    });
    analytics.track({ userId: 'u1', event: 'Job Run', timestamp: at(2), properties: { value: 12.5, region: 'eu', revenue: 99 } });
    analytics.track({ userId: 'nobody', event: 'Job Run', timestamp: at(3), context: { groupId: 'globex' } });
    analytics.identify({ userId: 'u2', timestamp: at(4), traits: { email: 'u2@example.com', company: { id: 'globex', name: 'Globex' } } });
    analytics.page({ userId: 'u2', name: 'Pricing', timestamp: at(5) });
    analytics.screen({ userId: 'u2', name: 'Home', timestamp: at(6) });
    analytics.alias({ userId: 'u3', previousId: 'u1', timestamp: at(7) });
    analytics.track({ userId: 'u3', event: 'Job Run', timestamp: at(8), properties: { value: 'high' } });
  });
  expect(errors).toEqual([]);
  expect(await stored(own)).toMatchObject([
    { account: 'acme', event: 'Job Run', value: '12.5', properties: { value: 12.5, region: 'eu', revenue: 99, user_id: 'u1' } },
    { account: 'globex', event: 'Job Run', value: null },
    { account: 'globex', event: 'Page', properties: { name: 'Pricing', user_id: 'u2' } },
    { account: 'globex', event: 'Screen' },
    { account: 'acme', event: 'Job Run', value: null, properties: { value: 'high' } },
  ]);
  expect(await accounts(own)).toMatchObject([
    {
      external_id: 'acme',
      name: 'Acme Inc',
      industry: 'Tools',
      plan: 'pro',
      fields: { employees: 42, 'address.city': 'Oslo' },
      created_day: '2024-03-01',
    },
    { external_id: 'globex', name: 'Globex', fields: {} },
  ]);
});

test('a user belongs where the last group call put them by the time of the event', async () => {
  const own = await workspace();
  await send(own.key, (analytics) => {
    analytics.group({ userId: 'u', groupId: 'first', timestamp: at(10) });
    analytics.group({ userId: 'u', groupId: 'second', timestamp: at(20) });
  });
  await send(own.key, (analytics) => {
    for (const minute of [5, 15, 25]) analytics.track({ userId: 'u', event: 'use', timestamp: at(minute) });
  });
  expect((await stored(own)).map(({ account }) => account)).toEqual(['first', 'first', 'second']);
  // A call that comes late, dated between two that agree, holds for its own time alone.
  await send(own.key, (analytics) => analytics.group({ userId: 'u', groupId: 'second', timestamp: at(40) }));
  await send(own.key, (analytics) => analytics.group({ userId: 'u', groupId: 'third', timestamp: at(30) }));
  await send(own.key, (analytics) => {
    for (const minute of [35, 45]) analytics.track({ userId: 'u', event: 'use', timestamp: at(minute) });
  });
  expect((await stored(own)).map(({ account }) => account)).toEqual(['first', 'first', 'second', 'third', 'second']);
});

const basic = (key: string) => ({ authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` });
const track = { messageId: 'm-1', type: 'track', event: 'use', timestamp: at(1), userId: 'u' };

test('an event of a user in no account is refused with its reason, its neighbours are stored, and a retry counts once', async () => {
  const own = await workspace();
  const batch = [track, { ...track, messageId: 'm-2', context: { groupId: 'acme' } }, { type: 'group', messageId: 'm-3', userId: 'u' }, 7];
  const answer = await (await post('/v1/batch', { batch }, basic(own.key))).json();
  expect(answer).toMatchObject({
    success: true,
    accepted: 1,
    rejected: [
      { id: 'm-1', code: 'unknown-user' },
      { id: 'm-3', code: 'invalid-account' },
      { id: null, code: 'not-an-event' },
    ],
  });
  const who = { workspaceId: own.workspaceId, userId: null, role: 'ADMIN', actor: 'test', ownAccountsOf: null } as const;
  const retry = () => refusedEvent.retry(deps, who, { reason: 'unknown-user' });
  expect(await retry()).toMatchObject({ accepted: 0, refused: 1 });
  await post('/v1/group', { userId: 'u', groupId: 'acme', timestamp: at(0) }, basic(own.key));
  expect(await retry()).toMatchObject({ accepted: 1, refused: 0 });
  const again = await (await post('/v1/batch', { batch, writeKey: own.key })).json();
  expect(again).toMatchObject({ accepted: 0, duplicates: 2 });
  expect(await stored(own)).toHaveLength(2);
});

test('an alias of two accounts is proposed as a merge, once, and merges nothing', async () => {
  const own = await workspace();
  for (const groupId of ['old-co', 'new-co']) await post('/v1/group', { userId: `of ${groupId}`, groupId }, basic(own.key));
  for (let i = 0; i < 2; i++) expect((await post('/v1/alias', { previousId: 'old-co', userId: 'new-co' }, basic(own.key))).status).toBe(200);
  const proposed = await world.arrange(
    `SELECT f.external_id AS "from", i.external_id AS "into", p.state, p.via FROM merge_proposal p
     JOIN account f ON f.id = p.from_id JOIN account i ON i.id = p.into_id WHERE p.workspace_id = $1`,
    [own.workspaceId],
  );
  expect(proposed).toEqual([{ from: 'old-co', into: 'new-co', state: 'open', via: 'segment' }]);
  expect(await accounts(own)).toHaveLength(2);
});

test('the key decides the workspace: an unknown, a wrong and a foreign one reach nothing here', async () => {
  const [own, other] = [await workspace(), await workspace()];
  const before = await fingerprint(own);
  const one = { ...track, context: { groupId: own.ids.externalId } };
  for (const headers of [{}, basic('nonsense'), basic(`${own.key}x`), basic(''), { authorization: 'Basic %%%' }])
    expect((await post('/v1/track', one, headers)).status).toBe(401);
  expect(await send('nonsense', (analytics) => analytics.track({ userId: 'u', event: 'use' }))).toHaveLength(1);
  expect((await post('/v1/track', { ...one, writeKey: own.key }, basic(other.key))).status).toBe(200);
  expect(await fingerprint(own)).toBe(before);
  expect((await stored(other)).map(({ account }) => account)).toEqual([own.ids.externalId]);
});

test('a key without the scope for sending is refused, and so is what is no batch', async () => {
  const own = await workspace();
  expect((await post('/v1/batch', { batch: 'x' }, basic(own.key))).status).toBe(400);
  expect((await post('/v1/batch', [], basic(own.key))).status).toBe(400);
  const reader = await workspace();
  await world.arrange(`UPDATE api_key SET scopes = '{read}' WHERE workspace_id = $1`, [reader.workspaceId]);
  expect((await post('/v1/track', track, basic(reader.key))).status).toBe(403);
});

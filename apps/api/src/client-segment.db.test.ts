import { Analytics } from '@segment/analytics-node';
import { merge, undo } from '@tideline/engine/account-merge';
import { runMerge } from '@tideline/engine/account-merge-run';
import * as proposal from '@tideline/engine/merge-proposal';
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

/** The proposals of a workspace as an admin sees them, and what an admin does with them. */
const proposalsOf = (own: Awaited<ReturnType<typeof workspace>>) => {
  const who = { workspaceId: own.workspaceId, userId: null, role: 'ADMIN', actor: 'test', ownAccountsOf: null } as const;
  const seen = async () => {
    const { open, items } = await proposal.list(deps, who);
    const said = items.filter(({ actor }) => actor !== own.mark); // the wall's workspace has one of its own
    return { open: open - (items.length - said.length), items: said };
  };
  const [alias, group] = ['alias', 'group'].map((kind) => (body: object) => post(`/v1/${kind}`, body, basic(own.key)));
  const run = (begun: { mergeId: string; runId: string }) => runMerge(deps, { workspaceId: own.workspaceId, ...begun });
  const two = async (one: string, other: string) => {
    for (const groupId of [one, other]) await group?.({ userId: `of ${groupId}`, groupId });
    const answer = await alias?.({ previousId: one, userId: other });
    expect(answer?.status).toBe(200);
    const found = (await seen()).items.find(({ from, into }) => [from.externalId, into.externalId].includes(one));
    return found ?? expect.fail('nothing was proposed');
  };
  return { who, seen, two, run, alias: (previousId: string, userId: string) => alias?.({ previousId, userId }) };
};

test('an alias of two accounts is proposed as a merge, once and whichever way round, and merges nothing', async () => {
  const own = await workspace();
  const { seen, two, alias } = proposalsOf(own);
  await two('old-co', 'new-co');
  await alias('old-co', 'new-co');
  await alias('new-co', 'old-co');
  expect(await seen()).toMatchObject({
    open: 1,
    items: [{ from: { externalId: 'old-co' }, into: { externalId: 'new-co' }, state: 'open', via: 'segment', actor: `key ${own.mark}`, merged: null }],
  });
  expect(await accounts(own)).toHaveLength(2);
});

test('a proposal that was dismissed is not proposed again by the next alias, and can be asked again', async () => {
  const { who, seen, two, alias } = proposalsOf(await workspace());
  const { id } = await two('old-co', 'new-co');
  await proposal.dismiss(deps, who, id);
  await alias('old-co', 'new-co');
  await alias('new-co', 'old-co');
  expect(await seen()).toMatchObject({ open: 0, items: [{ id, state: 'dismissed', dismissed: { by: 'test' } }] });
  await proposal.reopen(deps, who, id);
  expect(await seen()).toMatchObject({ open: 1, items: [{ id, state: 'open', dismissed: null }] });
});

test('an accepted proposal merges the two the way round that was chosen; undone it waits again', async () => {
  const own = await workspace();
  const { who, seen, two, run } = proposalsOf(own);
  const { id, from, into } = await two('old-co', 'new-co');
  await expect(proposal.accept(deps, who, id, { into: own.ids.account })).rejects.toMatchObject({ code: 'rule-violated' });
  const begun = await proposal.accept(deps, who, id, { into: from.id });
  expect(await seen()).toMatchObject({ open: 0, items: [{ id, state: 'merging' }] });
  await run(begun);
  expect(await seen()).toMatchObject({ open: 0, items: [{ id, state: 'accepted', from: { id: from.id }, into: { id: into.id }, merged: { by: 'test' } }] });
  expect(await world.arrange('SELECT merged_into FROM account WHERE id = $1', [into.id])).toEqual([{ merged_into: from.id }]);
  await expect(proposal.accept(deps, who, id, {})).rejects.toMatchObject({ code: 'conflict' });
  await run(await undo(deps, who, begun.mergeId));
  expect(await seen()).toMatchObject({ open: 1, items: [{ id, state: 'open', merged: { undoneAt: expect.any(String) as string } }] });
});

test('a merge made elsewhere answers the proposal; one with a third account moves the question there', async () => {
  const { who, seen, two, run, alias } = proposalsOf(await workspace());
  const { from, into } = await two('old-co', 'new-co');
  const third = (await two('other-co', 'new-co')).from;
  await run(await merge(deps, who, { from: from.id, into: into.id }));
  expect(await seen()).toMatchObject({ open: 1, items: [{ state: 'open', from: { id: third.id } }, { state: 'accepted' }] });
  const begun = await merge(deps, who, { from: into.id, into: third.id });
  await run(begun);
  expect((await seen()).items.map(({ state }) => state)).toEqual(['accepted', 'accepted']);
  await alias('old-co', 'other-co');
  expect((await seen()).items).toHaveLength(2); // they are one: nothing to ask
  await run(await undo(deps, who, begun.mergeId));
  expect((await seen()).items.map(({ state }) => state)).toEqual(['open', 'accepted']);
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

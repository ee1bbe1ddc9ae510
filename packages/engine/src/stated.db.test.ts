import { aMember, anAccount, aWorkspace, openWorld, type World } from '@tideline/testkit/build';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { accountPeople } from './account-people.ts';
import { timeline } from './account-timeline.ts';
import * as contact from './contact.ts';
import type { Who } from './deps.ts';
import { type TestDeps, testDeps } from './deps.fixture.ts';
import * as ticket from './ticket.ts';
import * as touch from './touch.ts';

let world: World;
let deps: TestDeps;
let who: Who & { userId: string };
let account: string;
beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
});
afterAll(() => deps.close());
beforeEach(async () => {
  deps.clock.now = new Date('2026-11-22T20:00:00Z');
  const workspaceId = await aWorkspace(world.arrange, { timezone: 'Asia/Tokyo' });
  const userId = await aMember(world.arrange, workspaceId, { role: 'ADMIN' });
  who = { workspaceId, userId, role: 'ADMIN', actor: 'Ada', ownAccountsOf: null };
  account = await anAccount(world.arrange, workspaceId, { external_id: 'acme', owner_id: userId });
  await anAccount(world.arrange, workspaceId, { external_id: 'globex' });
});
const email = async () => String((await world.arrange('SELECT email FROM app_user WHERE id = $1', [who.userId]))[0]?.email);

describe('contacts', () => {
  test('are created, changed by what is named, and left as they are when sent again', async () => {
    const ann = { externalId: 'ann', account: 'acme', name: 'Ann', email: 'Ann@Acme.example', role: 'champion' };
    expect(await contact.put(deps, who, [ann, { externalId: 'bob', account: 'acme' }])).toMatchObject({ created: 2, changed: 0, rejected: [] });
    expect(await contact.put(deps, who, [ann])).toMatchObject({ created: 0, changed: 0, unchanged: 1 });
    const title = { externalId: 'ann', account: 'acme', title: 'CTO', email: null };
    expect(await contact.put(deps, who, [title, { ...title, leftOn: '2026-11-01' }])).toMatchObject({ changed: 2, stored: [{ index: 0 }, { index: 1 }] });
    const { items } = await contact.list(deps, who, { account: 'acme', limit: 50 });
    expect(items.toSorted((a, b) => (a.externalId < b.externalId ? -1 : 1))).toMatchObject([
      { externalId: 'ann', account: { id: account }, name: 'Ann', email: null, title: 'CTO', role: 'champion', leftOn: '2026-11-01' },
      { externalId: 'bob', name: 'bob', email: null, role: 'other', leftOn: null },
    ]);
  });

  test('one that is wrong costs its neighbours nothing, and says why', async () => {
    const reply = await contact.put(deps, who, [
      { externalId: 'a', account: 'nobody' },
      { externalId: 'b', account: 'acme', role: 'king' },
      'what',
      { externalId: 'c', account: 'acme', colour: 'red' },
      { externalId: 'd', account: 'acme' },
    ]);
    expect(reply).toMatchObject({ created: 1, stored: [{ index: 4, externalId: 'd' }] });
    expect(reply.rejected.map(({ index, externalId, code }) => [index, externalId, code])).toEqual([
      [0, 'a', 'unknown-account'],
      [1, 'b', 'invalid'],
      [2, null, 'invalid'],
      [3, 'c', 'invalid'],
    ]);
    expect(reply.rejected[0]?.message).toContain('"nobody"');
    expect(reply.rejected[1]?.message).toMatch(/^role: /);
  });

  test('pages follow one another without a gap, of one account or all', async () => {
    const made = Array.from({ length: 7 }, (_, n) => ({ externalId: `c${n}`, account: n % 2 === 0 ? 'acme' : 'globex' }));
    await contact.put(deps, who, made);
    const read = async (more: { account?: string }): Promise<string[]> => {
      const found: string[] = [];
      for (let cursor: string | null | undefined = undefined; cursor !== null;) {
        const page: Awaited<ReturnType<typeof contact.list>> = await contact.list(deps, who, { ...more, cursor: cursor ?? undefined, limit: 2 });
        found.push(...page.items.map(({ externalId }) => externalId));
        cursor = page.next;
      }
      return found.toSorted();
    };
    expect(await read({})).toEqual(made.map(({ externalId }) => externalId));
    expect(await read({ account: 'globex' })).toEqual(['c1', 'c3', 'c5']);
    await expect(contact.list(deps, who, { account: 'nobody', limit: 2 })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('two requests for the same new keys at once make each once', async () => {
    const items = Array.from({ length: 50 }, (_, n) => ({ externalId: `c${n}`, account: 'acme', name: `N${n}` }));
    const replies = await Promise.all([items, items.toReversed(), items].map((batch) => contact.put(deps, who, batch)));
    expect(replies.reduce((sum, reply) => sum + reply.created, 0)).toBe(50);
    expect(replies.reduce((sum, reply) => sum + reply.unchanged, 0)).toBe(100);
  });

  test('a person who sees only their own accounts neither names, sees nor changes others’', async () => {
    const own = { ...who, role: 'CSM' as const, ownAccountsOf: who.userId };
    await contact.put(deps, who, [{ externalId: 'theirs', account: 'globex', name: 'Theirs' }]);
    expect((await contact.put(deps, own, [{ externalId: 'new', account: 'globex' }])).rejected).toMatchObject([{ code: 'unknown-account' }]);
    expect((await contact.put(deps, own, [{ externalId: 'theirs', account: 'acme' }])).rejected).toMatchObject([{ code: 'other-account' }]);
    expect((await contact.list(deps, own, { limit: 10 })).items).toEqual([]);
    const [theirs] = (await contact.list(deps, who, { limit: 10 })).items;
    await expect(contact.change(deps, own, theirs?.id ?? '', { name: 'Mine' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(contact.remove(deps, own, theirs?.id ?? '')).rejects.toMatchObject({ code: 'not-found' });
  });

  test('are changed and deleted on a screen, with what was before in the log; touches stay', async () => {
    const { stored } = await contact.put(deps, who, [{ externalId: 'ann', account: 'acme', name: 'Ann' }]);
    const id = stored[0]?.id ?? '';
    await touch.log(deps, who, { account, kind: 'call', body: 'Spoke', contact: id });
    expect(await contact.change(deps, who, id, { role: 'executive_sponsor' })).toMatchObject({ id, name: 'Ann', role: 'executive_sponsor' });
    expect((await touch.list(deps, who, { account: 'acme', limit: 5 })).items).toMatchObject([
      { contact: { name: 'Ann', role: 'executive_sponsor' }, text: 'Spoke' },
    ]);
    await contact.remove(deps, who, id);
    expect((await touch.list(deps, who, { account: 'acme', limit: 5 })).items).toMatchObject([{ contact: null, text: 'Spoke' }]);
    const logged = await world.arrange(`SELECT action, before->>'role' AS was FROM audit_log WHERE workspace_id = $1 ORDER BY at, action`, [who.workspaceId]);
    expect(logged).toEqual([
      { action: 'contact.change', was: 'other' },
      { action: 'contact.delete', was: 'executive_sponsor' },
    ]);
  });
});

describe('tickets', () => {
  const one = async () => (await ticket.list(deps, who, { limit: 10 })).items[0];
  const slow = { externalId: 't1', account: 'acme', subject: 'Slow', severity: 'high', openedAt: '2026-11-20T10:00:00+09:00', url: 'https://desk.example/t1' };

  test('are closed, reopened, and said to be closed again without moving when', async () => {
    await ticket.put(deps, who, [slow]);
    expect(await one()).toMatchObject({ status: 'open', openedAt: '2026-11-20T01:00:00.000Z', closedAt: null, severity: 'high' });
    await ticket.put(deps, who, [{ ...slow, status: 'closed' }]);
    expect(await one()).toMatchObject({ status: 'closed', closedAt: '2026-11-22T20:00:00.000Z' });
    deps.clock.now = new Date('2026-11-25T20:00:00Z');
    expect(await ticket.put(deps, who, [{ ...slow, status: 'closed' }])).toMatchObject({ unchanged: 1 });
    await ticket.put(deps, who, [{ ...slow, status: 'open' }]);
    expect(await one()).toMatchObject({ status: 'open', closedAt: null });
    await ticket.put(deps, who, [{ ...slow, closedAt: '2026-11-21T00:00:00Z' }]);
    expect(await one()).toMatchObject({ status: 'closed', closedAt: '2026-11-21T00:00:00.000Z' });
    expect((await ticket.list(deps, who, { status: 'open', limit: 10 })).items).toEqual([]);
  });

  test('whose state and times do not agree are refused', async () => {
    const reply = await ticket.put(deps, who, [
      { ...slow, status: 'open', closedAt: '2026-11-21T00:00:00Z' },
      { ...slow, closedAt: '2026-11-01T00:00:00Z' },
      { ...slow, url: 'javascript:alert(1)' },
    ]);
    expect(reply.rejected.map(({ code }) => code)).toEqual(['invalid', 'invalid', 'invalid']);
    await ticket.put(deps, who, [slow]);
    expect((await ticket.put(deps, who, [{ externalId: 't1', account: 'acme', closedAt: '2026-11-01T00:00:00Z' }])).rejected).toMatchObject([
      { code: 'invalid' },
    ]);
    const { id = '' } = (await one()) ?? {};
    await expect(ticket.change(deps, who, id, { closedAt: '2026-11-01T00:00:00Z' })).rejects.toMatchObject({ code: 'rule-violated' });
    expect(await ticket.change(deps, who, id, { severity: 'low', status: 'closed' })).toMatchObject({ severity: 'low', status: 'closed' });
    await ticket.remove(deps, who, id);
    expect(await one()).toBeUndefined();
  });
});

describe('touches', () => {
  test('are sent with whom and by whom, on a day or at a time of the workspace’s zone', async () => {
    await contact.put(deps, who, [
      { externalId: 'ann', account: 'acme', role: 'champion' },
      { externalId: 'zoe', account: 'globex' },
    ]);
    const call = { externalId: 'x1', account: 'acme', kind: 'call', at: '2026-11-20T20:00:00Z', contact: 'ann', by: await email(), text: 'Spoke' };
    expect(await touch.put(deps, who, [call])).toMatchObject({ created: 1 });
    expect(await touch.put(deps, who, [call, { ...call, text: undefined }])).toMatchObject({ unchanged: 2 });
    expect((await touch.list(deps, who, { limit: 5 })).items).toMatchObject([
      { externalId: 'x1', day: '2026-11-21', kind: 'call', text: 'Spoke', contact: { externalId: 'ann', role: 'champion' }, by: { id: who.userId } },
    ]);
    expect(await touch.put(deps, who, [{ ...call, at: '2026-11-19', by: 'gone@acme.example' }])).toMatchObject({
      changed: 1,
      stored: [{ note: expect.stringContaining('gone@') }],
    });
    expect((await touch.list(deps, who, { limit: 5 })).items).toMatchObject([{ day: '2026-11-19', at: '2026-11-19T12:00:00.000Z', by: null }]);
    const refused = await touch.put(deps, who, [
      { ...call, contact: 'nobody' },
      { ...call, contact: 'zoe' },
      { ...call, at: '2026-11-26' },
      { externalId: 'n', account: 'acme', kind: 'note', at: '2026-11-20' },
    ]);
    expect(refused.rejected.map(({ code }) => code)).toEqual(['unknown-contact', 'other-account', 'invalid', 'invalid']);
  });

  test('logged by hand names only contacts of the account; a key takes back any, a person their own', async () => {
    const { stored } = await contact.put(deps, who, [{ externalId: 'zoe', account: 'globex' }]);
    await expect(touch.log(deps, who, { account, kind: 'call', body: '', contact: stored[0]?.id })).rejects.toMatchObject({ code: 'not-found' });
    const { id } = await touch.log(deps, who, { account, kind: 'call', body: '' });
    const other = await aMember(world.arrange, who.workspaceId);
    await expect(touch.remove(deps, { ...who, userId: other }, id)).rejects.toMatchObject({ code: 'not-found' });
    await touch.remove(deps, { ...who, userId: null }, id);
    expect((await touch.list(deps, who, { limit: 5 })).items).toEqual([]);
  });
});

describe('the page of an account', () => {
  test('shows who speaks for it first, with their last touch, and open tickets before closed ones', async () => {
    const empty = await accountPeople(deps, who, account);
    expect(empty).toEqual({ contacts: [], tickets: [], open: 0, connected: { contacts: false, tickets: false } });
    await contact.put(deps, who, [
      { externalId: 'u', account: 'acme', name: 'Uma', role: 'user' },
      { externalId: 's', account: 'acme', name: 'Sven', role: 'executive_sponsor' },
      { externalId: 'c', account: 'acme', name: 'Cleo', role: 'champion', leftOn: '2026-11-01' },
      { externalId: 'x', account: 'globex', name: 'Xan' },
    ]);
    const given = { account: 'acme', contact: 's', text: 'About the renewal' };
    await touch.put(deps, who, [
      { ...given, externalId: '1', kind: 'call', at: '2026-11-10' },
      { ...given, externalId: '2', kind: 'note', at: '2026-11-12' },
    ]);
    const opened = { account: 'acme', openedAt: '2026-10-01T00:00:00Z' };
    await ticket.put(deps, who, [
      ...Array.from({ length: 7 }, (_, n) => ({ ...opened, externalId: `closed-${n}`, closedAt: `2026-11-0${n + 1}T00:00:00Z` })),
      { ...opened, externalId: 'low', severity: 'low' },
      { ...opened, externalId: 'urgent', severity: 'urgent', openedAt: '2026-11-20T00:00:00Z' },
      { ...opened, externalId: 'theirs', account: 'globex' },
    ]);
    const shown = await accountPeople(deps, who, account);
    expect(shown.contacts.map(({ name, lastTouch }) => [name, lastTouch])).toEqual([
      ['Sven', '2026-11-10'],
      ['Uma', null],
      ['Cleo', null],
    ]);
    expect(shown.tickets.map(({ externalId }) => externalId)).toEqual(['urgent', 'low', 'closed-6', 'closed-5', 'closed-4', 'closed-3', 'closed-2']);
    expect([shown.open, shown.connected]).toEqual([2, { contacts: true, tickets: true }]);
    const { items } = await timeline(deps, who, account, { kind: ['touch'], limit: 5 });
    expect(items.map(({ text }) => text.map((part) => part.text).join(''))).toEqual(['Call with Sven: About the renewal']);
    await expect(accountPeople(deps, { ...who, ownAccountsOf: await aMember(world.arrange, who.workspaceId) }, account)).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

import { aMember, openWorld } from '@tideline/testkit/build';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { testDeps } from './deps.fixture.ts';
import * as reset from './password-reset.ts';
import { aPerson, aSlug, PASSWORD, tokenIn, type Person } from './people.fixture.ts';
import * as signIn from './sign-in.ts';

const world = await openWorld();
const deps = testDeps(world.urls);
const mute = testDeps(world.urls, { mail: async () => ({ sent: false }) });
afterAll(() => Promise.all([deps.close(), mute.close()]));

let admin: Person;
let csm: Person;
let address = 0;
beforeEach(async () => {
  const at = await aSlug(world);
  admin = await aPerson(world, at, 'ADMIN');
  csm = await aPerson(world, at, 'CSM', 'Cy');
  deps.mails.length = 0;
  address += 1;
});
const ask = (email: string) => reset.ask(deps, { email, address: `10.1.0.${address}` });
const set = (token: string, password = 'a new fine password') => reset.reset(deps, { token, password, address: 'here' });
const enter = (password: string) => signIn.byPassword(deps, { email: csm.email, password, address: `10.2.0.${address}` });
const mailed = () => tokenIn(deps.mails.at(-1)?.text ?? '');

describe('asking for a link', () => {
  test('mails one that works once, for an hour, and ends every session', async () => {
    const before = await enter(PASSWORD);
    await ask(csm.email);
    expect(deps.mails).toMatchObject([{ to: csm.email }]);
    const token = mailed();
    expect(await reset.look(deps, token)).toEqual({ email: csm.email, name: 'Cy' });
    expect(await set(token)).toEqual({ email: csm.email });
    expect(await signIn.personOf(deps, before)).toBeNull();
    expect(await enter('a new fine password')).toMatchObject({ userId: csm.userId, sessionVersion: 1 });
    await expect(set(token)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('answers alike for a stranger, and mails nothing', async () => {
    expect(await ask('nobody@example.com')).toBe(await ask(csm.email));
    expect(deps.mails).toHaveLength(1);
  });

  test('expires', async () => {
    await ask(csm.email);
    deps.clock.now = new Date(deps.clock.now.getTime() + 60 * 60_000);
    expect(await reset.look(deps, mailed())).toBeNull();
    await expect(set(mailed())).rejects.toMatchObject({ code: 'not-found' });
  });

  test('a later link ends an earlier one', async () => {
    await ask(csm.email);
    const first = mailed();
    await ask(csm.email);
    expect(await reset.look(deps, first)).toBeNull();
    expect(await reset.look(deps, mailed())).not.toBeNull();
  });

  test('two who use one link at once: one succeeds', async () => {
    await ask(csm.email);
    const token = mailed();
    const both = await Promise.allSettled([set(token, 'first password here'), set(token, 'second password here')]);
    expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('is throttled, so that nobody floods a mailbox', async () => {
    for (let i = 0; i < 10; i++) await ask(csm.email);
    await expect(ask(csm.email)).rejects.toMatchObject({ code: 'too-many-requests' });
    expect(deps.mails).toHaveLength(10);
  });

  test('keeps the hash of the link only', async () => {
    await ask(csm.email);
    const [row] = await world.arrange('SELECT encode(token_hash, $2) AS kept FROM password_reset WHERE user_id = $1', [csm.userId, 'escape']);
    expect(String(row?.kept)).not.toContain(mailed());
  });
});

describe('a link made by an admin', () => {
  test('is mailed where mail works, and handed over where it does not', async () => {
    expect(await reset.linkFor(deps, admin, csm.userId)).toMatchObject({ sent: true, link: null });
    const handed = await reset.linkFor(mute, admin, csm.userId);
    expect(handed.sent).toBe(false);
    expect(await set(tokenIn(handed.link ?? ''))).toEqual({ email: csm.email });
  });

  test('is not made for someone of another workspace, who answers like nobody', async () => {
    const stranger = await aPerson(world, await aSlug(world), 'CSM');
    await expect(reset.linkFor(deps, admin, stranger.userId)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('is not made for a member who also belongs where the admin is none: it would open that too', async () => {
    const elsewhere = await aSlug(world);
    await world.arrange('INSERT INTO membership (workspace_id, user_id, role) VALUES ($1, $2, $3)', [elsewhere.workspaceId, csm.userId, 'CSM']);
    await expect(reset.linkFor(deps, admin, csm.userId)).rejects.toMatchObject({ code: 'rule-violated' });
    await world.arrange('INSERT INTO membership (workspace_id, user_id, role) VALUES ($1, $2, $3)', [elsewhere.workspaceId, admin.userId, 'ADMIN']);
    expect(await reset.linkFor(deps, admin, csm.userId)).toMatchObject({ sent: true });
  });

  test('is in the audit log, without its text', async () => {
    await reset.linkFor(mute, admin, csm.userId);
    const [row] = await world.arrange('SELECT actor, action, target_id, after::text FROM audit_log WHERE workspace_id = $1', [admin.workspaceId]);
    expect(row).toEqual({ actor: 'Ada', action: 'member.reset-link', target_id: csm.userId, after: JSON.stringify({ email: csm.email }).replace(':', ': ') });
  });
});

test('a person removed meanwhile has no link any more', async () => {
  const at = await aSlug(world);
  const gone = await aMember(world.arrange, at.workspaceId);
  const [row] = await world.arrange('SELECT email FROM app_user WHERE id = $1', [gone]);
  await ask(String(row?.email));
  await world.arrange('DELETE FROM app_user WHERE id = $1', [gone]);
  await expect(set(mailed())).rejects.toMatchObject({ code: 'not-found' });
});

import { openWorld } from '@tideline/testkit/build';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { testDeps } from './deps.fixture.ts';
import * as invitation from './invitation.ts';
import { aPerson, aSlug, tokenIn, type Person } from './people.fixture.ts';
import * as signIn from './sign-in.ts';
import { enter } from './workspace.ts';

const world = await openWorld();
const deps = testDeps(world.urls);
const mute = testDeps(world.urls, { mail: async () => ({ sent: false }) });
afterAll(() => Promise.all([deps.close(), mute.close()]));

let admin: Person;
let count = 0;
const newEmail = () => `new-${(count += 1)}@example.com`;
beforeEach(async () => {
  deps.clock.now = new Date('2026-11-22T09:00:00Z');
  admin = await aPerson(world, await aSlug(world), 'ADMIN');
});
const invited = async (email: string, role: 'CSM' | 'LEADER' = 'CSM') => {
  await invitation.invite(deps, admin, { email, role });
  return tokenIn(deps.mails.at(-1)?.text ?? '');
};
const accept = (token: string) => invitation.accept(deps, { token, name: 'New', password: 'a fine password' });
const days = (n: number) => {
  deps.clock.now = new Date(deps.clock.now.getTime() + n * 86_400_000);
};

describe('a new person', () => {
  test('gets an account under the invited address, and the role', async () => {
    const email = newEmail();
    const token = await invited(email, 'LEADER');
    expect(await invitation.look(deps, token)).toMatchObject({ email, role: 'LEADER', known: false, workspace: { slug: admin.slug } });
    expect(await accept(token)).toEqual({ workspace: admin.slug, email });
    const session = await signIn.byPassword(deps, { email, password: 'a fine password', address: 'here' });
    expect(await enter(deps, session, admin.slug)).toMatchObject({ role: 'LEADER', actor: 'New' });
  });

  test('finds the link closed after seven days, after use, after withdrawal and after a newer one', async () => {
    const late = await invited(newEmail());
    days(7);
    await expect(accept(late)).rejects.toMatchObject({ code: 'not-found' });

    const used = await invited(newEmail());
    await accept(used);
    await expect(accept(used)).rejects.toMatchObject({ code: 'not-found' });

    const email = newEmail();
    const older = await invited(email);
    const newer = await invited(email);
    await expect(accept(older)).rejects.toMatchObject({ code: 'not-found' });
    const [open] = await invitation.list(deps, admin);
    await invitation.withdraw(deps, admin, open?.id ?? '');
    await expect(accept(newer)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('leaves no account behind when the link is closed', async () => {
    const email = newEmail();
    const token = await invited(email);
    days(8);
    await expect(accept(token)).rejects.toMatchObject({ code: 'not-found' });
    expect(await world.arrange('SELECT id FROM app_user WHERE email = $1', [email])).toEqual([]);
  });

  test.each(['', 'x', 'tl_', `${'0'.repeat(32)}_nothing`, `${'f'.repeat(32)}_${'A'.repeat(43)}`])('a made-up link %o opens nothing', async (token) => {
    expect(await invitation.look(deps, token)).toBeNull();
    await expect(accept(token)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a person who has an account', () => {
  test('joins signed in, and cannot be taken over by a new password', async () => {
    const cy = await aPerson(world, await aSlug(world), 'CSM', 'Cy');
    const token = await invited(cy.email);
    await expect(accept(token)).rejects.toMatchObject({ code: 'conflict' });
    expect(await invitation.join(deps, cy.userId, token)).toEqual({ workspace: admin.slug });
    expect(await enter(deps, { userId: cy.userId, sessionVersion: 0 }, admin.slug)).toMatchObject({ role: 'CSM' });
    await expect(invitation.join(deps, cy.userId, token)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('cannot use an invitation of someone else', async () => {
    const other = await aPerson(world, await aSlug(world), 'CSM', 'Other');
    const token = await invited(newEmail());
    await expect(invitation.join(deps, other.userId, token)).rejects.toMatchObject({ code: 'not-allowed' });
  });

  test('is not invited twice', async () => {
    await expect(invitation.invite(deps, admin, { email: admin.email, role: 'CSM' })).rejects.toMatchObject({ code: 'conflict' });
  });
});

test('the link is handed over only where no mail went out', async () => {
  expect(await invitation.invite(deps, admin, { email: newEmail(), role: 'CSM' })).toMatchObject({ sent: true, link: null });
  const handed = await invitation.invite(mute, admin, { email: newEmail(), role: 'CSM' });
  expect(await accept(tokenIn(handed.link ?? ''))).toMatchObject({ workspace: admin.slug });
});

test('another workspace’s invitation is not there', async () => {
  const stranger = await aPerson(world, await aSlug(world), 'ADMIN');
  await invited(newEmail());
  const [open] = await invitation.list(deps, admin);
  expect(await invitation.list(deps, stranger)).toEqual([]);
  await expect(invitation.withdraw(deps, stranger, open?.id ?? '')).rejects.toMatchObject({ code: 'not-found' });
});

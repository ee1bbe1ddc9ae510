import { anAccount, openWorld } from '@tideline/testkit/build';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { testDeps } from './deps.fixture.ts';
import * as member from './member.ts';
import { aPerson, aSlug, type Person } from './people.fixture.ts';
import { enter } from './workspace.ts';

const world = await openWorld();
const deps = testDeps(world.urls);
afterAll(() => deps.close());

let at: { workspaceId: string; slug: string };
let admin: Person;
let csm: Person;
beforeEach(async () => {
  at = await aSlug(world);
  admin = await aPerson(world, at, 'ADMIN');
  csm = await aPerson(world, at, 'CSM', 'Cy');
});
const who = (person: Person) => enter(deps, { userId: person.userId, sessionVersion: 0 }, at.slug);
const adminsLeft = async () => (await world.arrange(`SELECT user_id FROM membership WHERE workspace_id = $1 AND role = 'ADMIN'`, [at.workspaceId])).length;

describe('a role', () => {
  test('takes effect with the next request', async () => {
    expect((await who(csm)).role).toBe('CSM');
    await member.changeRole(deps, admin, csm.userId, 'VIEWER');
    expect((await who(csm)).role).toBe('VIEWER');
  });

  test('of a CSM who sees only their own book says so', async () => {
    expect((await who(csm)).ownAccountsOf).toBeNull();
    await world.arrange(`UPDATE workspace SET csm_scope = 'own' WHERE id = $1`, [at.workspaceId]);
    expect((await who(csm)).ownAccountsOf).toBe(csm.userId);
    expect((await who(admin)).ownAccountsOf).toBeNull();
  });

  test('is logged when it changes, and not when it does not', async () => {
    await member.changeRole(deps, admin, csm.userId, 'LEADER');
    await member.changeRole(deps, admin, csm.userId, 'LEADER');
    const rows = await world.arrange('SELECT action, before, after FROM audit_log WHERE workspace_id = $1', [at.workspaceId]);
    expect(rows).toEqual([{ action: 'member.role', before: { email: csm.email, role: 'CSM' }, after: { email: csm.email, role: 'LEADER' } }]);
  });
});

describe('a removed member', () => {
  test('is out at once, exactly as if the workspace did not exist', async () => {
    await member.remove(deps, admin, csm.userId);
    const [out, missing] = await Promise.all(
      [who(csm), enter(deps, { userId: csm.userId, sessionVersion: 0 }, 'never-was')].map((one) => one.catch((error: Error) => error)),
    );
    expect(out).toMatchObject({ code: 'not-found' });
    expect(out).toEqual(missing);
  });

  test('leaves their accounts, tasks and alerts unassigned, and says how many', async () => {
    const accountId = await anAccount(world.arrange, at.workspaceId, { owner_id: csm.userId });
    await anAccount(world.arrange, at.workspaceId, { owner_id: csm.userId });
    const kept = await anAccount(world.arrange, at.workspaceId, { owner_id: admin.userId });
    await world.arrange(
      `INSERT INTO task (workspace_id, account_id, title, owner_id, state) VALUES ($1, $2, 'Call', $3, 'open'), ($1, $2, 'Called', $3, 'done')`,
      [at.workspaceId, accountId, csm.userId],
    );
    expect(await member.remove(deps, admin, csm.userId)).toEqual({ accounts: 2, tasks: 1 });
    const owners = await world.arrange('SELECT id, owner_id FROM account WHERE workspace_id = $1', [at.workspaceId]);
    expect(owners.filter((row) => row.owner_id !== null)).toEqual([{ id: kept, owner_id: admin.userId }]);
  });

  test('keeps their place in other workspaces', async () => {
    const other = await aSlug(world);
    await world.arrange(`INSERT INTO membership (workspace_id, user_id, role) VALUES ($1, $2, 'LEADER')`, [other.workspaceId, csm.userId]);
    await member.remove(deps, admin, csm.userId);
    expect(await enter(deps, { userId: csm.userId, sessionVersion: 0 }, other.slug)).toMatchObject({ role: 'LEADER' });
  });
});

describe('the last admin', () => {
  test('can be neither demoted nor removed', async () => {
    await expect(member.changeRole(deps, admin, admin.userId, 'LEADER')).rejects.toMatchObject({ code: 'rule-violated' });
    await expect(member.remove(deps, admin, admin.userId)).rejects.toMatchObject({ code: 'rule-violated' });
    await member.changeRole(deps, admin, csm.userId, 'ADMIN');
    await member.remove(deps, admin, admin.userId);
    expect(await adminsLeft()).toBe(1);
  });

  test.each(Array.from({ length: 5 }, (_, i) => i))('stays when two admins demote each other at once (%i)', async () => {
    await member.changeRole(deps, admin, csm.userId, 'ADMIN');
    const both = await Promise.allSettled([member.changeRole(deps, admin, csm.userId, 'CSM'), member.remove(deps, csm, admin.userId)]);
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(await adminsLeft()).toBe(1);
  });
});

test('someone of another workspace answers like nobody', async () => {
  const stranger = await aPerson(world, await aSlug(world), 'CSM');
  const nobody = crypto.randomUUID();
  for (const userId of [stranger.userId, nobody]) {
    await expect(member.changeRole(deps, admin, userId, 'VIEWER')).rejects.toMatchObject({ code: 'not-found', message: 'There is no such member' });
    await expect(member.remove(deps, admin, userId)).rejects.toMatchObject({ code: 'not-found', message: 'There is no such member' });
  }
});

import { day } from '@tideline/domain/calendar';
import { aMember, anAccount, aWorkspace, openWorld, type World } from '@tideline/testkit/build';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as account from './account.ts';
import type { Who } from './deps.ts';
import { type TestDeps, testDeps } from './deps.fixture.ts';

let world: World;
let deps: TestDeps;
let workspaceId: string;
let admin: Who;
let csm: Who;
beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
  workspaceId = await aWorkspace(world.arrange, { timezone: 'Asia/Tokyo' });
  const person = async (name: string, role: 'ADMIN' | 'CSM'): Promise<Who> => {
    const userId = await aMember(world.arrange, workspaceId, { name, role });
    return { workspaceId, userId, role, actor: name, ownAccountsOf: null };
  };
  admin = await person('Ada', 'ADMIN');
  csm = await person('Cy', 'CSM');
});
afterAll(() => deps.close());
const emailOf = async (who: Who): Promise<string> => String((await world.arrange(`SELECT email FROM app_user WHERE id = $1`, [who.userId]))[0]?.email);

describe('put', () => {
  test('creates, then changes only what is named', async () => {
    deps.clock.now = new Date('2026-11-22T20:00:00Z'); // the 23rd in Tokyo
    const made = await account.put(deps, admin, 'acme', { name: 'Acme', owner: await emailOf(csm), industry: 'Retail', fields: { tier: 1, note: 'x' } });
    expect(made).toMatchObject({
      name: 'Acme',
      owner: { name: 'Cy' },
      status: 'live',
      createdDay: '2026-11-23',
      createdVia: 'hand',
      fields: { tier: 1, note: 'x' },
    });
    const term = { startDay: day('2026-01-01'), endDay: day('2026-12-31'), commitment: '1200000.50' };
    const changed = await account.put(deps, { ...admin, userId: null }, 'acme', {
      plan: 'pro',
      industry: null,
      fields: { note: null, seats: 5 },
      contract: term,
    });
    expect(changed).toMatchObject({ name: 'Acme', owner: { name: 'Cy' }, industry: null, plan: 'pro', fields: { tier: 1, seats: 5 } });
    const again = await account.put(deps, admin, 'acme', { contract: { ...term, commitment: null } });
    expect(again.contracts).toEqual([{ id: expect.any(String) as string, ...term, commitment: null }]);
    expect(
      await world.arrange(`SELECT action, actor, before->>'industry' AS was FROM audit_log WHERE workspace_id = $1 ORDER BY at, action DESC LIMIT 2`, [
        workspaceId,
      ]),
    ).toMatchObject([
      { action: 'account.create', was: null },
      { action: 'account.change', was: 'Retail' },
    ]);
  });

  test('has an account judged anew when its state or term changes, not when its name does', async () => {
    await account.put(deps, admin, 'judged', {});
    const owed = () => world.arrange(`SELECT 1 FROM rescore r JOIN account a ON a.id = r.account_id WHERE a.external_id = 'judged'`);
    expect(await owed()).toHaveLength(1);
    await world.arrange(`DELETE FROM rescore`);
    await account.put(deps, admin, 'judged', { name: 'Judged' });
    expect(await owed()).toHaveLength(0);
    await account.put(deps, admin, 'judged', { status: 'internal' });
    expect(await owed()).toHaveLength(1);
  });

  test('refuses an owner who is no member, and a move by somebody who does not assign', async () => {
    await expect(account.put(deps, admin, 'acme', { owner: 'nobody@example.com' })).rejects.toMatchObject({ code: 'rule-violated' });
    await expect(account.put(deps, csm, 'acme', { owner: null })).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(account.put(deps, csm, 'acme', { owner: await emailOf(csm), name: 'Acme Ltd' })).resolves.toMatchObject({ name: 'Acme Ltd' });
  });
});

test('a CSM who sees only their own accounts meets the others as missing, and owns what they create', async () => {
  const own: Who = { ...csm, ownAccountsOf: csm.userId };
  await anAccount(world.arrange, workspaceId, { external_id: 'hers', owner_id: admin.userId });
  await expect(account.get(deps, own, 'hers')).rejects.toMatchObject({ code: 'not-found' });
  await expect(account.put(deps, own, 'hers', { name: 'Mine' })).rejects.toMatchObject({ code: 'not-found' });
  expect(await account.put(deps, own, 'new', {})).toMatchObject({ owner: { name: 'Cy' } });
});

test('many accounts change hands at once; those of another workspace do not', async () => {
  const other = await aWorkspace(world.arrange);
  const theirs = await anAccount(world.arrange, other);
  const ours = [await anAccount(world.arrange, workspaceId), await anAccount(world.arrange, workspaceId, { owner_id: csm.userId })];
  expect(await account.assign(deps, admin, [...ours, theirs], csm.userId)).toEqual({ assigned: 1 });
  expect(await account.assign(deps, admin, [...ours, theirs], null)).toEqual({ assigned: 2 });
  await expect(account.assign(deps, admin, ours, theirs)).rejects.toMatchObject({ code: 'rule-violated' });
});

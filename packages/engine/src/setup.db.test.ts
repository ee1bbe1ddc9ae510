import { openWorld } from '@tideline/testkit/build';
import { afterAll, expect, test } from 'vitest';
import { testDeps } from './deps.fixture.ts';
import { tokenIn } from './people.fixture.ts';
import * as setup from './setup.ts';
import * as signIn from './sign-in.ts';
import * as workspace from './workspace.ts';

const world = await openWorld();
const deps = testDeps(world.urls);
afterAll(() => deps.close());

const claim = (token: string, slug = 'acme') =>
  setup.claim(deps, {
    token,
    name: 'Ada',
    email: `${slug}@example.com`,
    password: 'a fine password',
    workspace: { name: 'Acme', slug, timezone: 'Europe/London', currency: 'GBP' },
  });
const link = async () => tokenIn((await setup.createLink(deps))?.link ?? '');

// In order: an installation is empty only once.
test('an empty installation is claimed by nobody without the link', async () => {
  expect(await setup.isEmpty(deps)).toBe(true);
  await expect(claim('guessed')).rejects.toMatchObject({ code: 'not-found' });
  expect(await setup.mayClaim(deps, '')).toBe(false);
});

test('the link expires after a day, and a newer one ends an older', async () => {
  const late = await link();
  expect(await setup.mayClaim(deps, late)).toBe(true);
  deps.clock.now = new Date(deps.clock.now.getTime() + 86_400_000);
  await expect(claim(late)).rejects.toMatchObject({ code: 'not-found' });
  const older = await link();
  await link();
  await expect(claim(older)).rejects.toMatchObject({ code: 'not-found' });
});

test('two who open the link at once: one becomes the admin', async () => {
  const token = await link();
  const both = await Promise.allSettled([claim(token, 'one'), claim(token, 'two')]);
  expect(both.map((each) => each.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await world.arrange('SELECT role FROM membership')).toEqual([{ role: 'ADMIN' }]);
  expect(await world.arrange('SELECT count(*)::int AS people FROM app_user')).toEqual([{ people: 1 }]);
});

test('an installation that has a workspace gives no link, and takes none', async () => {
  expect(await setup.createLink(deps)).toBeNull();
  expect(await setup.isEmpty(deps)).toBe(false);
});

test('a further workspace is made by an admin, under an address nobody has', async () => {
  const [first] = await world.arrange('SELECT email FROM app_user');
  const admin = await signIn.byPassword(deps, { email: String(first?.email), password: 'a fine password', address: 'here' });
  const wanted = { name: 'Second', slug: 'second', timezone: 'UTC', currency: 'EUR' };
  expect(await workspace.create(deps, admin.userId, wanted)).toEqual({ workspace: 'second' });
  expect(await workspace.enter(deps, admin, 'second')).toMatchObject({ role: 'ADMIN' });
  await expect(workspace.create(deps, admin.userId, wanted)).rejects.toMatchObject({ code: 'conflict' });
  await world.arrange(`UPDATE membership SET role = 'LEADER'`);
  await expect(workspace.create(deps, admin.userId, { ...wanted, slug: 'third' })).rejects.toMatchObject({ code: 'not-allowed' });
});

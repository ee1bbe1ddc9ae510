import { openWorld } from '@tideline/testkit/build';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { testDeps } from './deps.fixture.ts';
import { aPerson, aSlug, PASSWORD, type Person } from './people.fixture.ts';
import * as signIn from './sign-in.ts';

const world = await openWorld();
const deps = testDeps(world.urls);
afterAll(() => deps.close());

let ada: Person;
let address = 0;
const from = () => `10.0.0.${address}`;
beforeEach(async () => {
  ada = await aPerson(world, await aSlug(world), 'CSM');
  address += 1; // each test has an address of its own: they share the throttle
});
const attempt = (password = 'wrong wrong wrong', email = ada.email) => signIn.byPassword(deps, { email, password, address: from() });
const wrongTimes = async (times: number) => {
  for (let i = 0; i < times; i++) await expect(attempt()).rejects.toMatchObject({ code: 'not-signed-in' });
};
const minutes = (count: number) => {
  deps.clock.now = new Date(deps.clock.now.getTime() + count * 60_000);
};

describe('by password', () => {
  test('answers who it is, however the address is written', async () => {
    expect(await attempt(PASSWORD, `  ${ada.email.toUpperCase()} `)).toEqual({ userId: ada.userId, sessionVersion: 0 });
  });

  test('refuses a wrong password, a stranger and a person without one in the same words', async () => {
    await world.arrange('UPDATE app_user SET password_hash = NULL WHERE id = $1', [ada.userId]);
    const refusals = await Promise.all(
      [attempt(), attempt(PASSWORD), attempt(PASSWORD, 'nobody@example.com')].map((one) => one.catch((error: Error) => error.message)),
    );
    expect(new Set(refusals).size).toBe(1);
  });

  test('takes as long for a stranger as for a wrong password', async () => {
    await attempt().catch(() => undefined); // the hash of nobody is made once
    // The shortest of a few: a busy machine lengthens, nothing shortens.
    const shortest = async (work: () => Promise<unknown>) => {
      const times: number[] = [];
      for (let i = 0; i < 4; i++) {
        const start = performance.now();
        await work().catch(() => undefined);
        times.push(performance.now() - start);
      }
      return Math.min(...times);
    };
    const known = await shortest(() => attempt());
    const stranger = await shortest(() => attempt(PASSWORD, 'nobody@example.com'));
    expect(stranger).toBeGreaterThan(known / 3); // without the dummy hash about a tenth
  });
});

describe('the throttle', () => {
  test('past ten failures even the right password waits, and says how long', async () => {
    await wrongTimes(10);
    minutes(5);
    const refused = { code: 'too-many-requests', retryAfterS: 600, message: 'Too many attempts. Wait 10 minutes, then try again.' };
    await expect(attempt(PASSWORD)).rejects.toMatchObject(refused);
    minutes(9);
    await expect(attempt(PASSWORD)).rejects.toMatchObject({ retryAfterS: 60, message: 'Too many attempts. Wait 1 minute, then try again.' });
    minutes(1);
    expect(await attempt(PASSWORD)).toMatchObject({ userId: ada.userId });
  });

  test('attempts while waiting do not prolong the wait', async () => {
    await wrongTimes(10);
    minutes(14);
    for (let i = 0; i < 5; i++) await expect(attempt()).rejects.toMatchObject({ code: 'too-many-requests' });
    minutes(1);
    expect(await attempt(PASSWORD)).toMatchObject({ userId: ada.userId });
  });

  test('a success forgives the failures before it', async () => {
    await wrongTimes(9);
    await attempt(PASSWORD);
    await wrongTimes(9);
    expect(await attempt(PASSWORD)).toMatchObject({ userId: ada.userId });
  });

  test('a burst at once gets no more tries than one after the other', async () => {
    const all = await Promise.allSettled(Array.from({ length: 25 }, () => attempt()));
    const codes = all.map((one) => (one.status === 'rejected' ? (one.reason as { code: string }).code : 'in'));
    expect(codes.filter((code) => code === 'not-signed-in')).toHaveLength(10);
    expect(codes.filter((code) => code === 'too-many-requests')).toHaveLength(15);
  });

  test('one address that tries many people waits too, and another does not', async () => {
    for (let i = 0; i < 30; i++) await expect(attempt(PASSWORD, `nobody${i}@example.com`)).rejects.toMatchObject({ code: 'not-signed-in' });
    await expect(attempt(PASSWORD)).rejects.toMatchObject({ code: 'too-many-requests' });
    address += 1;
    expect(await attempt(PASSWORD)).toMatchObject({ userId: ada.userId });
  });
});

test('a provider signs in whom it vouches for, and nobody else', async () => {
  expect(await signIn.byVerifiedEmail(deps, ada.email.toUpperCase())).toEqual({ userId: ada.userId, sessionVersion: 0 });
  expect(await signIn.byVerifiedEmail(deps, 'nobody@example.com')).toBeNull();
});

test('signing out everywhere ends every session', async () => {
  const session = await attempt(PASSWORD);
  expect(await signIn.personOf(deps, session)).toMatchObject({ email: ada.email });
  await signIn.signOutEverywhere(deps, ada.userId);
  expect(await signIn.personOf(deps, session)).toBeNull();
});

describe('changing one’s own password', () => {
  const change = (current: string, password = 'a new fine password') => signIn.changePassword(deps, { userId: ada.userId, current, password, address: from() });

  test('wants the current one, then ends every session and signs in by the new one only', async () => {
    const session = await attempt(PASSWORD);
    await expect(change('wrong wrong wrong')).rejects.toMatchObject({ code: 'invalid-request', errors: [{ path: 'body.current' }] });
    expect(await signIn.personOf(deps, session)).not.toBeNull();
    expect(await change(PASSWORD)).toEqual({ email: ada.email });
    expect(await signIn.personOf(deps, session)).toBeNull();
    await expect(attempt(PASSWORD)).rejects.toMatchObject({ code: 'not-signed-in' });
    expect(await attempt('a new fine password')).toEqual({ userId: ada.userId, sessionVersion: 1 });
  });

  test('is no way round the throttle: wrong ones count as failed sign-ins', async () => {
    for (let i = 0; i < 10; i++) await expect(change('wrong wrong wrong')).rejects.toMatchObject({ code: 'invalid-request' });
    await expect(change(PASSWORD)).rejects.toMatchObject({ code: 'too-many-requests' });
    await expect(attempt(PASSWORD)).rejects.toMatchObject({ code: 'too-many-requests' });
  });

  test('is refused to who signs in by a provider and has none', async () => {
    await world.arrange('UPDATE app_user SET password_hash = NULL WHERE id = $1', [ada.userId]);
    await expect(change(PASSWORD)).rejects.toMatchObject({ code: 'rule-violated' });
  });
});

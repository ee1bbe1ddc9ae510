import { encode } from 'next-auth/jwt';
import { describe, expect, test } from 'vitest';
import { readSession, sessionCookie, sessionReader } from './session.ts';

const auth = { secret: 'a secret of some length', secureCookies: false, oidc: null };
const signed = (token: Record<string, unknown>, more: { secret?: string; maxAge?: number } = {}) => encode({ token, secret: auth.secret, ...more });

describe('a session', () => {
  test('names the person and the version it was signed with', async () => {
    expect(await readSession(auth, await signed({ uid: 'u1', sessionVersion: 3 }))).toEqual({ userId: 'u1', sessionVersion: 3 });
  });

  test('is none when it is missing, torn, signed with another secret, expired, or says too little', async () => {
    const bad = [
      undefined,
      '',
      'nonsense',
      (await signed({ uid: 'u1', sessionVersion: 0 })).slice(0, -3),
      await signed({ uid: 'u1', sessionVersion: 0 }, { secret: 'another secret' }),
      await signed({ uid: 'u1', sessionVersion: 0 }, { maxAge: -60 }),
      await signed({ uid: 'u1' }),
      await signed({ sub: 'u1', sessionVersion: 0 }),
    ];
    expect(await Promise.all(bad.map((token) => readSession(auth, token)))).toEqual(bad.map(() => null));
  });

  test('is read out of the cookie of a plain request, of the name that fits the address', async () => {
    const token = await signed({ uid: 'u1', sessionVersion: 0 });
    const read = (secureCookies: boolean, cookie: string) =>
      sessionReader({ ...auth, secureCookies })(new Request('http://localhost/', { headers: { cookie } }));
    expect(await read(false, `theme=dark; ${sessionCookie(auth)}=${token}; x=y`)).toEqual({ userId: 'u1', sessionVersion: 0 });
    expect(await read(true, `${sessionCookie(auth)}=${token}`)).toBeNull();
    expect(await read(true, `__Secure-next-auth.session-token=${token}`)).toMatchObject({ userId: 'u1' });
  });
});

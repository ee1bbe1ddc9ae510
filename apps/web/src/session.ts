import type { SignedIn } from '@tideline/engine/sign-in';
import { decode } from 'next-auth/jwt';
import type { AuthSettings } from './composed.ts';

/** How long a session lasts from signing in, in seconds. */
export const SESSION_S = 12 * 60 * 60;

/** The cookie the session travels in; its name tells the browser to send it over https only, where that is so. */
export const sessionCookie = (auth: Pick<AuthSettings, 'secureCookies'>): string =>
  auth.secureCookies ? '__Secure-next-auth.session-token' : 'next-auth.session-token';

/** Who a signed session names; null when there is none or it was signed elsewhere or has expired. */
export const readSession = async (auth: AuthSettings, token: string | undefined): Promise<SignedIn | null> => {
  if (!token) return null;
  const claims = await decoded(auth, token);
  return typeof claims?.uid === 'string' && typeof claims.sessionVersion === 'number' ? { userId: claims.uid, sessionVersion: claims.sessionVersion } : null;
};

const decoded = async (auth: AuthSettings, token: string) => {
  try {
    return await decode({ token, secret: auth.secret });
  } catch {
    return null; // a forged, foreign or expired token is no session, not an error
  }
};

/** The API's session reader: the same cookie, out of a plain request. */
export const sessionReader =
  (auth: AuthSettings) =>
  (request: Request): Promise<SignedIn | null> => {
    const wanted = `${sessionCookie(auth)}=`;
    const found = (request.headers.get('cookie') ?? '').split(/;\s*/).find((pair) => pair.startsWith(wanted));
    return readSession(auth, found && decodeURIComponent(found.slice(wanted.length)));
  };

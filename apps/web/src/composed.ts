import type { LiveHub } from '@tideline/db/live';
import type { Deps } from '@tideline/engine/deps';
import type { Readiness } from '@tideline/engine/health';

export type OidcProvider = { issuer: string; clientId: string; clientSecret: string; name: string };
export type AuthSettings = {
  /** Signs sessions. */
  secret: string;
  /** Cookies travel over https only: where the product is opened by https. */
  secureCookies: boolean;
  oidc: OidcProvider | null;
};
export type Composed = { deps: Deps; hub: LiveHub; auth: AuthSettings; ready(): Promise<Readiness>; close(): Promise<void> };

const KEY = Symbol.for('tideline.composed');
const place = globalThis as { [KEY]?: Composed };

/** What server.ts composed. Next's bundle is a second copy of every module, so the one instance is kept on globalThis. */
export const composed = (): Composed => {
  const made = place[KEY];
  if (!made) throw new Error('Nothing is composed yet: pages are served by src/server.ts, not by next itself');
  return made;
};

export const keepComposed = (made: Composed): Composed => (place[KEY] = made);

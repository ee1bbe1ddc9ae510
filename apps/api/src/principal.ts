import { createHash } from 'node:crypto';
import type { KeyScope, Operation } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import { apiKeyByHash } from '@tideline/db/read/api-key';
import { isUuid, withWorkspace } from '@tideline/db/workspace';
import type { Deps, Who } from '@tideline/engine/deps';
import type { SignedIn } from '@tideline/engine/sign-in';
import { isWithin } from '@tideline/engine/source-address';
import { enter } from '@tideline/engine/workspace';
import { callerAddress } from './caller-address.ts';

/** Reads the signed session of a request: who signed in, and the session version it was signed with. */
export type SessionReader = (request: Request) => Promise<SignedIn | null>;

/** A person: the workspace is the one in the address, checked against membership on each request. */
export const sessionPrincipal = async (deps: Deps, session: SessionReader, request: Request, slug: string): Promise<Who> => {
  const signedIn = await session(request);
  if (!signedIn) throw new Problem('not-signed-in', 'Sign in first');
  return enter(deps, signedIn, slug);
};

type KnownKey = { who: Who; scopes: string[]; expiresAt: Date | null; sourceAddresses: string[] };
const knownKeys = new Map<string, { readAt: number; key: Promise<KnownKey | null> }>();
/** A key read this recently is trusted, so that revocation works within a second and a burst reads it once. */
const KEY_TRUST_MS = 1_000;
const KEY_FORM = /^tl_([0-9a-f]{32})_[A-Za-z0-9_-]{20,}$/;

/** A machine: the workspace is the key's own. The key's text carries it, so that the lookup goes through the door. */
export const keyPrincipal = (deps: Deps, request: Request, operation: Operation): Promise<Who> => {
  const token = request.headers.get('authorization')?.match(/^Bearer (.+)$/i)?.[1] ?? '';
  return principalOf(deps, token, operation.key as KeyScope, callerAddress(request.headers));
};

/** Who a key's text stands for, wherever a client carries it. Throws `not-signed-in` and `not-allowed`. */
export const principalOf = async (deps: Deps, token: string, scope: KeyScope, address: string): Promise<Who> => {
  const found = KEY_FORM.exec(token);
  if (!found?.[1]) throw new Problem('not-signed-in', 'Send an API key: Authorization: Bearer tl_…');
  const key = await keyOf(deps, token, found[1]);
  if (!key || (key.expiresAt && key.expiresAt <= deps.now())) throw new Problem('not-signed-in', 'This API key is unknown, expired or revoked');
  if (key.sourceAddresses.length > 0 && !isWithin(address, key.sourceAddresses))
    throw new Problem('not-allowed', `This API key may not be used from ${address}`);
  if (!key.scopes.includes(scope)) throw new Problem('not-allowed', `This API key lacks the scope "${scope}"`);
  return key.who;
};

const keyOf = (deps: Deps, token: string, workspaceHex: string): Promise<KnownKey | null> => {
  const hash = createHash('sha256').update(token).digest();
  const name = hash.toString('base64');
  const at = deps.now().getTime();
  const known = knownKeys.get(name);
  if (known && at - known.readAt < KEY_TRUST_MS && at >= known.readAt) return known.key;
  if (knownKeys.size > 10_000) knownKeys.clear();
  const key = readKey(deps, hash, workspaceHex);
  knownKeys.set(name, { readAt: at, key });
  // What could not be read, or is no key, is not remembered.
  const forget = () => void (knownKeys.get(name)?.key === key && knownKeys.delete(name));
  key.then((found) => found ?? forget(), forget);
  return key;
};

const readKey = async (deps: Deps, hash: Buffer, workspaceHex: string): Promise<KnownKey | null> => {
  const workspaceId = workspaceHex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (!isUuid(workspaceId)) return null;
  const row = await withWorkspace(deps.db, workspaceId, (tx) => apiKeyByHash(tx, hash, deps.now()));
  if (!row) return null;
  const key = { id: row.id, eventsPerMinute: row.eventsPerMinute, workspaceEventsPerMinute: row.workspace.eventsPerMinute };
  const who: Who = { workspaceId, userId: null, role: 'ADMIN', actor: `key ${row.name}`, ownAccountsOf: null, key };
  return { who, scopes: row.scopes, expiresAt: row.expiresAt, sourceAddresses: row.sourceAddresses };
};

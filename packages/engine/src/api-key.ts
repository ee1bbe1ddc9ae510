import type { apiKeyOperations } from '@tideline/contracts/api-key';
import type { BodyOf } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import { apiKeys } from '@tideline/db/read/api-key';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { audit } from '@tideline/db/write/audit';
import { insertApiKey, keyInForce, type NewApiKey, revokeApiKey, updateApiKey } from '@tideline/db/write/api-key';
import type { Deps, Who } from './deps.ts';
import { checkRanges } from './source-address.ts';
import { newToken, workspacePrefix } from './token.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** The last characters of the secret: enough to recognise a key by, nothing to guess the rest from. */
const shown = (text: string): string => `tl_…${text.slice(-4)}`;

export const list = (deps: Deps, who: Who) => withWorkspace(deps.db, who.workspaceId, apiKeys);

type Wanted = Pick<NewApiKey, 'name' | 'scopes' | 'expiresAt' | 'sourceAddresses' | 'eventsPerMinute'>;

const make = async (tx: WorkspaceTx, who: Who, wanted: Wanted, now: Date) => {
  const token = newToken(`tl_${workspacePrefix(who.workspaceId)}`);
  const made = await insertApiKey(tx, { ...wanted, prefix: shown(token.text), hash: token.hash, createdBy: who.userId, createdAt: now });
  return { ...made, key: token.text };
};

type NewKeyBody = BodyOf<(typeof apiKeyOperations)['createApiKey']>;
type NewKey = Pick<NewKeyBody, 'name' | 'scopes' | 'expiresInDays'> & Partial<NewKeyBody>;

/** Creates a key. Its text is answered here and nowhere again; the database keeps its hash. */
export const create = async (deps: Deps, who: Who, { name, scopes, expiresInDays, sourceAddresses = [], eventsPerMinute = null }: NewKey) => {
  checkRanges(sourceAddresses);
  const wanted = { name, sourceAddresses, eventsPerMinute };
  const now = deps.now();
  const expiresAt = expiresInDays === null ? null : new Date(now.getTime() + expiresInDays * DAY_MS);
  return withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const made = await make(tx, who, { ...wanted, scopes: [...new Set(scopes)], expiresAt }, now);
    await audit(tx, who, 'key.create', 'key', made.id, null, { ...wanted, scopes, expiresAt });
    return made;
  });
};

/** Changes what a key in force is called, where it may be used from and how much it may send; within a second. */
export const change = async (deps: Deps, who: Who, id: string, wanted: BodyOf<(typeof apiKeyOperations)['changeApiKey']>) => {
  checkRanges(wanted.sourceAddresses ?? []);
  return withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const before = await inForce(tx, id, deps.now());
    const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
    const made = (await updateApiKey(tx, id, given)) ?? missing();
    await audit(tx, who, 'key.change', 'key', id, pick(before, given), given);
    return made;
  });
};

const pick = (from: object, like: object): Record<string, unknown> => Object.fromEntries(Object.entries(from).filter(([name]) => name in like));

/**
 * Makes a new key that may do what the old one may, for as long as it may; the old one works beside it for the overlap, so
 * that nothing that sends has to stop.
 */
export const rotate = (deps: Deps, who: Who, id: string, { overlapHours }: BodyOf<(typeof apiKeyOperations)['rotateApiKey']>) => {
  const now = deps.now();
  return withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const { name, scopes, expiresAt, sourceAddresses, eventsPerMinute } = await inForce(tx, id, now);
    const made = await make(tx, who, { name, scopes, expiresAt, sourceAddresses, eventsPerMinute }, now);
    const until = new Date(Math.min(now.getTime() + overlapHours * HOUR_MS, expiresAt?.getTime() ?? Infinity));
    await updateApiKey(tx, id, { expiresAt: until, rotatedTo: made.id });
    await audit(tx, who, 'key.rotate', 'key', id, { name }, { newKey: made.id, oldWorksUntil: until });
    return made;
  });
};

const missing = (): never => {
  throw new Problem('not-found', 'There is no such key in force');
};
const inForce = async (tx: WorkspaceTx, id: string, now: Date) => (await keyInForce(tx, id, now)) ?? missing();

/** Revokes a key. Processes that read it within the last second still take it until that second is over. */
export const revoke = (deps: Deps, who: Who, id: string): Promise<void> =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const name = await revokeApiKey(tx, id, deps.now());
    if (name === null) missing();
    await audit(tx, who, 'key.revoke', 'key', id, { name }, null);
  });

import type { apiKeyOperations } from '@tideline/contracts/api-key';
import type { BodyOf } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import { apiKeys } from '@tideline/db/read/api-key';
import { withWorkspace } from '@tideline/db/workspace';
import { audit } from '@tideline/db/write/audit';
import { insertApiKey, revokeApiKey } from '@tideline/db/write/api-key';
import type { Deps, Who } from './deps.ts';
import { newToken, workspacePrefix } from './token.ts';

const DAY_MS = 86_400_000;
/** The last characters of the secret: enough to recognise a key by, nothing to guess the rest from. */
const shown = (text: string): string => `tl_…${text.slice(-4)}`;

export const list = (deps: Deps, who: Who) => withWorkspace(deps.db, who.workspaceId, apiKeys);

/** Creates a key. Its text is answered here and nowhere again; the database keeps its hash. */
export const create = async (deps: Deps, who: Who, wanted: BodyOf<(typeof apiKeyOperations)['createApiKey']>) => {
  const token = newToken(`tl_${workspacePrefix(who.workspaceId)}`);
  const now = deps.now();
  const expiresAt = wanted.expiresInDays === null ? null : new Date(now.getTime() + wanted.expiresInDays * DAY_MS);
  const key = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const made = await insertApiKey(tx, {
      name: wanted.name,
      prefix: shown(token.text),
      hash: token.hash,
      scopes: [...new Set(wanted.scopes)],
      expiresAt,
      createdBy: who.userId,
      createdAt: now,
    });
    await audit(tx, who, 'key.create', 'key', made.id, null, { name: wanted.name, scopes: wanted.scopes, expiresAt });
    return made;
  });
  return { ...key, key: token.text };
};

/** Revokes a key. Processes that read it within the last second still take it until that second is over. */
export const revoke = (deps: Deps, who: Who, id: string): Promise<void> =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const name = await revokeApiKey(tx, id, deps.now());
    if (name === null) throw new Problem('not-found', 'There is no such key in force');
    await audit(tx, who, 'key.revoke', 'key', id, { name }, null);
  });

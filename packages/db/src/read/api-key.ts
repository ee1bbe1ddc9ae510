import type { WorkspaceTx } from '../workspace.ts';

/** A key that is neither revoked nor expired at `now`, by the SHA-256 of its text; notes the use once a minute. */
export const apiKeyByHash = async (tx: WorkspaceTx, hash: Uint8Array, now: Date) => {
  const key = await tx.db.apiKey.findFirst({
    where: { workspaceId: tx.workspaceId, hash: new Uint8Array(hash), revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
    select: {
      id: true,
      name: true,
      scopes: true,
      expiresAt: true,
      lastUsedAt: true,
      sourceAddresses: true,
      eventsPerMinute: true,
      workspace: { select: { eventsPerMinute: true } },
    },
  });
  if (key && (!key.lastUsedAt || now.getTime() - key.lastUsedAt.getTime() > 60_000)) {
    await tx.db.apiKey.update({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id: key.id } }, data: { lastUsedAt: now } });
  }
  return key;
};

/** Every key of the workspace, revoked and expired ones too, the newest first; never its hash. */
export const apiKeys = (tx: WorkspaceTx) =>
  tx.db.apiKey.findMany({
    where: { workspaceId: tx.workspaceId },
    select: shownKey,
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
  });

/** What of a key is shown: everything but its hash. */
export const shownKey = {
  id: true,
  name: true,
  prefix: true,
  scopes: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
  revokedAt: true,
  sourceAddresses: true,
  eventsPerMinute: true,
  rotatedTo: true,
} as const;

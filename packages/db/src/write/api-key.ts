import type { WorkspaceTx } from '../workspace.ts';

export type NewApiKey = {
  name: string;
  prefix: string;
  hash: Uint8Array;
  scopes: string[];
  expiresAt: Date | null;
  createdBy: string | null;
  createdAt: Date;
};

export const insertApiKey = (tx: WorkspaceTx, key: NewApiKey) =>
  tx.db.apiKey.create({
    data: { workspaceId: tx.workspaceId, ...key, hash: new Uint8Array(key.hash) },
    select: { id: true, name: true, prefix: true, scopes: true, createdAt: true, expiresAt: true, lastUsedAt: true, revokedAt: true },
  });

/** Revokes a key; answers its name, null when there is no such key in force. */
export const revokeApiKey = async (tx: WorkspaceTx, id: string, now: Date): Promise<string | null> => {
  const [key] = await tx.db.apiKey.updateManyAndReturn({
    where: { workspaceId: tx.workspaceId, id, revokedAt: null },
    data: { revokedAt: now },
    select: { name: true },
  });
  return key?.name ?? null;
};

import { shownKey } from '../read/api-key.ts';
import type { WorkspaceTx } from '../workspace.ts';

export type NewApiKey = {
  name: string;
  prefix: string;
  hash: Uint8Array;
  scopes: string[];
  expiresAt: Date | null;
  sourceAddresses: string[];
  eventsPerMinute: number | null;
  createdBy: string | null;
  createdAt: Date;
};

export const insertApiKey = (tx: WorkspaceTx, key: NewApiKey) =>
  tx.db.apiKey.create({
    data: { workspaceId: tx.workspaceId, ...key, hash: new Uint8Array(key.hash) },
    select: shownKey,
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

/** Changes a key in force; null when there is none. */
export const updateApiKey = async (
  tx: WorkspaceTx,
  id: string,
  change: { name?: string; sourceAddresses?: string[]; eventsPerMinute?: number | null; expiresAt?: Date; rotatedTo?: string },
) => {
  const [key] = await tx.db.apiKey.updateManyAndReturn({ where: { workspaceId: tx.workspaceId, id, revokedAt: null }, data: change, select: shownKey });
  return key ?? null;
};

export const keyInForce = (tx: WorkspaceTx, id: string, now: Date) =>
  tx.db.apiKey.findFirst({
    where: { workspaceId: tx.workspaceId, id, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
    select: shownKey,
  });

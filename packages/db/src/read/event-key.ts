import { bytes, texts } from '../array-literal.ts';
import type { StatementTx } from '../workspace.ts';

/** Content hashes of the identities that are taken, by identity; both as hex text. */
export const storedContents = async (tx: StatementTx, keys: readonly string[]): Promise<Map<string, string>> => {
  if (keys.length === 0) return new Map();
  const rows = await tx.db.$queryRaw<{ key: string; content: string }[]>`
    SELECT encode(key, 'hex') AS key, encode(content, 'hex') AS content FROM event_key
    WHERE workspace_id = ${tx.workspaceId}::uuid AND key = ANY(${bytes(keys)}::bytea[])`;
  return new Map(rows.map(({ key, content }) => [key, content]));
};

/** Which of these keys of accounts exist. */
export const knownAccounts = async (tx: StatementTx, externalIds: readonly string[]): Promise<Set<string>> => {
  const rows = await tx.db.$queryRaw<{ externalId: string }[]>`
    SELECT external_id AS "externalId" FROM account WHERE workspace_id = ${tx.workspaceId}::uuid AND external_id = ANY(${texts(externalIds)}::text[])`;
  return new Set(rows.map(({ externalId }) => externalId));
};

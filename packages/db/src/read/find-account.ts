import type { WorkspaceTx } from '../workspace.ts';

export type FoundAccount = { id: string; externalId: string; name: string; status: string };

/**
 * Accounts whose name or external id contains the words: those that start with them first, live ones before
 * others. `ownAccountsOf` narrows to one owner's book.
 */
export const findAccounts = (tx: WorkspaceTx, words: string, ownAccountsOf: string | null, limit: number): Promise<FoundAccount[]> => {
  const literal = words.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
  return tx.db.$queryRaw<FoundAccount[]>`
    SELECT id, external_id AS "externalId", name, status FROM account
    WHERE workspace_id = ${tx.workspaceId}::uuid
      AND (name ILIKE ${`%${literal}%`} OR external_id ILIKE ${`${literal}%`})
      AND (${ownAccountsOf}::uuid IS NULL OR owner_id = ${ownAccountsOf}::uuid)
    ORDER BY (status = 'live') DESC, (name ILIKE ${`${literal}%`}) DESC, name, id
    LIMIT ${limit}`;
};

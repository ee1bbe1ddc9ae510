import { texts } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';

export type StatedAccount = {
  externalId: string;
  /** The account of the key itself. */ id: string;
  /** Where what is stated for the key counts. */ means: string;
};

/** What the keys of accounts mean now; another book's are absent where only one is seen. */
export const statedAccounts = (tx: WorkspaceTx, keys: readonly string[], onlyOwner: string | null): Promise<StatedAccount[]> =>
  tx.db.$queryRaw<StatedAccount[]>`
    SELECT external_id AS "externalId", id::text, coalesce(merged_into, id)::text AS means FROM account
    WHERE workspace_id = ${tx.workspaceId}::uuid AND external_id = ANY(${texts(keys)}::text[]) AND (${onlyOwner}::uuid IS NULL OR owner_id = ${onlyOwner}::uuid)`;

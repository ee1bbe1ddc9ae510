import { plain } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';

/** Puts into the ranked list what is now known of these accounts, and takes out those that are no longer live. To be called in the transaction that changed them. */
export const listInTriage = async (tx: WorkspaceTx, accountIds: readonly string[]): Promise<void> => {
  const theirs = plain(accountIds);
  await tx.db.$executeRaw`
    INSERT INTO triage_row (workspace_id, account_id, name, search, owner_id, industry, plan, region, segment, why, band, health, rank, run_rate, stake)
    SELECT workspace_id, account_id, name, search, owner_id, industry, plan, region, segment, why, band, health, rank, run_rate, stake FROM triage_source
    WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ANY(${theirs}::uuid[]) ORDER BY account_id
    ON CONFLICT (workspace_id, account_id) DO UPDATE SET name = excluded.name, search = excluded.search, owner_id = excluded.owner_id,
      industry = excluded.industry, plan = excluded.plan, region = excluded.region, segment = excluded.segment, why = excluded.why, band = excluded.band, health = excluded.health, rank = excluded.rank, run_rate = excluded.run_rate, stake = excluded.stake`;
  await tx.db.$executeRaw`
    DELETE FROM triage_row r USING account a
    WHERE r.workspace_id = ${tx.workspaceId}::uuid AND r.account_id = ANY(${theirs}::uuid[])
      AND a.workspace_id = r.workspace_id AND a.id = r.account_id AND a.status <> 'live'`;
};

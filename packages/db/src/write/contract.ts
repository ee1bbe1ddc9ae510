import { plain, texts } from '../array-literal.ts';
import type { ContractRow } from '../read/contract.ts';
import type { WorkspaceTx } from '../workspace.ts';

/**
 * Stores contracts as they are to stand (each at most once), new ones and known ones. A term of the same account and start that came
 * without a key is the same contract, said before it had one.
 */
export const writeContracts = async (tx: WorkspaceTx, rows: readonly ContractRow[], at: Date): Promise<void> => {
  if (rows.length === 0) return;
  const [accounts, starts] = [plain(rows.map(({ accountId }) => accountId)), plain(rows.map(({ startDay }) => startDay))];
  await tx.db.$executeRaw`
    DELETE FROM contract c USING unnest(${accounts}::uuid[], ${starts}::date[]) s (account_id, start_day)
    WHERE c.workspace_id = ${tx.workspaceId}::uuid AND c.external_id IS NULL AND c.account_id = s.account_id AND c.start_day = s.start_day`;
  await tx.db.$executeRaw`
    INSERT INTO contract (workspace_id, id, account_id, external_id, start_day, end_day, commitment, created_at)
    SELECT ${tx.workspaceId}::uuid, s.*, ${at} FROM unnest(${plain(rows.map(({ id }) => id))}::uuid[], ${accounts}::uuid[], ${texts(rows.map(({ externalId }) => externalId))}::text[],
      ${starts}::date[], ${plain(rows.map(({ endDay }) => endDay))}::date[], ${plain(rows.map(({ commitment }) => commitment))}::numeric[]) s
    ON CONFLICT (workspace_id, id) DO UPDATE SET account_id = excluded.account_id, start_day = excluded.start_day, end_day = excluded.end_day, commitment = excluded.commitment`;
};

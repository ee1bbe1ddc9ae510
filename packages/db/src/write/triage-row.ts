import { Prisma } from '../../generated/client.ts';
import { plain } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';

const JUDGED = 'segment, why, band, health, rank, run_rate, stake'.split(', ');
const OWN = 'name, search, owner_id, industry, plan, region'.split(', ');
const COLUMNS = Prisma.raw(['workspace_id', 'account_id', ...OWN, ...JUDGED].join(', '));
const REPLACED = Prisma.raw([...OWN, ...JUDGED].map((column) => `${column} = excluded.${column}`).join(', '));

/** The statement that lists these judgements (rows of `score`) in triage, those of live accounts. What it lists is what the view `triage_source` says. */
export const rankedFrom = (scores: Prisma.Sql): Prisma.Sql => Prisma.sql`
  INSERT INTO triage_row (${COLUMNS})
  SELECT s.workspace_id, s.account_id, a.name, lower(a.name || E'\\n' || a.external_id), a.owner_id, a.industry, a.plan, a.region, ${Prisma.raw(JUDGED.map((column) => `s.${column}`).join(', '))}
  FROM (${scores}) s JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id AND a.status = 'live' ORDER BY s.account_id
  ON CONFLICT (workspace_id, account_id) DO UPDATE SET ${REPLACED}`;

/** Puts into the ranked list what is now known of these accounts, and takes out those that are no longer live. To be called in the transaction that changed them. */
export const listInTriage = async (tx: WorkspaceTx, accountIds: readonly string[]): Promise<void> => {
  const theirs = Prisma.sql`workspace_id = ${tx.workspaceId}::uuid AND account_id = ANY(${plain(accountIds)}::uuid[])`;
  await tx.db.$executeRaw(rankedFrom(Prisma.sql`SELECT * FROM score WHERE ${theirs}`));
  await tx.db.$executeRaw`
    DELETE FROM triage_row r USING account a
    WHERE r.workspace_id = ${tx.workspaceId}::uuid AND r.account_id = ANY(${plain(accountIds)}::uuid[])
      AND a.workspace_id = r.workspace_id AND a.id = r.account_id AND a.status <> 'live'`;
};

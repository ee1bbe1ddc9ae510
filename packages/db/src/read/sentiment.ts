import { Prisma } from '../../generated/client.ts';
import type { Day } from '@tideline/domain/calendar';
import type { Sentiment, SentimentSums } from '@tideline/domain/sentiment';
import { plain } from '../array-literal.ts';
import type { StatementTx, WorkspaceTx } from '../workspace.ts';

export type SentimentRow = { sentiment: Sentiment; note: string; day: Day; by: string | null };

/** What was last said of an account, by whom; null where nobody has said anything. */
export const lastSentiment = async (tx: WorkspaceTx, accountId: string): Promise<SentimentRow | null> => {
  const [row] = await tx.db.$queryRaw<SentimentRow[]>`
    SELECT s.sentiment, s.note, s.day::text, u.name AS by FROM sentiment s LEFT JOIN app_user u ON u.id = s.set_by
    WHERE s.workspace_id = ${tx.workspaceId}::uuid AND s.account_id = ${accountId}::uuid ORDER BY s.set_at DESC LIMIT 1`;
  return row ?? null;
};

/** The newest word of each account (null: of all) by a day, and how old it was; `known`: what was said through this day counts too. */
export const sentimentSums = (tx: StatementTx, accounts: readonly string[] | null, day: Day, known: Day): Promise<(SentimentSums & { accountId: string })[]> =>
  tx.db.$queryRaw<(SentimentSums & { accountId: string })[]>`
    SELECT DISTINCT ON (account_id) account_id::text AS "accountId", sentiment, greatest(0, ${day}::date - day) AS days FROM sentiment
    WHERE workspace_id = ${tx.workspaceId}::uuid AND day <= ${known}::date ${accounts === null ? Prisma.empty : Prisma.sql`AND account_id = ANY(${plain(accounts)}::uuid[])`}
    ORDER BY account_id, set_at DESC`;

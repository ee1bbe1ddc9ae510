import type { Day } from '@tideline/domain/calendar';
import type { Sentiment } from '@tideline/domain/sentiment';
import type { WorkspaceTx } from '../workspace.ts';

/** Keeps what was said of an account beside what was said before. */
export const addSentiment = async (
  tx: WorkspaceTx,
  accountId: string,
  { sentiment, note, day, userId, at }: { sentiment: Sentiment; note: string; day: Day; userId: string | null; at: Date },
): Promise<void> => {
  await tx.db.$executeRaw`
    INSERT INTO sentiment (workspace_id, account_id, day, sentiment, note, set_by, set_at)
    VALUES (${tx.workspaceId}::uuid, ${accountId}::uuid, ${day}::date, ${sentiment}, ${note}, ${userId}::uuid, ${at})`;
};

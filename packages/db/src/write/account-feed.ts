import type { Day } from '@tideline/domain/calendar';
import { texts } from '../array-literal.ts';
import type { StatementTx } from '../workspace.ts';

/** What sends usage; `senderId` of the key or the source. */
export type Sender = { readonly senderId: string; readonly kind: 'key' | 'source' };

/** Notes that a sender sent usage of these accounts (by their own keys) on a day. */
export const writeFeeds = async (tx: StatementTx, { senderId, kind }: Sender, accounts: readonly string[], on: Day): Promise<void> => {
  await tx.db.$executeRaw`
    INSERT INTO account_feed AS f (workspace_id, sender_id, account_id, kind, last_on)
    SELECT DISTINCT a.workspace_id, ${senderId}::uuid, coalesce(a.merged_into, a.id) AS account, ${kind}, ${on}::date
    FROM unnest(${texts(accounts)}::text[]) AS sent (name) JOIN account a ON a.workspace_id = ${tx.workspaceId}::uuid AND a.external_id = sent.name
    ORDER BY account
    ON CONFLICT (workspace_id, sender_id, account_id) DO UPDATE SET last_on = excluded.last_on WHERE f.last_on < excluded.last_on`;
};

import { plain, texts } from '../array-literal.ts';
import type { InvoiceRow } from '../read/invoice.ts';
import type { WorkspaceTx } from '../workspace.ts';

/** Stores invoices as they are to stand (each at most once), new ones and known ones. */
export const writeInvoices = async (tx: WorkspaceTx, rows: readonly InvoiceRow[], at: Date): Promise<void> => {
  if (rows.length === 0) return;
  await tx.db.$executeRaw`
    INSERT INTO invoice (workspace_id, id, account_id, external_id, due_day, paid_day, amount, created_at, updated_at)
    SELECT ${tx.workspaceId}::uuid, s.*, ${at}, ${at} FROM unnest(${plain(rows.map(({ id }) => id))}::uuid[], ${plain(rows.map(({ accountId }) => accountId))}::uuid[],
      ${texts(rows.map(({ externalId }) => externalId))}::text[], ${plain(rows.map(({ dueDay }) => dueDay))}::date[], ${plain(rows.map(({ paidDay }) => paidDay))}::date[],
      ${plain(rows.map(({ amount }) => amount))}::numeric[]) s
    ON CONFLICT (workspace_id, id) DO UPDATE SET account_id = excluded.account_id, due_day = excluded.due_day, paid_day = excluded.paid_day, amount = excluded.amount,
      updated_at = excluded.updated_at`;
};

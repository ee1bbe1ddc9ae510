import { plain, texts } from '../array-literal.ts';
import type { TicketRow } from '../read/ticket.ts';
import type { WorkspaceTx } from '../workspace.ts';

/** Stores tickets as they are to stand (each at most once), new ones and known ones. */
export const writeTickets = async (tx: WorkspaceTx, rows: readonly TicketRow[], at: Date): Promise<void> => {
  if (rows.length === 0) return;
  const column = (read: (row: TicketRow) => string | null): string => texts(rows.map(read));
  const times = (read: (row: TicketRow) => Date | null): string => plain(rows.map((row) => read(row)?.toISOString() ?? null));
  await tx.db.$executeRaw`
    INSERT INTO ticket (workspace_id, id, account_id, external_id, subject, severity, url, opened_at, closed_at, created_at, updated_at)
    SELECT ${tx.workspaceId}::uuid, s.*, ${at}, ${at} FROM unnest(${plain(rows.map(({ id }) => id))}::uuid[], ${plain(rows.map(({ accountId }) => accountId))}::uuid[],
      ${column((r) => r.externalId)}::text[], ${column((r) => r.subject)}::text[], ${column((r) => r.severity)}::text[], ${column((r) => r.url)}::text[],
      ${times((r) => r.openedAt)}::timestamptz[], ${times((r) => r.closedAt)}::timestamptz[]) s
    ON CONFLICT (workspace_id, id) DO UPDATE SET account_id = excluded.account_id, subject = excluded.subject, severity = excluded.severity, url = excluded.url,
      opened_at = excluded.opened_at, closed_at = excluded.closed_at, updated_at = excluded.updated_at`;
};

export const removeTicket = async (tx: WorkspaceTx, id: string): Promise<void> => {
  await tx.db.ticket.deleteMany({ where: { workspaceId: tx.workspaceId, id } });
};

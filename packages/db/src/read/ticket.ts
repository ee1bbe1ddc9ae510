import type { TicketSeverity } from '@tideline/domain/ticket';
import { Prisma } from '../../generated/client.ts';
import { plain, texts } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';
import { type AccountRef, accountRef, type PageOf, pageRows } from './contact.ts';

export type TicketRow = {
  id: string;
  accountId: string;
  externalId: string;
  subject: string;
  severity: TicketSeverity;
  url: string | null;
  openedAt: Date;
  closedAt: Date | null;
};

const columns = Prisma.sql`t.id::text, t.external_id AS "externalId", t.subject, t.severity, t.url, t.opened_at AS "openedAt", t.closed_at AS "closedAt"`;

/** Tickets of a workspace by their keys or ids. */
export const ticketsBy = (tx: WorkspaceTx, by: { keys: readonly string[] } | { ids: readonly string[] }): Promise<TicketRow[]> => tx.db.$queryRaw<TicketRow[]>`
  SELECT ${columns}, t.account_id::text AS "accountId" FROM ticket t WHERE t.workspace_id = ${tx.workspaceId}::uuid
    AND ${'keys' in by ? Prisma.sql`t.external_id = ANY(${texts(by.keys)}::text[])` : Prisma.sql`t.id = ANY(${plain(by.ids)}::uuid[])`}`;

/** Tickets by id; `open`: null for all. */
export const ticketPage = (tx: WorkspaceTx, of: PageOf, open: boolean | null): Promise<(Omit<TicketRow, 'accountId'> & { account: AccountRef })[]> => {
  const state = open === null ? Prisma.empty : Prisma.sql`AND (t.closed_at IS NULL) = ${open}`;
  return tx.db.$queryRaw<
    (Omit<TicketRow, 'accountId'> & { account: AccountRef })[]
  >`SELECT ${columns}, ${accountRef} ${pageRows(tx, 'ticket', of, Prisma.empty, state)}`;
};

/** Open tickets of an account, the worst and oldest first, then the last `closed` that were closed. */
export const accountTickets = (tx: WorkspaceTx, accountId: string, open: number, closed: number): Promise<TicketRow[]> => tx.db.$queryRaw<TicketRow[]>`
  SELECT ${columns}, t.account_id::text AS "accountId" FROM (
    SELECT *, row_number() OVER (PARTITION BY closed_at IS NULL ORDER BY closed_at DESC, array_position('{urgent,high,normal,low}'::text[], severity), opened_at, id) AS place
    FROM ticket WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ${accountId}::uuid) t
  WHERE t.place <= CASE WHEN t.closed_at IS NULL THEN ${open}::int ELSE ${closed}::int END
  ORDER BY t.closed_at IS NOT NULL, t.place`;

/** How many tickets of an account are open, and whether the workspace has contacts and tickets at all. */
export const peopleConnected = async (tx: WorkspaceTx, accountId: string): Promise<{ open: number; contacts: boolean; tickets: boolean }> => {
  const [row] = await tx.db.$queryRaw<{ open: number; contacts: boolean; tickets: boolean }[]>`
    SELECT (SELECT count(*)::int FROM ticket WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ${accountId}::uuid AND closed_at IS NULL) AS open,
      EXISTS (SELECT 1 FROM contact WHERE workspace_id = ${tx.workspaceId}::uuid) AS contacts, EXISTS (SELECT 1 FROM ticket WHERE workspace_id = ${tx.workspaceId}::uuid) AS tickets`;
  return row ?? { open: 0, contacts: false, tickets: false };
};

import type { Day } from '@tideline/domain/calendar';
import type { DecimalText } from '@tideline/domain/money';
import { texts } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';
import { type AccountRef, accountRef, type PageOf, pageRows } from './contact.ts';

export type InvoiceRow = { id: string; accountId: string; externalId: string; dueDay: Day; paidDay: Day | null; amount: DecimalText | null };

/** Invoices of a workspace by their keys. */
export const invoicesBy = (tx: WorkspaceTx, keys: readonly string[]): Promise<InvoiceRow[]> => tx.db.$queryRaw<InvoiceRow[]>`
  SELECT id::text, account_id::text AS "accountId", external_id AS "externalId", due_day::text AS "dueDay", paid_day::text AS "paidDay", trim_scale(amount)::text AS amount
  FROM invoice WHERE workspace_id = ${tx.workspaceId}::uuid AND external_id = ANY(${texts(keys)}::text[])`;

/** Invoices by id. */
export const invoicePage = (tx: WorkspaceTx, of: PageOf): Promise<(Omit<InvoiceRow, 'accountId'> & { account: AccountRef })[]> => tx.db.$queryRaw<
  (Omit<InvoiceRow, 'accountId'> & { account: AccountRef })[]
>`
  SELECT t.id::text, t.external_id AS "externalId", ${accountRef}, t.due_day::text AS "dueDay", t.paid_day::text AS "paidDay", trim_scale(t.amount)::text AS amount
  ${pageRows(tx, 'invoice', of)}`;

import * as z from 'zod';
import { op } from './operation.ts';
import { PageQuery, pageOf } from './page.ts';
import { AccountKey, OwnKey, statedList, StatedReply } from './stated.ts';
import { DayOut, DayText, DecimalText, Id } from './value.ts';

const fields = {
  dueDay: DayText,
  paidDay: DayText.nullable().meta({ description: 'null: not paid yet' }),
  amount: DecimalText.nullable(),
};

/** What is named is set, what is left out stays as it was; null empties it. A new one needs the day it is due. */
export const InvoiceItem = z.strictObject({ externalId: OwnKey, account: AccountKey, ...z.object(fields).partial().shape }).meta({ id: 'InvoiceItem' });
export type InvoiceItem = z.output<typeof InvoiceItem>;

export const Invoice = z
  .object({
    id: Id,
    externalId: z.string(),
    account: z.object({ id: Id, externalId: z.string() }),
    dueDay: DayOut,
    paidDay: DayOut.nullable(),
    amount: z.string().nullable(),
  })
  .meta({ id: 'Invoice' });

const base = { tag: 'Invoices', path: '/invoices' } as const;
export const invoiceOperations = {
  putInvoices: op({
    ...base,
    permission: 'account.edit',
    key: 'manage',
    method: 'POST',
    summary: 'Create or change invoices, up to 1,000 at once, by your own keys: what is overdue can count in health',
    body: statedList('InvoiceItem'),
    reply: StatedReply,
  }),
  listInvoices: op({
    ...base,
    permission: 'account.read',
    key: 'read',
    method: 'GET',
    summary: 'Invoices, of one account or of all',
    query: z.object({ account: AccountKey.optional() }).extend(PageQuery.shape),
    reply: pageOf(Invoice),
  }),
};

import { randomUUID } from 'node:crypto';
import { InvoiceItem, type invoiceOperations } from '@tideline/contracts/invoice';
import type { BodyOf, QueryOf } from '@tideline/contracts/operation';
import { invoicePage, type InvoiceRow, invoicesBy } from '@tideline/db/read/invoice';
import { writeInvoices } from '@tideline/db/write/invoice';
import { decimal, toText } from '@tideline/domain/money';
import type { Deps, Who } from './deps.ts';
import { pageFor } from './stated-page.ts';
import { putStated, type Refused, type StatedKind } from './stated.ts';

type Ops = typeof invoiceOperations;

/** An invoice with what is named of it laid over what there is. */
const laid = ({ externalId, dueDay, paidDay, amount }: InvoiceItem, before: InvoiceRow | null, accountId: string): InvoiceRow | Refused => {
  const due = dueDay ?? before?.dueDay;
  if (due === undefined) return { code: 'invalid', message: 'dueDay: say when it is due' };
  const money = amount === undefined ? (before?.amount ?? null) : amount === null ? null : toText(decimal(amount));
  const paid = paidDay === undefined ? (before?.paidDay ?? null) : paidDay;
  return { id: before?.id ?? randomUUID(), accountId, externalId, dueDay: due, paidDay: paid, amount: money };
};

export const invoiceKind: StatedKind<InvoiceItem, InvoiceRow> = {
  of: 'invoices',
  item: InvoiceItem,
  stored: invoicesBy,
  layer: async () => (item, before, accountId) => {
    const row = laid(item, before, accountId);
    return 'code' in row ? row : { row };
  },
  write: writeInvoices,
};

/** Creates and changes invoices by the workspace's own keys. */
export const put = (deps: Deps, who: Who, given: BodyOf<Ops['putInvoices']>) => putStated(deps, who, invoiceKind, given);

/** Invoices of one account or of all. */
export const list = (deps: Deps, who: Who, query: QueryOf<Ops['listInvoices']>) => pageFor(deps, who, query, invoicePage);

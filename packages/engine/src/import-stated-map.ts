import { ContactItem } from '@tideline/contracts/contact';
import {
  type ContactMapping,
  type ContractMapping,
  type InvoiceMapping,
  type StatedName,
  type TicketMapping,
  type TouchMapping,
  rowFaults,
  type RowFault,
} from '@tideline/contracts/import';
import { ContractItem } from '@tideline/contracts/contract';
import { InvoiceItem } from '@tideline/contracts/invoice';
import { checkedItem } from '@tideline/contracts/stated';
import { TicketItem } from '@tideline/contracts/ticket';
import { TouchItem } from '@tideline/contracts/touch';
import { dayOf, isDay } from '@tideline/domain/calendar';
import { numberText } from '@tideline/domain/condition';
import { severityOf, ticketStateOf, wordOf } from '@tideline/domain/ticket';
import { readTime, type TimeForm } from '@tideline/domain/written-time';
import { columnFinder, type Refused, type RowReader } from './import-map.ts';

/** A row as the item that a program would send. */
export type MappedItem = Readonly<Record<string, unknown>>;
type Mappings = { contacts: ContactMapping; tickets: TicketMapping; touches: TouchMapping; contracts: ContractMapping; invoices: InvoiceMapping };
/** A part of a row: its text, what is wrong with it, or undefined where the row says nothing of it. */
type Part = string | null | undefined | Refused;
type PartReader = (row: readonly string[]) => Part;

const schemas = { contacts: ContactItem, tickets: TicketItem, touches: TouchItem, contracts: ContractItem, invoices: InvoiceItem } as const;
const refused = (reason: RowFault, message: string = rowFaults[reason]): Refused => ({ refused: { reason, message } });
const isRefused = (part: unknown): part is Refused => typeof part === 'object' && part !== null;

/** Reads parts of rows by the columns of a file. */
const partsOf = (columns: readonly string[], timezone: string) => {
  const find = columnFinder(columns);
  const cell = (name: string): ((row: readonly string[]) => string) => {
    const at = find(name);
    return (row) => row[at]?.trim() ?? '';
  };
  type From = { column: string } | undefined;
  const text = (from: From): PartReader => {
    if (!from) return () => undefined;
    const read = cell(from.column);
    return (row) => read(row) || undefined;
  };
  /** A word of ours, or one that `known` understands. */
  const word = (from: From, known: (text: string) => string | null, what: string): PartReader => {
    const read = text(from);
    return (row) => {
      const said = read(row);
      return typeof said === 'string' ? (known(said) ?? refused('bad-item', `"${said.slice(0, 40)}" is no ${what} that is known`)) : said;
    };
  };
  /** A time; a bare day stays one where that is `dayIsEnough`. */
  const time = (from: { column: string; form?: TimeForm | undefined } | undefined, dayIsEnough: boolean): PartReader => {
    const read = text(from);
    return (row) => {
      const said = read(row);
      if (typeof said !== 'string' || (dayIsEnough && isDay(said))) return said;
      const ms = readTime(said, from?.form ?? null, timezone);
      return ms === null ? refused('bad-time', `"${said.slice(0, 40)}" is not a time that can be read`) : new Date(ms).toISOString();
    };
  };
  /** A day; of a time, the one it lies on in the workspace. */
  const day = (from: { column: string; form?: TimeForm | undefined }): PartReader => {
    const read = time(from, true);
    return (row) => {
      const said = read(row);
      return typeof said !== 'string' || isDay(said) ? said : dayOf(new Date(said), timezone);
    };
  };
  const amount = (from: From): PartReader => {
    const read = text(from);
    return (row) => {
      const said = read(row);
      return typeof said === 'string' ? (numberText(said) ?? refused('bad-number', `"${said.slice(0, 40)}" is not an amount`)) : said;
    };
  };
  return { text, word, time, day, amount };
};

const readers = {
  contacts: ({ name, email, title, role, leftOn }: ContactMapping, { text, word }: ReturnType<typeof partsOf>) => ({
    name: text(name),
    email: text(email),
    title: text(title),
    role: word(role, wordOf, 'role'),
    leftOn: text(leftOn),
  }),
  tickets: ({ subject, severity, status, openedAt, closedAt, url }: TicketMapping, { text, word, time }: ReturnType<typeof partsOf>) => {
    const [state, closed] = [word(status, ticketStateOf, 'state of a ticket'), time(closedAt, false)];
    return {
      subject: text(subject),
      severity: word(severity, severityOf, 'severity'),
      status: state,
      openedAt: time(openedAt, false),
      closedAt: (row: readonly string[]) => {
        if (state(row) === 'open') return undefined; // many systems keep when one that was reopened had been closed
        return closed(row) ?? (closedAt && !status ? null : undefined);
      },
      url: text(url),
    };
  },
  touches: ({ kind, at, contact, by, text: body }: TouchMapping, { text, word, time }: ReturnType<typeof partsOf>) => ({
    kind: 'constant' in kind ? () => wordOf(kind.constant) : word(kind, wordOf, 'kind of touch'),
    at: time(at, true),
    contact: text(contact),
    by: text(by),
    text: text(body),
  }),
  contracts: ({ startDay, endDay, commitment }: ContractMapping, { day, amount }: ReturnType<typeof partsOf>) => ({
    startDay: day(startDay),
    endDay: day(endDay),
    commitment: amount(commitment),
  }),
  invoices: ({ dueDay, paidDay, amount: money }: InvoiceMapping, { day, amount }: ReturnType<typeof partsOf>) => {
    const paid = paidDay ? day(paidDay) : () => undefined;
    return { dueDay: day(dueDay), paidDay: (row: readonly string[]) => paid(row) ?? (paidDay ? null : undefined), amount: amount(money) };
  },
} as const satisfies { [K in StatedName]: (mapping: Mappings[K], parts: ReturnType<typeof partsOf>) => Record<string, PartReader> };

/** Compiles a mapping of contacts, tickets, touches, contracts or invoices into a reader of rows. */
export const statedReader = <K extends StatedName>(kind: K, mapping: Mappings[K], columns: readonly string[], timezone: string): RowReader<MappedItem> => {
  const of = partsOf(columns, timezone);
  const [key, account] = [of.text(mapping.externalId), of.text(mapping.account)];
  const read = readers[kind] as (mapping: Mappings[K], parts: typeof of) => Record<string, PartReader>;
  const parts = Object.entries(read(mapping, of));
  return (row) => {
    if (row.length !== columns.length) return refused('wrong-columns', `The row has ${row.length} columns, the header ${columns.length}`);
    const [externalId, of] = [key(row), account(row)];
    if (externalId === undefined) return refused('no-key');
    if (of === undefined) return refused('no-account');
    const item: Record<string, unknown> = { externalId, account: of };
    for (const [name, part] of parts) {
      const said = part(row);
      if (isRefused(said)) return said;
      if (said !== undefined) item[name] = said;
    }
    const checked = checkedItem<object>(schemas[kind], item);
    return 'item' in checked ? item : refused('bad-item', checked.message);
  };
};

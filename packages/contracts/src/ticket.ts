import { TICKET_SEVERITIES } from '@tideline/domain/ticket';
import * as z from 'zod';
import { op } from './operation.ts';
import { PageQuery, pageOf } from './page.ts';
import { AccountKey, Line, OwnKey, statedList, StatedReply, WebAddress } from './stated.ts';
import { Id, IdParams, Nothing, TimeOut } from './value.ts';

export const TICKET_STATES = ['open', 'closed'] as const;
const Time = z.iso.datetime({ offset: true, error: 'Write the time as ISO 8601 with an offset, for example 2026-11-22T09:30:00Z' });

const fields = {
  subject: Line(500).meta({ description: 'without it: the key' }),
  severity: z.enum(TICKET_SEVERITIES).meta({ description: 'normal where none is given' }),
  status: z.enum(TICKET_STATES).meta({ description: 'closed without closedAt: closed when this comes in, unless it is closed already' }),
  openedAt: Time.meta({ description: 'without it: when it first comes in' }),
  closedAt: Time.nullable().meta({ description: 'null: open' }),
  url: WebAddress.nullable().meta({ description: 'where people read it' }),
};
type Timed = { status?: string | undefined; openedAt?: string | undefined; closedAt?: string | null | undefined };
const agrees = ({ status, openedAt, closedAt }: Timed): boolean =>
  (status === undefined || closedAt === undefined || (status === 'closed') === (closedAt !== null)) &&
  (!openedAt || !closedAt || Date.parse(openedAt) <= Date.parse(closedAt));
const disagreement = { error: 'Its status and times do not agree: a closed ticket has a closing time, not before it was opened', path: ['closedAt'] };

/** What is named is set, what is left out stays as it was; null empties it. */
export const TicketItem = z
  .strictObject({ externalId: OwnKey, account: AccountKey, ...z.object(fields).partial().shape })
  .refine(agrees, disagreement)
  .meta({ id: 'TicketItem' });
export type TicketItem = z.output<typeof TicketItem>;

export const Ticket = z
  .object({
    id: Id,
    externalId: z.string(),
    account: z.object({ id: Id, externalId: z.string() }),
    subject: z.string(),
    severity: z.enum(TICKET_SEVERITIES),
    status: z.enum(TICKET_STATES),
    openedAt: TimeOut,
    closedAt: TimeOut.nullable(),
    url: z.string().nullable(),
  })
  .meta({ id: 'Ticket' });
export type Ticket = z.output<typeof Ticket>;

const base = { tag: 'Tickets', permission: 'account.edit', key: 'manage' } as const;
export const ticketOperations = {
  putTickets: op({
    ...base,
    method: 'POST',
    path: '/tickets',
    summary: 'Create or change tickets, up to 1,000 at once, by your own keys',
    body: statedList('TicketItem'),
    reply: StatedReply,
  }),
  listTickets: op({
    ...base,
    permission: 'account.read',
    key: 'read',
    method: 'GET',
    path: '/tickets',
    summary: 'Tickets, of one account or of all',
    query: z.object({ account: AccountKey.optional(), status: z.enum(TICKET_STATES).optional() }).extend(PageQuery.shape),
    reply: pageOf(Ticket),
  }),
  changeTicket: op({
    ...base,
    method: 'PATCH',
    path: '/tickets/{id}',
    summary: 'Change, close or reopen a ticket',
    params: IdParams,
    body: z.strictObject(fields).partial().refine(agrees, disagreement),
    reply: Ticket,
  }),
  deleteTicket: op({ ...base, method: 'DELETE', path: '/tickets/{id}', summary: 'Delete a ticket', params: IdParams, reply: Nothing }),
};

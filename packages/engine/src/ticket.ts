import { randomUUID } from 'node:crypto';
import type { BodyOf, QueryOf } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import { TicketItem, type ticketOperations } from '@tideline/contracts/ticket';
import { ticketPage, type TicketRow, ticketsBy } from '@tideline/db/read/ticket';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { audit } from '@tideline/db/write/audit';
import { lockStated } from '@tideline/db/write/stated';
import { removeTicket, writeTickets } from '@tideline/db/write/ticket';
import type { Deps, Who } from './deps.ts';
import { noteOthers } from './other-signal.ts';
import { accountIn, pageFor } from './stated-page.ts';
import { named, putStated, tellStated, type Refused, type StatedKind } from './stated.ts';

type Ops = typeof ticketOperations;

/** A ticket with what is named of it laid over what there is. */
const changed = (base: TicketRow, { status, openedAt: opened, closedAt: closed, ...fields }: BodyOf<Ops['changeTicket']>, at: Date): TicketRow | Refused => {
  const openedAt = opened === undefined ? base.openedAt : new Date(opened);
  const closing = status === 'closed' ? (base.closedAt ?? new Date(Math.max(at.getTime(), openedAt.getTime()))) : base.closedAt;
  const stated = typeof closed === 'string' ? new Date(closed) : closed;
  const closedAt = stated === undefined ? (status === 'open' ? null : closing) : stated;
  if (closedAt && closedAt < openedAt) return { code: 'invalid', message: 'closedAt: it lies before the ticket was opened' };
  return { ...base, ...named(fields), openedAt, closedAt };
};

export const ticketKind: StatedKind<TicketItem, TicketRow> = {
  of: 'tickets',
  item: TicketItem,
  stored: (tx, keys) => ticketsBy(tx, { keys }),
  layer: async (_tx, _items, at) => (item, before, accountId) => {
    const { externalId, account: _account, ...fields } = item;
    const base: TicketRow = before ?? { ...fresh, id: randomUUID(), accountId, externalId, subject: externalId, openedAt: openedOf(item, at) };
    const row = changed(base, fields, at);
    return 'code' in row ? row : { row: { ...row, accountId } };
  },
  write: writeTickets,
};
const fresh = { severity: 'normal', url: null, closedAt: null } as const;
/** One that comes in closed and does not say when it was opened was so at that moment at the latest. */
const openedOf = ({ closedAt }: TicketItem, at: Date): Date => (closedAt ? new Date(Math.min(at.getTime(), Date.parse(closedAt))) : at);

const shown = ({ accountId: _account, ...ticket }: TicketRow) => ({
  ...ticket,
  status: ticket.closedAt === null ? 'open' : 'closed',
  openedAt: ticket.openedAt.toISOString(),
  closedAt: ticket.closedAt?.toISOString() ?? null,
});

/** Creates and changes tickets by the workspace's own keys. */
export const put = (deps: Deps, who: Who, given: BodyOf<Ops['putTickets']>) => putStated(deps, who, ticketKind, given);

/** Tickets of one account or of all. */
export const list = async (deps: Deps, who: Who, { status, ...query }: QueryOf<Ops['listTickets']>) => {
  const open = status === undefined ? null : status === 'open';
  const { items, next } = await pageFor(deps, who, query, (tx, of) => ticketPage(tx, of, open));
  return { items: items.map(({ account, ...row }) => ({ ...shown({ ...row, accountId: account.id }), account })), next };
};

const one = async (tx: WorkspaceTx, who: Who, id: string): Promise<{ row: TicketRow; account: { id: string; externalId: string } }> => {
  const [row] = await ticketsBy(tx, { ids: [id] });
  const account = row && (await accountIn(tx, who, row.accountId));
  if (!row || !account) throw new Problem('not-found', 'There is no such ticket');
  return { row, account };
};

/** Changes what is named of a ticket. */
export const change = async (deps: Deps, who: Who, id: string, body: BodyOf<Ops['changeTicket']>) => {
  const ticket = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    await lockStated(tx);
    const { row, account } = await one(tx, who, id);
    const after = changed(row, body, deps.now());
    if ('code' in after) throw new Problem('rule-violated', after.message);
    await writeTickets(tx, [after], deps.now());
    await noteOthers(tx, [after.accountId], deps.now());
    await audit(tx, who, 'ticket.change', 'ticket', id, row, after);
    return { ...shown(after), account };
  });
  await tellStated(deps, who.workspaceId, [ticket.account.id]);
  return ticket;
};

export const remove = async (deps: Deps, who: Who, id: string): Promise<void> => {
  const accountId = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    await lockStated(tx);
    const { row } = await one(tx, who, id);
    await removeTicket(tx, id);
    await noteOthers(tx, [row.accountId], deps.now());
    await audit(tx, who, 'ticket.delete', 'ticket', id, row, null);
    return row.accountId;
  });
  await tellStated(deps, who.workspaceId, [accountId]);
};

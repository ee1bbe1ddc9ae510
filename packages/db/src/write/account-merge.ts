import { Prisma } from '../../generated/client.ts';
import type { Day } from '@tideline/domain/calendar';
import { plain } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';
import { sentUnder } from '../read/account-merge.ts';
import { listInTriage } from './triage-row.ts';

type Pair = { from: string; into: string };

export const openMerge = async (tx: WorkspaceTx, { from, into }: Pair, by: { actor: string; actorId: string | null; at: Date }): Promise<string> => {
  const data = { workspaceId: tx.workspaceId, fromId: from, intoId: into, actor: by.actor, actorId: by.actorId, madeAt: by.at };
  return (await tx.db.accountMerge.create({ data, select: { id: true } })).id;
};

/**
 * Makes events of some days of one account those of another, and the facts that corrections hold of those days with them.
 * `sentAs`: only those sent under the keys of these accounts. What counts where it was not sent for keeps under whose key it came.
 */
export const moveEvents = async (
  tx: WorkspaceTx,
  { accountId, to, sentAs }: { accountId: string; to: string; sentAs: readonly string[] | null },
  { first, last, timezone }: { first: Day; last: Day; timezone: string },
): Promise<number> => {
  const of = Prisma.sql`workspace_id = ${tx.workspaceId}::uuid AND account_id = ${accountId}::uuid ${sentUnder(sentAs)}`;
  return tx.db.$executeRaw`
    UPDATE event SET account_id = ${to}::uuid, sent_as = nullif(coalesce(sent_as, ${accountId}::uuid), ${to}::uuid) WHERE ${of}
      AND time >= (${first}::date::timestamp AT TIME ZONE ${timezone}) AND time < ((${last}::date + 1)::timestamp AT TIME ZONE ${timezone})`;
};

/** Makes what corrections took out of force that of another account, as `moveEvents` does with what is in force. */
export const moveVoided = (tx: WorkspaceTx, { accountId, to, sentAs }: { accountId: string; to: string; sentAs: readonly string[] | null }): Promise<number> =>
  tx.db.$executeRaw`
    UPDATE voided_event SET account_id = ${to}::uuid, sent_as = nullif(coalesce(sent_as, ${accountId}::uuid), ${to}::uuid)
    WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ${accountId}::uuid ${sentUnder(sentAs)}`;

/** Keeps which accounts a merge that begins made part of others. */
export const noteFamily = async (tx: WorkspaceTx, id: string, family: MovedLink[]): Promise<void> => {
  await tx.db.accountMerge.updateMany({ where: { workspaceId: tx.workspaceId, id }, data: { moved: { family } } });
};

export const noteMoved = async (tx: WorkspaceTx, id: string, events: number, firstDay: Day): Promise<void> => {
  await tx.db.$executeRaw`
    UPDATE account_merge SET events = events + ${events}, first_day = least(first_day, ${firstDay}::date)
    WHERE workspace_id = ${tx.workspaceId}::uuid AND id = ${id}::uuid`;
};

/** What a merge moved beside events, and how things stood before. */
export type MovedWork = {
  status: string;
  intoCreatedDay: Day | null;
  /** Accounts merged into `from` before. */
  aliases: string[];
  contracts: string[];
  tasks: string[];
  touches: string[];
  /** Absent where a merge was made before there were any. */
  contacts?: string[];
  tickets?: string[];
  invoices?: string[];
  sentiments?: string[];
  alerts: string[];
  /** Alerts that were resolved because the surviving account has one open by the same rule. */
  closed: { id: string; state: string }[];
  /** Accounts that became part of another by it. */
  family?: MovedLink[];
};
export type MovedLink = { id: string; before: string | null; after: string | null };

const MOVED_TABLES = {
  contracts: 'contract',
  tasks: 'task',
  touches: 'touch',
  contacts: 'contact',
  tickets: 'ticket',
  invoices: 'invoice',
  sentiments: 'sentiment',
  alerts: 'alert',
} as const;

/** Moves the work on `from` to `into`, and lets the key of `from` mean `into` from now on. */
export const makeMerged = async (tx: WorkspaceTx, id: string, { from, into }: Pair, at: Date, today: Day): Promise<void> => {
  const own = Prisma.sql`workspace_id = ${tx.workspaceId}::uuid`;
  const closed = await tx.db.$queryRaw<{ id: string; state: string }[]>`
    WITH was AS (SELECT a.id, a.state FROM alert a WHERE a.${own} AND a.account_id = ${from}::uuid AND a.state <> 'resolved'
      AND EXISTS (SELECT 1 FROM alert o WHERE o.${own} AND o.account_id = ${into}::uuid AND o.rule_id = a.rule_id AND o.state <> 'resolved'))
    UPDATE alert a SET state = 'resolved', resolved_on = ${today}::date, resolved_at = ${at}, resolution = 'The account was merged into one with the same alert'
    FROM was WHERE a.${own} AND a.id = was.id RETURNING a.id::text, was.state`;
  const moved: Record<string, string[]> = {};
  for (const [name, table] of Object.entries(MOVED_TABLES)) {
    const rows = await tx.db.$queryRaw<{ id: string }[]>`
      UPDATE ${Prisma.raw(table)} SET account_id = ${into}::uuid WHERE ${own} AND account_id = ${from}::uuid RETURNING id::text`;
    moved[name] = rows.map(({ id: row }) => row);
  }
  const aliases = await tx.db.$queryRaw<
    { id: string }[]
  >`UPDATE account SET merged_into = ${into}::uuid WHERE ${own} AND merged_into = ${from}::uuid RETURNING id::text`;
  const [before] = await tx.db.$queryRaw<{ status: string; intoCreatedDay: Day | null }[]>`
    SELECT f.status, i.created_day::text AS "intoCreatedDay" FROM account f, account i WHERE f.${own} AND f.id = ${from}::uuid AND i.${own} AND i.id = ${into}::uuid`;
  const { family = [] } = await movedWork(tx, id);
  const work = { family, ...before, ...moved, closed, aliases: aliases.map(({ id: alias }) => alias) } as MovedWork;
  await tx.db.$executeRaw`
    UPDATE account i SET created_day = least(i.created_day, f.created_day), updated_at = ${at} FROM account f
    WHERE i.${own} AND i.id = ${into}::uuid AND f.${own} AND f.id = ${from}::uuid AND i.created_via NOT IN ('hand', 'api')`;
  await tx.db.account.updateMany({ where: { workspaceId: tx.workspaceId, id: from }, data: { status: 'merged', mergedInto: into, updatedAt: at } });
  await tx.db.accountMerge.updateMany({ where: { workspaceId: tx.workspaceId, id }, data: { state: 'merged', moved: work } });
  await keysChanged(tx, [from, into]);
};

/** Gives `from` its key and its work back. Its events follow, page by page. */
export const makeApart = async (tx: WorkspaceTx, id: string, { from, into }: Pair, at: Date): Promise<void> => {
  const own = Prisma.sql`workspace_id = ${tx.workspaceId}::uuid`;
  const work = await movedWork(tx, id);
  for (const [name, table] of Object.entries(MOVED_TABLES)) {
    await tx.db.$executeRaw`
      UPDATE ${Prisma.raw(table)} SET account_id = ${from}::uuid
      WHERE ${own} AND account_id = ${into}::uuid AND id = ANY(${plain(work[name as keyof typeof MOVED_TABLES] ?? [])}::uuid[])`;
  }
  await tx.db.$executeRaw`
    UPDATE alert a SET state = was.state, resolved_on = NULL, resolved_at = NULL, resolution = NULL
    FROM jsonb_to_recordset(${JSON.stringify(work.closed)}::jsonb) AS was (id uuid, state text) WHERE a.${own} AND a.id = was.id`;
  await tx.db.$executeRaw`
    UPDATE account SET created_day = least(${work.intoCreatedDay}::date, (SELECT min(day) FROM event WHERE ${own} AND account_id = ${into}::uuid AND sent_as IS NULL)), updated_at = ${at}
    WHERE ${own} AND id = ${into}::uuid AND created_via NOT IN ('hand', 'api')`;
  await tx.db.$executeRaw`
    UPDATE account SET created_day = least(created_day, (SELECT min(day) FROM event WHERE ${own} AND account_id = ${into}::uuid AND sent_as = ${from}::uuid))
    WHERE ${own} AND id = ${from}::uuid AND created_via NOT IN ('hand', 'api')`;
  await tx.db.account.updateMany({ where: { workspaceId: tx.workspaceId, id: from }, data: { status: work.status, mergedInto: null, updatedAt: at } });
  await tx.db.account.updateMany({ where: { workspaceId: tx.workspaceId, id: { in: work.aliases } }, data: { mergedInto: from } });
  await tx.db.accountMerge.updateMany({ where: { workspaceId: tx.workspaceId, id }, data: { state: 'undoing', undoneAt: at } });
  await keysChanged(tx, [from, into]);
};

/** The last page of an undoing is done. */
export const closeMerge = async (tx: WorkspaceTx, id: string): Promise<void> => {
  await tx.db.accountMerge.updateMany({ where: { workspaceId: tx.workspaceId, id }, data: { state: 'undone' } });
};

/** What a merge moved beside events. */
export const movedWork = async (tx: WorkspaceTx, id: string): Promise<MovedWork> => {
  const row = await tx.db.accountMerge.findUniqueOrThrow({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id } }, select: { moved: true } });
  return row.moved as MovedWork;
};

type Stated = Exclude<keyof typeof MOVED_TABLES, 'tasks' | 'alerts' | 'sentiments'>;

/** What was stated under the key of a merged account: it counts where that was merged into, and goes back with it. */
export const noteStated = async (tx: WorkspaceTx, from: string, of: Stated, ids: readonly string[]): Promise<void> => {
  await tx.db.$executeRaw`
    UPDATE account_merge SET moved = jsonb_set(moved, ${plain([of])}::text[], coalesce(moved -> ${of}::text, '[]') || ${JSON.stringify(ids)}::jsonb)
    WHERE workspace_id = ${tx.workspaceId}::uuid AND from_id = ${from}::uuid AND state = 'merged'`;
};

/** What was stated for another account since: no merge gives it back any more. */
export const forgetStated = async (tx: WorkspaceTx, of: Stated, ids: readonly string[]): Promise<void> => {
  await tx.db.$executeRaw`
    UPDATE account_merge SET moved = jsonb_set(moved, ${plain([of])}::text[], (moved -> ${of}::text) - ${plain(ids)}::text[])
    WHERE workspace_id = ${tx.workspaceId}::uuid AND state = 'merged' AND moved -> ${of}::text ?| ${plain(ids)}::text[]`;
};

const keysChanged = async (tx: WorkspaceTx, accounts: readonly string[]): Promise<void> => {
  await tx.db.$executeRaw`UPDATE workspace SET merges = merges + 1 WHERE id = ${tx.workspaceId}::uuid`;
  await listInTriage(tx, accounts);
};

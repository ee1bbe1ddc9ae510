import type { Day } from '@tideline/domain/calendar';
import type { DecimalText } from '@tideline/domain/money';
import { Prisma } from '../../generated/client.ts';
import type { StatementTx, WorkspaceTx } from '../workspace.ts';

export type MergeState = 'merging' | 'merged' | 'undoing' | 'undone';
export type Named = { id: string; externalId: string; name: string; status: string; mergedInto: string | null };

/** These accounts, in no order; another workspace's are absent. */
export const namedAccounts = (tx: WorkspaceTx, ids: readonly string[]): Promise<Named[]> =>
  tx.db.account.findMany({
    where: { workspaceId: tx.workspaceId, id: { in: [...ids] } },
    select: { id: true, externalId: true, name: true, status: true, mergedInto: true },
  });

export type MergeRow = {
  id: string;
  from: { id: string; externalId: string; name: string };
  into: { id: string; externalId: string; name: string };
  state: MergeState;
  events: number;
  firstDay: Day | null;
  actor: string;
  madeAt: Date;
  undoneAt: Date | null;
};

/** Merges, the latest first: all of them, or those of one account, into it or of itself. */
export const merges = (tx: WorkspaceTx, of: { id?: string; account?: string }): Promise<MergeRow[]> =>
  tx.db.$queryRaw<MergeRow[]>`
    SELECT m.id::text, jsonb_build_object('id', f.id, 'externalId', f.external_id, 'name', f.name) AS "from",
      jsonb_build_object('id', i.id, 'externalId', i.external_id, 'name', i.name) AS "into",
      m.state, m.events, m.first_day::text AS "firstDay", m.actor, m.made_at AS "madeAt", m.undone_at AS "undoneAt"
    FROM account_merge m
    JOIN account f ON f.workspace_id = m.workspace_id AND f.id = m.from_id
    JOIN account i ON i.workspace_id = m.workspace_id AND i.id = m.into_id
    WHERE m.workspace_id = ${tx.workspaceId}::uuid
      ${of.id === undefined ? Prisma.empty : Prisma.sql`AND m.id = ${of.id}::uuid`}
      ${of.account === undefined ? Prisma.empty : Prisma.sql`AND ${of.account}::uuid IN (m.from_id, m.into_id)`}
    ORDER BY m.made_at DESC, m.id LIMIT 200`;

/** Whether a merge that either of these accounts has part in is being made or undone at this moment. */
export const isBeingMerged = async (tx: WorkspaceTx, ids: readonly string[]): Promise<boolean> => {
  const either = [{ fromId: { in: [...ids] } }, { intoId: { in: [...ids] } }];
  return (await tx.db.accountMerge.count({ where: { workspaceId: tx.workspaceId, state: { in: ['merging', 'undoing'] }, OR: either } })) > 0;
};

export type Holdings = {
  events: number;
  days: number;
  firstDay: Day | null;
  tasks: number;
  openTasks: number;
  alerts: number;
  openAlerts: number;
  touches: number;
  contacts: number;
  tickets: number;
  contracts: number;
};

/** What an account has that a merge moves. `firstDay`: its first day of usage, also where the events are gone. */
export const holdingsOf = async (tx: WorkspaceTx, id: string): Promise<Holdings> => {
  const of = Prisma.sql`workspace_id = ${tx.workspaceId}::uuid AND account_id = ${id}::uuid`;
  const [row] = await tx.db.$queryRaw<Holdings[]>`
    SELECT e.events, e.days, (SELECT min(day)::text FROM daily_usage WHERE ${of} AND (quantity <> 0 OR active <> 0)) AS "firstDay",
      t.tasks, t.open AS "openTasks", l.alerts, l.open AS "openAlerts", (SELECT count(*)::int FROM touch WHERE ${of}) AS touches,
      (SELECT count(*)::int FROM contact WHERE ${of}) AS contacts, (SELECT count(*)::int FROM ticket WHERE ${of}) AS tickets, (SELECT count(*)::int FROM contract WHERE ${of}) AS contracts
    FROM (SELECT count(*)::int AS events, count(DISTINCT day)::int AS days FROM event WHERE ${of}) e,
      (SELECT count(*)::int AS tasks, count(*) FILTER (WHERE state = 'open')::int AS open FROM task WHERE ${of}) t,
      (SELECT count(*)::int AS alerts, count(*) FILTER (WHERE state <> 'resolved')::int AS open FROM alert WHERE ${of}) l`;
  if (!row) throw new Error('aggregates answer a row');
  return row;
};

/** What an account used, of each meter whose days add up. */
export const usageOf = (tx: WorkspaceTx, id: string): Promise<{ id: string; name: string; unit: string; quantity: DecimalText }[]> =>
  tx.db.$queryRaw<{ id: string; name: string; unit: string; quantity: DecimalText }[]>`
    SELECT m.id::text, m.name, m.unit, trim_scale(sum(d.quantity))::text AS quantity
    FROM daily_usage d
    JOIN meter_version v ON v.workspace_id = d.workspace_id AND v.id = d.meter_version_id AND v.state = 'current' AND v.aggregation IN ('SUM', 'COUNT')
    JOIN meter m ON m.workspace_id = v.workspace_id AND m.id = v.meter_id AND m.archived_at IS NULL
    WHERE d.workspace_id = ${tx.workspaceId}::uuid AND d.account_id = ${id}::uuid
    GROUP BY m.id, m.name, m.unit, m.position, m.key HAVING sum(d.quantity) <> 0 ORDER BY m.position, m.key`;

/** Revenue of two accounts by month, the latest `months` in which the first earned. */
export const monthsOfTwo = (tx: WorkspaceTx, from: string, into: string, months: number): Promise<{ month: Day; from: DecimalText; into: DecimalText }[]> =>
  tx.db.$queryRaw<{ month: Day; from: DecimalText; into: DecimalText }[]>`
    SELECT f.month::text, trim_scale(f.amount)::text AS "from", trim_scale(coalesce(i.amount, 0))::text AS "into"
    FROM monthly_revenue f
    LEFT JOIN monthly_revenue i ON i.workspace_id = f.workspace_id AND i.account_id = ${into}::uuid AND i.month = f.month
    WHERE f.workspace_id = ${tx.workspaceId}::uuid AND f.account_id = ${from}::uuid AND f.amount <> 0
    ORDER BY f.month DESC LIMIT ${months}`;

/** Where events of an account that were sent under some key lie: the next whole days behind a day, about `size` events. */
export const nextDays = async (
  tx: StatementTx,
  { accountId, sentAs }: { accountId: string; sentAs: readonly string[] | null },
  { after, size, timezone }: { after: Day | null; size: number; timezone: string },
): Promise<Day[]> => {
  const behind = after === null ? Prisma.empty : Prisma.sql`AND time >= ((${after}::date + 1)::timestamp AT TIME ZONE ${timezone})`;
  const rows = await tx.db.$queryRaw<{ day: Day; events: number }[]>`
    SELECT day::text, count(*)::int AS events FROM (
      SELECT day FROM event WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ${accountId}::uuid ${sentUnder(sentAs)} ${behind}
      ORDER BY time LIMIT ${size}) page
    GROUP BY day ORDER BY day`;
  const full = rows.reduce((sum, { events }) => sum + events, 0) === size;
  // The last day of a full page may go on behind it; a first one that fills the page is taken whole.
  return (full && rows.length > 1 ? rows.slice(0, -1) : rows).map(({ day }) => day);
};

/** Which events of an account: null: all of them, else those sent under the keys of these accounts. */
export const sentUnder = (sentAs: readonly string[] | null): Prisma.Sql =>
  sentAs === null ? Prisma.empty : Prisma.sql`AND sent_as = ANY(${`{${sentAs.join(',')}}`}::uuid[])`;

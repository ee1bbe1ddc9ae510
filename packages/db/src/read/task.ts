import type { Day } from '@tideline/domain/calendar';
import { Prisma } from '../../generated/client.ts';
import type { WorkspaceTx } from '../workspace.ts';
import { clearedOn, ownedBy, personOf, workAccount, type OwnerFilter, type PersonRef, type WorkAccountRow } from './work-account.ts';

export type TaskRow = {
  id: string;
  title: string;
  note: string;
  state: string;
  dueDay: string | null;
  overdue: boolean;
  owner: PersonRef;
  account: WorkAccountRow;
  alert: { id: string; sentence: string; state: string; clearedOn: string | null } | null;
  outcome: string | null;
  closedAt: Date | null;
  closedBy: PersonRef;
  createdBy: PersonRef;
  createdAt: Date;
};

export type TaskFilter = {
  /** `closed`: done or dismissed. */
  state?: string | undefined;
  owner?: OwnerFilter;
  /** Due on this day or earlier. */
  dueBy?: Day | undefined;
  account?: string | undefined;
  ids?: readonly string[];
  /** Only tasks about accounts this person owns. */
  accountsOf?: string | null;
};
/** Where the page before ended; `due` is `infinity` where no day is set. */
export type TaskCursor = { due: string; id: string };

const whereOf = (tx: WorkspaceTx, filter: TaskFilter): Prisma.Sql[] => [
  Prisma.sql`t.workspace_id = ${tx.workspaceId}::uuid`,
  ...(filter.state === 'closed' ? [Prisma.sql`t.state <> 'open'`] : []),
  ...(filter.state && filter.state !== 'closed' ? [Prisma.sql`t.state = ${filter.state}`] : []),
  ...ownedBy(Prisma.sql`t.owner_id`, filter.owner),
  ...(filter.dueBy ? [Prisma.sql`t.due_day <= ${filter.dueBy}::date`] : []),
  ...(filter.account ? [Prisma.sql`t.account_id = ${filter.account}::uuid`] : []),
  ...(filter.ids ? [Prisma.sql`t.id = ANY (${filter.ids}::uuid[])`] : []),
  ...(filter.accountsOf ? [Prisma.sql`a.owner_id = ${filter.accountsOf}::uuid`] : []),
];

/** A page of tasks, the first due first, those without a day last. `today` decides what is overdue. */
export const taskPage = (tx: WorkspaceTx, filter: TaskFilter, today: Day, cursor: TaskCursor | null, limit: number): Promise<TaskRow[]> => {
  const after = cursor ? [Prisma.sql`(coalesce(t.due_day, 'infinity'), t.id) > (${cursor.due}::date, ${cursor.id}::uuid)`] : [];
  return tx.db.$queryRaw<TaskRow[]>`
    SELECT t.id, t.title, t.note, t.state, t.due_day::text AS "dueDay", t.state = 'open' AND coalesce(t.due_day < ${today}::date, false) AS overdue,
      ${personOf(Prisma.sql`t.owner_id`)} AS owner, ${workAccount} AS account,
      CASE WHEN al.id IS NOT NULL THEN jsonb_build_object('id', al.id, 'sentence', al.sentence, 'state', al.state, 'clearedOn', ${clearedOn}) END AS alert,
      t.outcome, t.closed_at AS "closedAt", ${personOf(Prisma.sql`t.closed_by`)} AS "closedBy",
      ${personOf(Prisma.sql`t.created_by`)} AS "createdBy", t.created_at AS "createdAt"
    FROM task t
    JOIN account a ON a.workspace_id = t.workspace_id AND a.id = t.account_id
    LEFT JOIN score s ON s.workspace_id = t.workspace_id AND s.account_id = t.account_id
    LEFT JOIN alert al ON al.workspace_id = t.workspace_id AND al.id = t.alert_id
    WHERE ${Prisma.join([...whereOf(tx, filter), ...after], ' AND ')}
    ORDER BY coalesce(t.due_day, 'infinity'), t.id LIMIT ${limit}`;
};

/** The tasks a move is about, locked until the move is made, with what a message says of them. */
export type MovableTask = {
  id: string;
  state: string;
  title: string;
  dueDay: string | null;
  ownerId: string | null;
  alertId: string | null;
  account: { id: string; externalId: string; name: string; slug: string };
};
export const tasksToMove = (tx: WorkspaceTx, ids: readonly string[], accountsOf: string | null): Promise<MovableTask[]> =>
  tx.db.$queryRaw<MovableTask[]>`
    SELECT t.id, t.state, t.title, t.due_day::text AS "dueDay", t.owner_id AS "ownerId", t.alert_id AS "alertId",
      jsonb_build_object('id', a.id, 'externalId', a.external_id, 'name', a.name, 'slug', w.slug) AS account
    FROM task t
    JOIN account a ON a.workspace_id = t.workspace_id AND a.id = t.account_id
    JOIN workspace w ON w.id = t.workspace_id
    WHERE t.workspace_id = ${tx.workspaceId}::uuid AND t.id = ANY (${ids}::uuid[]) AND (${accountsOf}::uuid IS NULL OR a.owner_id = ${accountsOf}::uuid)
    ORDER BY t.id FOR UPDATE OF t`;

import { randomUUID } from 'node:crypto';
import type { Day } from '@tideline/domain/calendar';
import type { WorkspaceTx } from '../workspace.ts';

export type NewTask = {
  accountId: string;
  alertId: string | null;
  title: string;
  note: string;
  ownerId: string | null;
  dueDay: Day | null;
  createdBy: string | null;
};

/** Opens tasks; returns their ids in the order given. */
export const insertTasks = async (tx: WorkspaceTx, tasks: readonly NewTask[], now: Date): Promise<string[]> => {
  if (tasks.length === 0) return [];
  const ids = tasks.map(() => randomUUID());
  await tx.db.$executeRaw`
    INSERT INTO task (workspace_id, id, account_id, alert_id, title, note, owner_id, due_day, created_by, created_at)
    SELECT ${tx.workspaceId}::uuid, n.id, n.account_id, n.alert_id, n.title, n.note, n.owner_id, n.due_day, n.created_by, ${now}
    FROM unnest(${ids}::uuid[], ${tasks.map((t) => t.accountId)}::uuid[], ${tasks.map((t) => t.alertId)}::uuid[],
      ${tasks.map((t) => t.title)}::text[], ${tasks.map((t) => t.note)}::text[], ${tasks.map((t) => t.ownerId)}::uuid[],
      ${tasks.map((t) => t.dueDay)}::date[], ${tasks.map((t) => t.createdBy)}::uuid[])
      AS n (id, account_id, alert_id, title, note, owner_id, due_day, created_by)`;
  return ids;
};

export type TaskEdit = Partial<{ title: string; note: string; ownerId: string | null; dueDay: Day | null }>;

/** Changes tasks the caller has locked. */
export const updateTasks = (tx: WorkspaceTx, ids: readonly string[], { dueDay, ...edit }: TaskEdit) => {
  const due = dueDay === undefined ? {} : { dueDay: dueDay === null ? null : new Date(`${dueDay}T00:00:00Z`) };
  return tx.db.task.updateMany({ where: { workspaceId: tx.workspaceId, id: { in: [...ids] } }, data: { ...edit, ...due } });
};

/** Closes tasks the caller has locked, with what came of them. */
export const closeTasks = (tx: WorkspaceTx, ids: readonly string[], state: 'done' | 'dismissed', closed: { by: string | null; now: Date; outcome: string }) =>
  tx.db.task.updateMany({
    where: { workspaceId: tx.workspaceId, id: { in: [...ids] } },
    data: { state, outcome: closed.outcome === '' ? null : closed.outcome, closedAt: closed.now, closedBy: closed.by },
  });

/** Undoes closing. */
export const reopenTasks = (tx: WorkspaceTx, ids: readonly string[]) =>
  tx.db.task.updateMany({
    where: { workspaceId: tx.workspaceId, id: { in: [...ids] } },
    data: { state: 'open', outcome: null, closedAt: null, closedBy: null },
  });

/** Hands the open tasks of these alerts to a person; returns their ids. */
export const assignTasksOf = async (tx: WorkspaceTx, alertIds: readonly string[], ownerId: string | null): Promise<string[]> => {
  const rows = await tx.db.task.updateManyAndReturn({
    where: { workspaceId: tx.workspaceId, alertId: { in: [...alertIds] }, state: 'open' },
    data: { ownerId },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
};

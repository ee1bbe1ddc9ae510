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

import type { Day } from '@tideline/domain/calendar';
import type { WorkspaceTx } from '../workspace.ts';

export type NewAlert = { ruleId: string; accountId: string; day: Day; sentence: string; evidence: unknown; digest: boolean; assigneeId: string | null };

/** Opens alerts; one that is open already for the same rule and account stays as it is. Returns those that are new. */
export const insertAlerts = async (tx: WorkspaceTx, alerts: readonly NewAlert[], now: Date): Promise<{ id: string; ruleId: string; accountId: string }[]> => {
  if (alerts.length === 0) return [];
  return tx.db.$queryRaw<{ id: string; ruleId: string; accountId: string }[]>`
    INSERT INTO alert (workspace_id, rule_id, account_id, opened_on, opened_at, sentence, evidence, digest, assignee_id)
    SELECT ${tx.workspaceId}::uuid, n.rule_id, n.account_id, n.day, ${now}, n.sentence, n.evidence::jsonb, n.digest, n.assignee_id
    FROM unnest(${alerts.map((a) => a.ruleId)}::uuid[], ${alerts.map((a) => a.accountId)}::uuid[], ${alerts.map((a) => a.day)}::date[],
      ${alerts.map((a) => a.sentence)}::text[], ${alerts.map((a) => JSON.stringify(a.evidence))}::text[], ${alerts.map((a) => a.digest)}::bool[],
      ${alerts.map((a) => a.assigneeId)}::uuid[]) AS n (rule_id, account_id, day, sentence, evidence, digest, assignee_id)
    ORDER BY n.rule_id, n.account_id
    ON CONFLICT (workspace_id, rule_id, account_id) WHERE state <> 'resolved' DO NOTHING
    RETURNING id, rule_id AS "ruleId", account_id AS "accountId"`;
};

/** Resolves alerts that cleared by themselves; returns the ids of those that were open. */
export const resolveAlerts = async (tx: WorkspaceTx, alerts: readonly { id: string; day: Day; sentence: string }[], now: Date): Promise<string[]> => {
  if (alerts.length === 0) return [];
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    UPDATE alert a SET state = 'resolved', resolved_on = r.day, resolved_at = ${now}, resolved_by = NULL, resolution = r.sentence, snoozed_until = NULL
    FROM unnest(${alerts.map((a) => a.id)}::uuid[], ${alerts.map((a) => a.day)}::date[], ${alerts.map((a) => a.sentence)}::text[]) AS r (id, day, sentence)
    WHERE a.workspace_id = ${tx.workspaceId}::uuid AND a.id = r.id AND a.state <> 'resolved'
    RETURNING a.id`;
  return rows.map(({ id }) => id);
};

/** Notes which task told of which alerts. */
export const markTold = (tx: WorkspaceTx, digests: readonly { taskId: string; alertIds: readonly string[] }[]): Promise<number> => {
  const pairs = digests.flatMap(({ taskId, alertIds }) => alertIds.map((alertId) => ({ taskId, alertId })));
  return tx.db.$executeRaw`
    UPDATE alert a SET digest_task_id = d.task_id
    FROM unnest(${pairs.map((p) => p.alertId)}::uuid[], ${pairs.map((p) => p.taskId)}::uuid[]) AS d (alert_id, task_id)
    WHERE a.workspace_id = ${tx.workspaceId}::uuid AND a.id = d.alert_id`;
};

/** Opens again what was snoozed until this day; returns the ids. */
export const wakeSnoozed = async (tx: WorkspaceTx, today: Day): Promise<string[]> => {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    UPDATE alert SET state = 'open', snoozed_until = NULL, snooze_reason = NULL
    WHERE workspace_id = ${tx.workspaceId}::uuid AND state = 'snoozed' AND snoozed_until <= ${today}::date RETURNING id`;
  return rows.map(({ id }) => id);
};

/** What a person did with alerts, and when. Ids are those the caller has locked and found movable. */
export type ByHand = { ids: readonly string[]; by: string | null; now: Date };

export const acknowledgeAlerts = (tx: WorkspaceTx, { ids, by, now }: ByHand) =>
  tx.db.alert.updateMany({
    where: { workspaceId: tx.workspaceId, id: { in: [...ids] } },
    data: { state: 'acknowledged', acknowledgedAt: now, acknowledgedBy: by, snoozedUntil: null, snoozeReason: null },
  });

export const snoozeAlerts = (tx: WorkspaceTx, ids: readonly string[], until: Day, reason: string) =>
  tx.db.alert.updateMany({
    where: { workspaceId: tx.workspaceId, id: { in: [...ids] } },
    data: { state: 'snoozed', snoozedUntil: new Date(`${until}T00:00:00Z`), snoozeReason: reason },
  });

export const wakeAlerts = (tx: WorkspaceTx, ids: readonly string[]) =>
  tx.db.alert.updateMany({ where: { workspaceId: tx.workspaceId, id: { in: [...ids] } }, data: { state: 'open', snoozedUntil: null, snoozeReason: null } });

export const resolveByHand = (tx: WorkspaceTx, { ids, by, now }: ByHand, day: Day, resolution: string) =>
  tx.db.alert.updateMany({
    where: { workspaceId: tx.workspaceId, id: { in: [...ids] } },
    data: { state: 'resolved', resolvedOn: new Date(`${day}T00:00:00Z`), resolvedAt: now, resolvedBy: by, resolution, snoozedUntil: null },
  });

export const assignAlerts = (tx: WorkspaceTx, ids: readonly string[], assigneeId: string | null) =>
  tx.db.alert.updateMany({ where: { workspaceId: tx.workspaceId, id: { in: [...ids] } }, data: { assigneeId } });

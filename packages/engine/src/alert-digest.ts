import type { AlertEvidence } from '@tideline/domain/alert';
import type { Day } from '@tideline/domain/calendar';
import { dueDay, severities, taskOf } from '@tideline/domain/task';
import { untoldAlerts, type UntoldAlert } from '@tideline/db/read/alert-case';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { markTold } from '@tideline/db/write/alert';
import { owe } from '@tideline/db/write/notify';
import { insertTasks } from '@tideline/db/write/task';
import { noFallout, tell, type Fallout, type Scene } from './alert.ts';
import type { Deps } from './deps.ts';
import { accountOf, factOf } from './fact.ts';

/** How many accounts a digest names before it counts the rest. */
const NAMED = 20;

/**
 * Tells of the alerts that fired while days were closed late: one task and one message for each owner. Called when the
 * catching up is over; what a crash left untold is told by the next sweep. `today` is the day tasks are due from.
 */
export const tellLate = async (deps: Deps, workspaceId: string, today: Day): Promise<void> => {
  const fallout = await withWorkspace(deps.db, workspaceId, (tx) => digest(tx, deps, today));
  await tell(deps, workspaceId, fallout);
};

const digest = async (tx: WorkspaceTx, scene: Scene, today: Day): Promise<Fallout> => {
  const untold = await untoldAlerts(tx);
  if (untold.length === 0) return noFallout;
  const byOwner = [...Map.groupBy(untold, (alert) => alert.ownerId)];
  const tasks = byOwner.map(([ownerId, alerts]) => digestTask(ownerId, alerts, today));
  const taskIds = await insertTasks(tx, tasks, scene.now());
  const facts = byOwner.map(([ownerId, alerts], i) => {
    const listed = alerts.map(({ id, sentence, accountId, ...account }) => ({
      id,
      sentence,
      account: accountOf({ ...account, id: accountId, name: account.account }, scene.baseUrl),
    }));
    const data = { ownerId, taskId: taskIds[i], title: tasks[i]?.title, alerts: listed };
    return factOf('alert.opened', taskIds[i] ?? '', scene.now(), data, 'alert.digest');
  });
  await markTold(
    tx,
    byOwner.map(([, alerts], i) => ({ taskId: taskIds[i] ?? '', alertIds: alerts.map(({ id }) => id) })),
  );
  return { alertIds: untold.map(({ id }) => id), taskIds, owed: await owe(tx, facts, scene.now()) };
};

/** The alerts come dearest first: the task stands at that account and is due by the most urgent of them. */
const digestTask = (ownerId: string | null, alerts: readonly UntoldAlert[], today: Day) => {
  const [first] = alerts as readonly [UntoldAlert, ...UntoldAlert[]];
  const evidence = first.evidence as AlertEvidence;
  const common = { accountId: first.accountId, alertId: first.id, ownerId, createdBy: null };
  if (alerts.length === 1) return { ...common, ...taskOf({ evidence, sentence: first.sentence }, first.account, today) };
  const urgent = alerts.map((alert) => (alert.evidence as AlertEvidence).rule.severity).toSorted((a, b) => severities[a].order - severities[b].order)[0];
  const lines = alerts.slice(0, NAMED).map(({ account, sentence }) => `${account}: ${sentence}`);
  const rest = alerts.length > NAMED ? [`and ${alerts.length - NAMED} more in the inbox`] : [];
  const title = `Look through ${alerts.length} alerts from days that were closed late`;
  return { ...common, title, note: [...lines, ...rest].join('\n'), dueDay: dueDay(urgent ?? 'normal', today) };
};

import type { alertOperations } from '@tideline/contracts/alert';
import type { BodyOf, QueryOf } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import { alertCounts, alertPage, alertsToMove, type MovableAlert } from '@tideline/db/read/alert';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { acknowledgeAlerts, assignAlerts, resolveByHand, snoozeAlerts, wakeAlerts } from '@tideline/db/write/alert';
import { audit } from '@tideline/db/write/audit';
import { owe } from '@tideline/db/write/notify';
import { assignTasksOf } from '@tideline/db/write/task';
import { afterAlertMove, type AlertState } from '@tideline/domain/alert';
import type { Day } from '@tideline/domain/calendar';
import { snoozeProblem, snoozeReasons } from '@tideline/domain/snooze';
import { tell } from './alert.ts';
import { cursorFrom, pageOf } from './cursor.ts';
import type { Deps, Who } from './deps.ts';
import { accountOf, factOf } from './fact.ts';
import { todayIn } from './today.ts';
import { demandMember, ownerOf, sortOut, type Moved } from './work.ts';

type Query = QueryOf<(typeof alertOperations)['listAlerts']>;
type Counted = QueryOf<(typeof alertOperations)['countAlerts']>;
type Move = BodyOf<(typeof alertOperations)['moveAlerts']>;

const filterOf = (who: Who, { owner, ...filter }: Counted) => ({ ...filter, owner: ownerOf(who, owner), accountsOf: who.ownAccountsOf });

/** A page of the inbox. */
export const page = (deps: Deps, who: Who, { sort, cursor, limit, state, ...filter }: Query) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const from = cursorFrom(cursor, sort === 'newest' ? 'time' : 'number');
    const rows = await alertPage(tx, { ...filterOf(who, filter), state }, sort, from, limit + 1);
    return pageOf(rows, limit, (row) => row.place);
  });

/** How many alerts are in each state, under the other filters. */
export const counts = (deps: Deps, who: Who, filter: Counted) => withWorkspace(deps.db, who.workspaceId, (tx) => alertCounts(tx, filterOf(who, filter)));

/** Acknowledges, assigns, snoozes, wakes or resolves: what is allowed of the rows named is done, the rest is said. */
export const move = async (deps: Deps, who: Who, wanted: Move): Promise<Moved> => {
  const done = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const today = await todayIn(tx, deps.now());
    await check(tx, wanted, today);
    const found = await alertsToMove(tx, wanted.ids, who.ownAccountsOf);
    const { allowed, refused } = sortOut(wanted.ids, found, (alert) => problemOf(alert, wanted));
    const changed = allowed.map(({ id }) => id);
    const { taskIds } = await apply(tx, deps, who, wanted, changed, today);
    const owed = wanted.move === 'resolve' ? await oweResolved(tx, deps, who, allowed, wanted.resolution) : 0;
    const { ids: _, ...after } = wanted;
    if (changed.length > 0)
      await audit(tx, who, `alert.${wanted.move}`, 'alert', changed.length === 1 ? (changed[0] ?? null) : null, null, { ...after, alerts: changed });
    return { changed, refused, taskIds, owed };
  });
  await tell(deps, who.workspaceId, { alertIds: done.changed, taskIds: done.taskIds, owed: done.owed });
  return { changed: done.changed, refused: done.refused };
};

const check = async (tx: WorkspaceTx, wanted: Move, today: Day): Promise<void> => {
  if (wanted.move === 'assign') await demandMember(tx, wanted.assignee);
  const problem = wanted.move === 'snooze' ? snoozeProblem(wanted.until, wanted.reason, wanted.note, today) : null;
  if (problem) throw new Problem('rule-violated', problem);
};

const problemOf = (alert: MovableAlert, { move: name }: Move): string | null => {
  const state = alert.state as AlertState;
  if (name === 'assign') return state === 'resolved' ? 'This alert is resolved' : null;
  return afterAlertMove(state, name) === null ? `This alert is ${state}` : null;
};

const apply = async (tx: WorkspaceTx, deps: Deps, who: Who, wanted: Move, ids: readonly string[], today: Day): Promise<{ taskIds: string[] }> => {
  const byHand = { ids, by: who.userId, now: deps.now() };
  if (wanted.move === 'acknowledge') await acknowledgeAlerts(tx, byHand);
  if (wanted.move === 'snooze') await snoozeAlerts(tx, ids, wanted.until, [snoozeReasons[wanted.reason].label, wanted.note].filter(Boolean).join(': '));
  if (wanted.move === 'wake') await wakeAlerts(tx, ids);
  if (wanted.move === 'resolve') await resolveByHand(tx, byHand, today, wanted.resolution);
  if (wanted.move !== 'assign') return { taskIds: [] };
  await assignAlerts(tx, ids, wanted.assignee);
  return { taskIds: await assignTasksOf(tx, ids, wanted.assignee) }; // whoever takes the alert takes its task
};

const oweResolved = (tx: WorkspaceTx, deps: Deps, who: Who, alerts: readonly MovableAlert[], resolution: string): Promise<number> => {
  const now = deps.now();
  const facts = alerts.map(({ id, rule, evidence, account }) =>
    factOf('alert.resolved', id, now, { alert: { id, rule, sentence: resolution, evidence }, account: accountOf(account, deps.baseUrl), by: who.actor }),
  );
  return owe(tx, facts, now);
};

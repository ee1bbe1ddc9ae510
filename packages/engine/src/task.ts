import type { BodyOf, QueryOf } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import type { taskOperations } from '@tideline/contracts/task';
import { alertAccounts } from '@tideline/db/read/alert-case';
import { taskPage, tasksToMove, type MovableTask, type TaskRow } from '@tideline/db/read/task';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { audit } from '@tideline/db/write/audit';
import { owe } from '@tideline/db/write/notify';
import { closeTasks, insertTasks, reopenTasks, updateTasks } from '@tideline/db/write/task';
import { addDays, type Day } from '@tideline/domain/calendar';
import { taskMoveProblem, type TaskState } from '@tideline/domain/task';
import { tell } from './alert.ts';
import { cursorFrom, pageOf } from './cursor.ts';
import type { Deps, Who } from './deps.ts';
import { accountOf, factOf } from './fact.ts';
import { todayIn } from './today.ts';
import { demandMember, ownerOf, sortOut, type Moved } from './work.ts';

type Ops = typeof taskOperations;
type Move = BodyOf<Ops['moveTasks']>;

/** Up to which day a task counts as due, by the filter's word. */
const dueBy = (due: QueryOf<Ops['listTasks']>['due'], today: Day): Day | undefined =>
  due && { overdue: addDays(today, -1), today, week: addDays(today, 7) }[due];

/** A page of tasks, the first due first. */
export const page = (deps: Deps, who: Who, { owner, due, cursor, limit, ...filter }: QueryOf<Ops['listTasks']>) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const today = await todayIn(tx, deps.now());
    const from = cursorFrom(cursor, 'day');
    const wanted = { ...filter, owner: ownerOf(who, owner), dueBy: dueBy(due, today), accountsOf: who.ownAccountsOf };
    const rows = await taskPage(tx, wanted, today, from && { due: from.place, id: from.id }, limit + 1);
    return pageOf(rows, limit, (row) => row.dueDay ?? 'infinity');
  });

const one = async (tx: WorkspaceTx, id: string, today: Day): Promise<TaskRow> => {
  const [task] = await taskPage(tx, { ids: [id] }, today, null, 1);
  if (!task) throw new Problem('not-found', 'There is nothing here');
  return task;
};

/** Creates a task by hand. Without an owner named it is the account's owner's. */
export const create = async (deps: Deps, who: Who, { account: accountId, owner, ...body }: BodyOf<Ops['createTask']>): Promise<TaskRow> => {
  const now = deps.now();
  const { task, owed } = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const [account] = await alertAccounts(tx, [accountId]);
    if (!account || (who.ownAccountsOf && account.ownerId !== who.ownAccountsOf)) throw new Problem('not-found', 'There is no such account');
    if (account.status === 'merged') throw new Problem('rule-violated', 'It was merged into another account: create the task there');
    await demandMember(tx, owner);
    const ownerId = owner === undefined ? account.ownerId : owner;
    const [id = ''] = await insertTasks(tx, [{ ...body, accountId, alertId: null, ownerId, createdBy: who.userId }], now);
    await audit(tx, who, 'task.create', 'task', id, null, { ...body, accountId, ownerId });
    const fact = factOf('task.created', id, now, {
      task: { id, alertId: null, title: body.title, dueDay: body.dueDay, ownerId },
      account: accountOf(account, deps.baseUrl),
    });
    return { task: await one(tx, id, await todayIn(tx, now)), owed: await owe(tx, [fact], now) };
  });
  await tell(deps, who.workspaceId, { alertIds: [], taskIds: [task.id], owed });
  return task;
};

/** Changes what an open task says, who does it or by when. */
export const edit = async (deps: Deps, who: Who, id: string, { owner, ...change }: BodyOf<Ops['editTask']>): Promise<TaskRow> => {
  const task = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const today = await todayIn(tx, deps.now());
    const [found] = await tasksToMove(tx, [id], who.ownAccountsOf);
    if (!found) throw new Problem('not-found', 'There is nothing here');
    const problem = taskMoveProblem({ state: found.state as TaskState }, 'edit', { today });
    if (problem) throw new Problem('rule-violated', problem);
    await demandMember(tx, owner);
    const given = Object.fromEntries(Object.entries({ ...change, ownerId: owner }).filter(([, value]) => value !== undefined));
    await updateTasks(tx, [id], given);
    const { title, dueDay, ownerId } = found;
    await audit(tx, who, 'task.edit', 'task', id, { title, dueDay, ownerId }, given);
    return one(tx, id, today);
  });
  await tell(deps, who.workspaceId, { alertIds: [], taskIds: [id], owed: 0 });
  return task;
};

/** Closes, reopens, postpones or assigns: what is allowed of the rows named is done, the rest is said. */
export const move = async (deps: Deps, who: Who, wanted: Move): Promise<Moved> => {
  const done = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const today = await todayIn(tx, deps.now());
    if (wanted.move === 'assign') await demandMember(tx, wanted.owner);
    const given = { today, ...('dueDay' in wanted ? { dueDay: wanted.dueDay } : {}), ...('outcome' in wanted ? { outcome: wanted.outcome } : {}) };
    const found = await tasksToMove(tx, wanted.ids, who.ownAccountsOf);
    const { allowed, refused } = sortOut(wanted.ids, found, (task) => taskMoveProblem({ state: task.state as TaskState }, wanted.move, given));
    const changed = allowed.map(({ id }) => id);
    if (changed.length === 0) return { changed, refused, owed: 0 };
    await apply(tx, deps, who, wanted, changed);
    const owed = wanted.move === 'done' || wanted.move === 'dismiss' ? await oweClosed(tx, deps, who, allowed, wanted) : 0;
    const { ids: _, ...after } = wanted;
    await audit(tx, who, `task.${wanted.move}`, 'task', changed.length === 1 ? (changed[0] ?? null) : null, null, { ...after, tasks: changed });
    return { changed, refused, owed };
  });
  await tell(deps, who.workspaceId, { alertIds: [], taskIds: done.changed, owed: done.owed });
  return { changed: done.changed, refused: done.refused };
};

const apply = async (tx: WorkspaceTx, deps: Deps, who: Who, wanted: Move, ids: readonly string[]): Promise<void> => {
  const closed = { by: who.userId, now: deps.now() };
  if (wanted.move === 'done') await closeTasks(tx, ids, 'done', { ...closed, outcome: wanted.outcome });
  if (wanted.move === 'dismiss') await closeTasks(tx, ids, 'dismissed', { ...closed, outcome: wanted.outcome });
  if (wanted.move === 'reopen') await reopenTasks(tx, ids);
  if (wanted.move === 'postpone') await updateTasks(tx, ids, { dueDay: wanted.dueDay });
  if (wanted.move === 'assign') await updateTasks(tx, ids, { ownerId: wanted.owner });
};

/** A task may be closed, reopened and closed again: each closing is a fact of its own. */
const oweClosed = (
  tx: WorkspaceTx,
  deps: Deps,
  who: Who,
  tasks: readonly MovableTask[],
  { move: how, outcome }: Extract<Move, { move: 'done' | 'dismiss' }>,
) => {
  const now = deps.now();
  const facts = tasks.map(({ id, title, alertId, account }) => {
    const task = { id, alertId, title, state: how === 'done' ? 'done' : 'dismissed', outcome };
    return factOf('task.closed', `${id}:${now.toISOString()}`, now, { task, account: accountOf(account, deps.baseUrl), by: who.actor });
  });
  return owe(tx, facts, now);
};

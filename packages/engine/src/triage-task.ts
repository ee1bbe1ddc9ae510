import { Problem } from '@tideline/contracts/problem';
import type { BodyOf } from '@tideline/contracts/operation';
import type { triageOperations } from '@tideline/contracts/triage';
import { alertAccounts } from '@tideline/db/read/alert-case';
import { withWorkspace } from '@tideline/db/workspace';
import { owe } from '@tideline/db/write/notify';
import { insertTasks } from '@tideline/db/write/task';
import { ownersOf } from '@tideline/db/write/triage';
import { tell } from './alert.ts';
import type { Deps, Who } from './deps.ts';
import { accountOf, factOf } from './fact.ts';
import { targetOf } from './triage-act.ts';

/** One task for each account: for its owner, else for the person who asks. */
export const addTasks = async (deps: Deps, who: Who, { accounts, title, dueDay, note }: BodyOf<(typeof triageOperations)['addTasks']>) => {
  const made = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const owned = await ownersOf(tx, targetOf(who, accounts));
    if (owned.length === 0) throw new Problem('not-found', 'There is no such account');
    const tasks = owned.map(({ id, ownerId }) => ({
      accountId: id,
      alertId: null,
      title,
      note,
      dueDay,
      ownerId: ownerId ?? who.userId,
      createdBy: who.userId,
    }));
    const ids = await insertTasks(tx, tasks, deps.now());
    const about = new Map(
      (
        await alertAccounts(
          tx,
          owned.map(({ id }) => id),
        )
      ).map((account) => [account.id, account]),
    );
    const facts = tasks.flatMap(({ accountId, ownerId }, i) => {
      const account = about.get(accountId);
      const task = { id: ids[i] ?? '', alertId: null, title, dueDay, ownerId };
      return account ? [factOf('task.created', task.id, deps.now(), { task, account: accountOf(account, deps.baseUrl) })] : [];
    });
    return { ids, owed: await owe(tx, facts, deps.now()), tasks: tasks.map(({ accountId }, i) => ({ id: ids[i] ?? '', account: accountId })) };
  });
  await tell(deps, who.workspaceId, { alertIds: [], taskIds: made.ids, owed: made.owed });
  return { tasks: made.tasks };
};

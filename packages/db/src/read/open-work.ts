import type { WorkspaceTx } from '../workspace.ts';

/** Alerts nobody has dealt with and tasks still open that are this person's: on their own accounts, or given to them. */
export const openWork = async (tx: WorkspaceTx, person: { userId: string; ownAccountsOf: string | null }) => {
  const workspaceId = tx.workspaceId;
  const alerts = await tx.db.alert.count({
    where: { workspaceId, state: 'open', OR: [{ assigneeId: person.userId }, { assigneeId: null, account: { ownerId: person.userId } }] },
  });
  const tasks = await tx.db.task.count({ where: { workspaceId, state: 'open', ownerId: person.userId } });
  return { alerts, tasks };
};

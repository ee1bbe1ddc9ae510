import type { WorkspaceTx } from '../workspace.ts';

/** How many open alerts and tasks wait for this person: given to them, or about an account they own. */
export const openWork = async (tx: WorkspaceTx, userId: string) => {
  const workspaceId = tx.workspaceId;
  const alerts = await tx.db.alert.count({
    where: { workspaceId, state: 'open', OR: [{ assigneeId: userId }, { assigneeId: null, account: { ownerId: userId } }] },
  });
  const tasks = await tx.db.task.count({ where: { workspaceId, state: 'open', ownerId: userId } });
  return { alerts, tasks };
};

import type { Prisma } from '../../generated/client.ts';
import type { WorkspaceTx } from '../workspace.ts';

/** Makes a person the first member of a new workspace. System role: nobody is inside it yet. */
export const insertFirstAdmin = async (tx: Prisma.TransactionClient, workspaceId: string, userId: string): Promise<void> => {
  await tx.membership.create({ data: { workspaceId, userId, role: 'ADMIN' }, select: { userId: true } });
};

/** Adds a member; false when they are one already (their role stays). */
export const insertMember = async (tx: WorkspaceTx, userId: string, role: string): Promise<boolean> => {
  const { count } = await tx.db.membership.createMany({ data: [{ workspaceId: tx.workspaceId, userId, role }], skipDuplicates: true });
  return count === 1;
};

export const updateMemberRole = async (tx: WorkspaceTx, userId: string, role: string): Promise<void> => {
  await tx.db.membership.update({ where: { workspaceId_userId: { workspaceId: tx.workspaceId, userId } }, data: { role }, select: { userId: true } });
};

/**
 * Takes a person out of the workspace: what they owned becomes unassigned, their private views go. Answers
 * how many accounts and open tasks lost their owner.
 */
export const deleteMember = async (tx: WorkspaceTx, userId: string): Promise<{ accounts: number; tasks: number }> => {
  const accounts = await tx.db.account.count({ where: { workspaceId: tx.workspaceId, ownerId: userId } });
  const tasks = await tx.db.task.count({ where: { workspaceId: tx.workspaceId, ownerId: userId, state: 'open' } });
  await tx.db.savedView.deleteMany({ where: { workspaceId: tx.workspaceId, userId, shared: false } });
  // The foreign keys of account, task and alert set their owner to null.
  await tx.db.membership.delete({ where: { workspaceId_userId: { workspaceId: tx.workspaceId, userId } }, select: { userId: true } });
  return { accounts, tasks };
};

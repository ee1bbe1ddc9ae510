import type { WorkspaceTx } from '../workspace.ts';

export type MilestoneFields = { name: string; meterId: string; threshold: string; firstValue: boolean };

/** The mark of first value moves: at most one milestone carries it. */
const takeFirstValue = async (tx: WorkspaceTx): Promise<void> => {
  await tx.db.milestone.updateMany({ where: { workspaceId: tx.workspaceId, firstValue: true }, data: { firstValue: false } });
};

export const insertMilestone = async (tx: WorkspaceTx, fields: MilestoneFields, at: Date): Promise<string> => {
  if (fields.firstValue) await takeFirstValue(tx);
  const { id } = await tx.db.milestone.create({ data: { workspaceId: tx.workspaceId, ...fields, createdAt: at }, select: { id: true } });
  return id;
};

/** Changes a milestone and forgets who reached it: rating works that out anew for the accounts that are marked. */
export const updateMilestone = async (tx: WorkspaceTx, id: string, fields: MilestoneFields): Promise<void> => {
  if (fields.firstValue) await takeFirstValue(tx);
  await tx.db.milestone.updateMany({ where: { workspaceId: tx.workspaceId, id }, data: fields });
  await tx.db.milestoneReached.deleteMany({ where: { workspaceId: tx.workspaceId, milestoneId: id } });
};

export const archiveMilestone = async (tx: WorkspaceTx, id: string, at: Date): Promise<void> => {
  await tx.db.milestone.updateMany({ where: { workspaceId: tx.workspaceId, id }, data: { archivedAt: at, firstValue: false } });
};

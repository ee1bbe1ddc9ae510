import type { WorkspaceTx } from '../workspace.ts';

export const insertView = (tx: WorkspaceTx, view: { userId: string; name: string; screen: string; query: string; shared: boolean }) =>
  tx.db.savedView.create({ data: { workspaceId: tx.workspaceId, ...view }, select: { id: true } });

/** Deletes a view of this person; returns how many went (0: not theirs, or not there). */
export const deleteView = async (tx: WorkspaceTx, id: string, userId: string): Promise<number> => {
  const { count } = await tx.db.savedView.deleteMany({ where: { workspaceId: tx.workspaceId, id, userId } });
  return count;
};

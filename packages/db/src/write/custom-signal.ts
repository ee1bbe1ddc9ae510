import type { CustomSignalRow } from '../read/custom-signal.ts';
import type { WorkspaceTx } from '../workspace.ts';

export type NewCustomSignal = Omit<CustomSignalRow, 'id' | 'archivedAt' | 'adds'>;

export const insertCustomSignal = async (tx: WorkspaceTx, signal: NewCustomSignal, at: Date): Promise<string> =>
  (await tx.db.customSignal.create({ data: { workspaceId: tx.workspaceId, ...signal, createdAt: at }, select: { id: true } })).id;

export const archiveCustomSignal = async (tx: WorkspaceTx, id: string, at: Date): Promise<void> => {
  await tx.db.customSignal.updateMany({ where: { workspaceId: tx.workspaceId, id }, data: { archivedAt: at } });
};

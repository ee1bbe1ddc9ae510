import type { Prisma } from '../../generated/client.ts';
import type { Day } from '@tideline/domain/calendar';
import type { WorkspaceTx } from '../workspace.ts';

const KEPT = 5;

export type NewWeightFit = { runId: string; model: string; config: object; cutoffs: readonly Day[]; askedBy: string; at: Date };

/** Notes what was asked, and lets the oldest go beyond five. */
export const openWeightFit = async (tx: WorkspaceTx, { runId, model, config, cutoffs, askedBy, at }: NewWeightFit): Promise<string> => {
  const { id } = await tx.db.weightFit.create({
    data: {
      workspaceId: tx.workspaceId,
      runId,
      modelLabel: model,
      config: config as Prisma.InputJsonObject,
      cutoffs: cutoffs.map((day) => new Date(`${day}T00:00:00Z`)),
      askedBy,
      askedAt: at,
    },
    select: { id: true },
  });
  await tx.db.$executeRaw`
    DELETE FROM weight_fit WHERE workspace_id = ${tx.workspaceId}::uuid AND id IN (
      SELECT f.id FROM weight_fit f JOIN background_run r ON r.workspace_id = f.workspace_id AND r.id = f.run_id
      WHERE f.workspace_id = ${tx.workspaceId}::uuid AND r.state <> 'running' ORDER BY f.asked_at DESC, f.id OFFSET ${KEPT})`;
  return id;
};

/** Stores what came out. */
export const keepWeightFit = async (tx: WorkspaceTx, id: string, finding: object): Promise<void> => {
  await tx.db.weightFit.update({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id } }, data: { finding: finding as Prisma.InputJsonObject } });
};

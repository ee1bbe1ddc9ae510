import { Prisma } from '../../generated/client.ts';
import type { Day } from '@tideline/domain/calendar';
import type { ModelConfig } from '@tideline/domain/model-config';
import type { WeightFinding } from '@tideline/domain/weight-trial';
import type { WorkspaceTx } from '../workspace.ts';

export type WeightFitRow = {
  id: string;
  runId: string;
  model: string;
  config: ModelConfig;
  cutoffs: Day[];
  askedBy: string;
  askedAt: Date;
  state: 'running' | 'done' | 'failed' | 'cancelled';
  done: number;
  total: number;
  error: string | null;
  finding: WeightFinding | null;
};

/** The kept fits, newest first; or the one with this id, or of this run. */
export const weightFits = (tx: WorkspaceTx, only: { id?: string; runId?: string } = {}): Promise<WeightFitRow[]> =>
  tx.db.$queryRaw<WeightFitRow[]>`
    SELECT f.id::text, f.run_id::text AS "runId", f.model_label AS model, f.config, f.cutoffs::text[] AS cutoffs, f.asked_by AS "askedBy", f.asked_at AS "askedAt",
      r.state, r.done, r.total, r.error, f.finding
    FROM weight_fit f JOIN background_run r ON r.workspace_id = f.workspace_id AND r.id = f.run_id
    WHERE f.workspace_id = ${tx.workspaceId}::uuid ${only.id === undefined ? Prisma.empty : Prisma.sql`AND f.id = ${only.id}::uuid`}
      ${only.runId === undefined ? Prisma.empty : Prisma.sql`AND f.run_id = ${only.runId}::uuid`}
    ORDER BY f.asked_at DESC, f.id`;

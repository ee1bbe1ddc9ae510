import type { WorkspaceTx } from '../workspace.ts';

export type MilestoneRow = {
  id: string;
  name: string;
  meterId: string;
  meterName: string;
  unit: string;
  threshold: string;
  firstValue: boolean;
  reached: number;
};

/** Milestones that are not archived, the first-value one in front, each with how many accounts reached it. */
export const milestones = (tx: WorkspaceTx, id: string | null): Promise<MilestoneRow[]> =>
  tx.db.$queryRaw<MilestoneRow[]>`
    SELECT s.id::text, s.name, s.meter_id::text AS "meterId", m.name AS "meterName", m.unit, trim_scale(s.threshold)::text AS threshold, s.first_value AS "firstValue",
      (SELECT count(*) FROM milestone_reached r WHERE r.workspace_id = s.workspace_id AND r.milestone_id = s.id)::int AS reached
    FROM milestone s JOIN meter m ON m.workspace_id = s.workspace_id AND m.id = s.meter_id
    WHERE s.workspace_id = ${tx.workspaceId}::uuid AND s.archived_at IS NULL AND (${id}::uuid IS NULL OR s.id = ${id}::uuid)
    ORDER BY s.first_value DESC, s.created_at, s.id`;

import type { Day } from '@tideline/domain/calendar';
import type { WorkspaceTx } from '../workspace.ts';

export type MilestoneRow = {
  id: string;
  name: string;
  meterId: string;
  meterName: string;
  unit: string;
  threshold: string;
  firstValue: boolean;
};

/** Milestones that are not archived, the first-value one in front. */
export const milestones = (tx: WorkspaceTx, id: string | null): Promise<MilestoneRow[]> =>
  tx.db.$queryRaw<MilestoneRow[]>`
    SELECT s.id::text, s.name, s.meter_id::text AS "meterId", m.name AS "meterName", m.unit, trim_scale(s.threshold)::text AS threshold, s.first_value AS "firstValue"
    FROM milestone s JOIN meter m ON m.workspace_id = s.workspace_id AND m.id = s.meter_id
    WHERE s.workspace_id = ${tx.workspaceId}::uuid AND s.archived_at IS NULL AND (${id}::uuid IS NULL OR s.id = ${id}::uuid)
    ORDER BY s.first_value DESC, s.created_at, s.id`;

/** Accounts that started on the same day and reached a milestone on the same day (null: not yet). */
export type ReachedRow = { milestoneId: string; start: Day; reached: Day | null; accounts: number };

/** How live accounts came to each milestone; they start with contract, creation, first usage or first sight. */
export const milestoneTimes = (tx: WorkspaceTx, id: string | null): Promise<ReachedRow[]> =>
  tx.db.$queryRaw<ReachedRow[]>`
    WITH live AS (
      SELECT a.id, coalesce(a.contract_start, a.created_day, (
        SELECT min(d.day) FROM account_day d WHERE d.workspace_id = a.workspace_id AND d.account_id = a.id), a.created_at::date) AS start
      FROM account a WHERE a.workspace_id = ${tx.workspaceId}::uuid AND a.status = 'live')
    SELECT s.id::text AS "milestoneId", l.start::text AS start, r.day::text AS reached, count(*)::int AS accounts
    FROM milestone s CROSS JOIN live l
    LEFT JOIN milestone_reached r ON r.workspace_id = s.workspace_id AND r.milestone_id = s.id AND r.account_id = l.id
    WHERE s.workspace_id = ${tx.workspaceId}::uuid AND s.archived_at IS NULL AND (${id}::uuid IS NULL OR s.id = ${id}::uuid)
    GROUP BY s.id, l.start, r.day`;

import type { Day } from '@tideline/domain/calendar';
import type { Aggregation } from '@tideline/domain/meter';
import type { DecimalText } from '@tideline/domain/money';
import type { OtherReadings } from '@tideline/domain/other-signal';
import type { OnboardingCounts } from '@tideline/domain/peer-group';
import type { WorkspaceTx } from '../workspace.ts';

/** A meter over the 28 days to a day, as known now and as known on it. `asKnown` is null for a level or highest value that came late: it cannot be taken apart. */
export type MeterThen = { key: string; name: string; unit: string; aggregation: Aggregation; now: DecimalText; asKnown: DecimalText | null };

/** Every meter in force: what adds up over the 28 days, the highest value of them, or the level on the day. */
export const metersThen = (tx: WorkspaceTx, id: string, day: Day): Promise<MeterThen[]> =>
  tx.db.$queryRaw<MeterThen[]>`
    SELECT m.key, m.name, m.unit, v.aggregation, trim_scale(coalesce(f.quantity, 0))::text AS now,
      CASE WHEN v.aggregation IN ('SUM', 'COUNT', 'UNIQUE') THEN trim_scale(coalesce(f.quantity, 0) - coalesce(l.quantity, 0))::text
        WHEN NOT l.came THEN trim_scale(coalesce(f.quantity, 0))::text END AS "asKnown"
    FROM meter m JOIN meter_version v ON v.workspace_id = m.workspace_id AND v.meter_id = m.id AND v.state = 'current'
    CROSS JOIN LATERAL (
      SELECT CASE v.aggregation WHEN 'MAX' THEN max(u.quantity) FILTER (WHERE u.day > ${day}::date - 28)
        WHEN 'LAST' THEN (array_agg(u.quantity ORDER BY u.day DESC) FILTER (WHERE u.last_key <> ''))[1]
        ELSE sum(u.quantity) FILTER (WHERE u.day > ${day}::date - 28) END AS quantity
      FROM daily_usage u WHERE u.workspace_id = m.workspace_id AND u.account_id = ${id}::uuid AND u.meter_version_id = v.id AND u.day <= ${day}::date) f
    CROSS JOIN LATERAL (
      SELECT sum(d.quantity) FILTER (WHERE d.day > ${day}::date - 28) AS quantity, count(*) > 0 AS came FROM daily_usage_late d
      WHERE d.workspace_id = m.workspace_id AND d.account_id = ${id}::uuid AND d.meter_version_id = v.id AND d.day <= ${day}::date AND d.known_on > ${day}::date) l
    WHERE m.workspace_id = ${tx.workspaceId}::uuid AND m.archived_at IS NULL ORDER BY m.position, m.key`;

/** Money of the 28 days to a day as known now, exact. */
export const revenue28On = async (tx: WorkspaceTx, id: string, day: Day): Promise<DecimalText> => {
  const [row] = await tx.db.$queryRaw<{ revenue: DecimalText }[]>`
    SELECT coalesce(sum(revenue), 0)::text AS revenue FROM account_day
    WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ${id}::uuid AND day > ${day}::date - 28 AND day <= ${day}::date`;
  return row?.revenue ?? '0';
};

/** What was relative on each closed day of a stretch, and where the account stood among its peers. */
export type DayHabit = {
  day: Day;
  k: number;
  vbar: number;
  medianTtfvDays: number | null;
  onboarding: OnboardingCounts;
  standing: number | null;
  others: OtherReadings | null;
};

export const habitsOver = (tx: WorkspaceTx, id: string, from: Day, through: Day): Promise<DayHabit[]> =>
  tx.db.$queryRaw<DayHabit[]>`
    SELECT c.day::text, c.regularity AS k, c.vbar, c.median_ttfv AS "medianTtfvDays", c.onboarding, s.standing, s.others
    FROM day_close c LEFT JOIN score_history s ON s.workspace_id = c.workspace_id AND s.day = c.day AND s.account_id = ${id}::uuid
    WHERE c.workspace_id = ${tx.workspaceId}::uuid AND c.day BETWEEN ${from}::date AND ${through}::date ORDER BY c.day`;

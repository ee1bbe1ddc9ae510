import type { Day } from '@tideline/domain/calendar';
import type { Aggregation } from '@tideline/domain/meter';
import type { DecimalText } from '@tideline/domain/money';
import type { WorkspaceTx } from '../workspace.ts';

export type MeterSeries = {
  key: string;
  name: string;
  unit: string;
  position: number;
  main: boolean;
  aggregation: Aggregation;
  /** By day, oldest first; null where the day holds no figure. */
  quantity: (DecimalText | null)[];
  revenue: (DecimalText | null)[];
};

/** Every meter in force with the account's quantity and money on each day from `from` to `through`, both included. */
export const meterSeries = (tx: WorkspaceTx, id: string, from: Day, through: Day): Promise<MeterSeries[]> =>
  tx.db.$queryRaw<MeterSeries[]>`
    SELECT m.key, m.name, m.unit, m.position, m.id IS NOT DISTINCT FROM w.main_meter_id AS main, v.aggregation,
      array_agg(trim_scale(d.quantity)::text ORDER BY g.day) AS quantity, array_agg(trim_scale(r.amount)::text ORDER BY g.day) AS revenue
    FROM meter m
    JOIN workspace w ON w.id = m.workspace_id
    JOIN meter_version v ON v.workspace_id = m.workspace_id AND v.meter_id = m.id AND v.state = 'current'
    CROSS JOIN generate_series(${from}::date, ${through}::date, '1 day') g(day)
    LEFT JOIN daily_usage d ON d.workspace_id = m.workspace_id AND d.account_id = ${id}::uuid AND d.meter_version_id = v.id AND d.day = g.day::date
    LEFT JOIN daily_revenue r ON r.workspace_id = m.workspace_id AND r.account_id = ${id}::uuid AND r.meter_id = m.id AND r.day = g.day::date
    WHERE m.workspace_id = ${tx.workspaceId}::uuid AND m.archived_at IS NULL
    GROUP BY m.id, m.key, m.name, m.unit, m.position, w.main_meter_id, v.aggregation ORDER BY m.position, m.key`;

/** Money of the account on each day, all meters together. */
export const revenueSeries = async (tx: WorkspaceTx, id: string, from: Day, through: Day): Promise<DecimalText[]> => {
  const [row] = await tx.db.$queryRaw<{ revenue: DecimalText[] }[]>`
    SELECT array_agg(trim_scale(coalesce(d.revenue, 0))::text ORDER BY g.day) AS revenue
    FROM generate_series(${from}::date, ${through}::date, '1 day') g(day)
    LEFT JOIN account_day d ON d.workspace_id = ${tx.workspaceId}::uuid AND d.account_id = ${id}::uuid AND d.day = g.day::date`;
  return row?.revenue ?? [];
};

/** First day with usage that counts as activity; null before it. */
export const firstUsage = async (tx: WorkspaceTx, id: string): Promise<Day | null> => {
  const [row] = await tx.db.$queryRaw<{ day: Day | null }[]>`
    SELECT min(day)::text AS day FROM account_day WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ${id}::uuid AND active`;
  return row?.day ?? null;
};

/** Which segment the account came into when, oldest first: the one it was in on `from`, and every change after. */
export const segmentsSince = (tx: WorkspaceTx, id: string, from: Day): Promise<{ segment: string; from: Day }[]> =>
  tx.db.$queryRaw<{ segment: string; from: Day }[]>`
    SELECT to_segment AS segment, day::text AS from FROM segment_transition
    WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ${id}::uuid
      AND day >= coalesce((SELECT max(day) FROM segment_transition
        WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ${id}::uuid AND day <= ${from}::date), ${from}::date)
    ORDER BY day, created_at`;

export type MarkRow = { id: string; day: Day; kind: string; label: string; extra: string | null };

/** What happened between two days, for the marks under a chart. Segments come as codes (`extra`: the one before). */
export const marksBetween = (tx: WorkspaceTx, id: string, from: Day, through: Day): Promise<MarkRow[]> =>
  tx.db.$queryRaw<MarkRow[]>`
    SELECT * FROM (
      SELECT 'alert:' || id AS id, opened_on::text AS day, 'alert' AS kind, sentence AS label, NULL AS extra FROM alert
        WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ${id}::uuid AND opened_on BETWEEN ${from}::date AND ${through}::date
      UNION ALL SELECT 'touch:' || id, day::text, 'touch', body, kind FROM touch
        WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ${id}::uuid AND kind <> 'note' AND day BETWEEN ${from}::date AND ${through}::date
      UNION ALL SELECT 'segment:' || day || to_segment, day::text, 'segment', to_segment, from_segment FROM segment_transition
        WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ${id}::uuid AND from_segment IS NOT NULL AND day BETWEEN ${from}::date AND ${through}::date
      UNION ALL SELECT 'milestone:' || s.id, r.day::text, 'milestone', s.name, NULL FROM milestone_reached r
        JOIN milestone s ON s.workspace_id = r.workspace_id AND s.id = r.milestone_id
        WHERE r.workspace_id = ${tx.workspaceId}::uuid AND r.account_id = ${id}::uuid AND r.day BETWEEN ${from}::date AND ${through}::date
      UNION ALL SELECT 'price:' || p.id, p.effective_from::text, 'price', m.name, p.plan->>'unitPrice' FROM price p
        JOIN meter m ON m.workspace_id = p.workspace_id AND m.id = p.meter_id
        WHERE p.workspace_id = ${tx.workspaceId}::uuid AND p.effective_from BETWEEN ${from}::date AND ${through}::date
      UNION ALL SELECT 'contract:' || id, start_day::text, 'contract', trim_scale(commitment)::text, NULL FROM contract
        WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ${id}::uuid AND start_day BETWEEN ${from}::date AND ${through}::date) marks
    ORDER BY day, id`;

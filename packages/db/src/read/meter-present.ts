import type { Day } from '@tideline/domain/calendar';
import type { MeterVersion } from '@tideline/domain/usage';
import type { WorkspaceTx } from '../workspace.ts';

/** What a version counted by day, over the accounts before `until` in the order of ids (null: all); `total` of a gauge: the highest of each account, added up. */
export const presentDays = async (
  tx: WorkspaceTx,
  { id, meter }: MeterVersion,
  span: { from: Day; to: Day },
  until: string | null,
): Promise<{ days: Map<Day, string>; total: string }> => {
  const gauge = meter.aggregation === 'MAX' || meter.aggregation === 'LAST';
  const [row] = await tx.db.$queryRaw<{ days: { day: Day; quantity: string }[] | null; total: string }[]>`
    WITH own AS MATERIALIZED (
      SELECT account_id, day, quantity FROM daily_usage WHERE workspace_id = ${tx.workspaceId}::uuid AND meter_version_id = ${id}::uuid
        AND day BETWEEN ${span.from}::date AND ${span.to}::date AND (${until}::uuid IS NULL OR account_id < ${until}::uuid))
    SELECT (SELECT json_agg(json_build_object('day', day, 'quantity', quantity)) FROM
        (SELECT day, trim_scale(sum(quantity))::text AS quantity FROM own GROUP BY day) d) AS days,
      (SELECT trim_scale(coalesce(sum(quantity), 0))::text FROM
        (SELECT CASE WHEN ${gauge} THEN max(quantity) ELSE sum(quantity) END AS quantity FROM own GROUP BY account_id) a) AS total`;
  return { days: new Map(row?.days?.map(({ day, quantity }) => [day, quantity])), total: row?.total ?? '0' };
};

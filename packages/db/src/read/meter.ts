import type { Day } from '@tideline/domain/calendar';
import type { Condition } from '@tideline/domain/condition';
import type { Aggregation, MeterDefinition } from '@tideline/domain/meter';
import { plain } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';

export type MeterVersionRow = { id: string; version: number; state: 'filling' | 'current'; meter: MeterDefinition };
export type MeterRow = {
  id: string;
  key: string;
  name: string;
  unit: string;
  position: number;
  archivedAt: Date | null;
  main: boolean;
  /** At most one of each; a meter that is new has only the one being filled. */
  current: MeterVersionRow | null;
  filling: MeterVersionRow | null;
};

const versionColumns = {
  id: true,
  version: true,
  state: true,
  eventName: true,
  aggregation: true,
  valueField: true,
  filter: true,
  activityFilter: true,
  countsActivity: true,
} as const;

/** Meters in their order with the versions that count, archived ones last. */
export const meters = async (tx: WorkspaceTx, ids?: readonly string[]): Promise<MeterRow[]> => {
  const [workspace, rows] = [
    await tx.db.workspace.findUniqueOrThrow({ where: { id: tx.workspaceId }, select: { mainMeterId: true } }),
    await tx.db.meter.findMany({
      where: { workspaceId: tx.workspaceId, ...(ids ? { id: { in: [...ids] } } : {}) },
      select: {
        id: true,
        key: true,
        name: true,
        unit: true,
        position: true,
        archivedAt: true,
        meterVersions: { where: { state: { in: ['filling', 'current'] } }, select: versionColumns },
      },
      orderBy: [{ archivedAt: { sort: 'asc', nulls: 'first' } }, { position: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }],
    }),
  ];
  return rows.map(({ meterVersions, ...row }) => {
    const versions = meterVersions.map(({ id, version, state, aggregation, filter, activityFilter, countsActivity, ...rest }) => ({
      id,
      version,
      state: state as 'filling' | 'current',
      meter: {
        ...rest,
        unit: row.unit,
        aggregation: aggregation as Aggregation,
        filter: filter as unknown[] as Condition[],
        activityFilter: activityFilter as unknown[] as Condition[],
        countsAsActivity: countsActivity,
      },
    }));
    const inState = (state: string) => versions.find((one) => one.state === state) ?? null;
    return { ...row, main: row.id === workspace.mainMeterId, current: inState('current'), filling: inState('filling') };
  });
};

/** Quantity per meter version over the 28 days to `asOf`: a sum, for gauges the sum of each account's highest. */
export const volumes28 = async (tx: WorkspaceTx, versionIds: readonly string[], asOf: Day): Promise<Map<string, string>> => {
  if (versionIds.length === 0) return new Map();
  const rows = await tx.db.$queryRaw<{ id: string; volume: string }[]>`
    SELECT meter_version_id::text AS id, trim_scale(sum(CASE WHEN aggregation IN ('MAX', 'LAST') THEN highest ELSE total END))::text AS volume FROM (
      SELECT d.meter_version_id, v.aggregation, d.account_id, sum(d.quantity) AS total, max(d.quantity) AS highest
      FROM daily_usage d JOIN meter_version v ON v.workspace_id = d.workspace_id AND v.id = d.meter_version_id
      WHERE d.workspace_id = ${tx.workspaceId}::uuid AND d.meter_version_id = ANY(${plain(versionIds)}::uuid[]) AND d.day > ${asOf}::date - 28 AND d.day <= ${asOf}::date
      GROUP BY 1, 2, 3) accounts
    GROUP BY 1`;
  return new Map(rows.map(({ id, volume }) => [id, volume]));
};

export type PriceRow = { id: string; meterId: string; unitPrice: string; currency: string; effectiveFrom: Day; createdAt: Date; createdBy: string | null };

/** Prices of these meters (of all when not given), newest first. `createdBy` is a person's name. */
export const prices = (tx: WorkspaceTx, meterId: string | null): Promise<PriceRow[]> =>
  tx.db.$queryRaw<PriceRow[]>`
    SELECT p.id::text, p.meter_id::text AS "meterId", p.plan->>'unitPrice' AS "unitPrice", p.currency, p.effective_from::text AS "effectiveFrom",
      p.created_at AS "createdAt", u.name AS "createdBy"
    FROM price p LEFT JOIN app_user u ON u.id = p.created_by
    WHERE p.workspace_id = ${tx.workspaceId}::uuid AND (${meterId}::uuid IS NULL OR p.meter_id = ${meterId}::uuid)
    ORDER BY p.effective_from DESC, p.currency`;

/** Whether any event was ever stored: then a new meter has days to count. */
export const hasEvents = async (tx: WorkspaceTx): Promise<boolean> => {
  const [row] = await tx.db.$queryRaw<{ found: boolean }[]>`SELECT EXISTS (SELECT 1 FROM event WHERE workspace_id = ${tx.workspaceId}::uuid) AS found`;
  return row?.found ?? false;
};

/** Whether the version is still the one to be filled: a newer definition takes its place. */
export const isFilling = async (tx: WorkspaceTx, versionId: string): Promise<boolean> =>
  (await tx.db.meterVersion.count({ where: { workspaceId: tx.workspaceId, id: versionId, state: 'filling' } })) > 0;

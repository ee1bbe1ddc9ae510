import type { Day } from '@tideline/domain/calendar';
import type { Link } from '@tideline/domain/family';
import type { DecimalText } from '@tideline/domain/money';
import { Prisma } from '../../generated/client.ts';
import { plain, texts } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';

export type Named = { id: string; externalId: string; name: string };

/** Accounts by their keys. `means`: where what is said for the key counts, which of a merged account is another. */
export const keyedAccounts = (tx: WorkspaceTx, keys: readonly string[], onlyOwner: string | null): Promise<(Named & { means: string })[]> =>
  tx.db.$queryRaw<(Named & { means: string })[]>`
    SELECT a.external_id AS "externalId", a.id::text, a.name, coalesce(a.merged_into, m.into_id, a.id)::text AS means FROM account a
    LEFT JOIN account_merge m ON m.workspace_id = a.workspace_id AND m.from_id = a.id AND m.state = 'merging'
    WHERE a.workspace_id = ${tx.workspaceId}::uuid AND a.external_id = ANY(${texts(keys)}::text[]) AND (${onlyOwner}::uuid IS NULL OR a.owner_id = ${onlyOwner}::uuid)`;

/** All links above and below these accounts. */
export const linksAround = (tx: WorkspaceTx, ids: readonly string[]): Promise<Link[]> =>
  tx.db.$queryRaw<Link[]>`
    WITH RECURSIVE named AS (SELECT id, parent_id FROM account WHERE workspace_id = ${tx.workspaceId}::uuid AND id = ANY(${plain(ids)}::uuid[])),
      up AS (SELECT * FROM named UNION SELECT a.id, a.parent_id FROM up JOIN account a ON a.workspace_id = ${tx.workspaceId}::uuid AND a.id = up.parent_id),
      down AS (SELECT * FROM named UNION SELECT a.id, a.parent_id FROM down JOIN account a ON a.workspace_id = ${tx.workspaceId}::uuid AND a.parent_id = down.id)
    SELECT id::text, parent_id::text AS parent FROM up WHERE parent_id IS NOT NULL UNION SELECT id::text, parent_id::text FROM down WHERE parent_id IS NOT NULL`;

/** The accounts this one is part of, the topmost first. */
export const familyAbove = (tx: WorkspaceTx, id: string, onlyOwner: string | null): Promise<Named[]> =>
  tx.db.$queryRaw<Named[]>`
    WITH RECURSIVE up AS (
      SELECT parent_id AS id, 1 AS step FROM account WHERE workspace_id = ${tx.workspaceId}::uuid AND id = ${id}::uuid
      UNION ALL SELECT a.parent_id, up.step + 1 FROM up JOIN account a ON a.workspace_id = ${tx.workspaceId}::uuid AND a.id = up.id)
    SELECT a.id::text, a.external_id AS "externalId", a.name FROM up JOIN account a ON a.workspace_id = ${tx.workspaceId}::uuid AND a.id = up.id
    WHERE ${onlyOwner}::uuid IS NULL OR a.owner_id = ${onlyOwner}::uuid ORDER BY up.step DESC`;

/** The account (branch null) and all below it, each with the child through which it is. A merged one has neither usage nor accounts below it. */
const family = (tx: WorkspaceTx, id: string, onlyOwner: string | null): Prisma.Sql => Prisma.sql`
  tree AS (
    SELECT id, NULL::uuid AS branch FROM account WHERE workspace_id = ${tx.workspaceId}::uuid AND id = ${id}::uuid
    UNION ALL SELECT a.id, coalesce(t.branch, a.id) FROM tree t JOIN account a ON a.workspace_id = ${tx.workspaceId}::uuid AND a.parent_id = t.id AND a.status <> 'merged'),
  family AS (
    SELECT t.id, t.branch, a.status FROM tree t JOIN account a ON a.workspace_id = ${tx.workspaceId}::uuid AND a.id = t.id
    WHERE ${onlyOwner}::uuid IS NULL OR a.owner_id = ${onlyOwner}::uuid)`;

export type ChildRow = Named & {
  status: string;
  ownerId: string | null;
  ownerName: string | null;
  segment: string | null;
  health: number | null;
  band: string | null;
  /** Accounts below it; of those that are live and judged: how many, and how many at churn risk. */
  below: number;
  belowJudged: number;
  belowAtRisk: number;
};

/** The accounts directly below one, by name, each with its own judgement and how it stands below it. */
export const childrenOf = (tx: WorkspaceTx, id: string, onlyOwner: string | null): Promise<ChildRow[]> =>
  tx.db.$queryRaw<ChildRow[]>`
    WITH RECURSIVE ${family(tx, id, onlyOwner)},
      counted AS (
        SELECT f.branch, count(*)::int AS below, count(*) FILTER (WHERE f.status = 'live' AND s.segment IS NOT NULL)::int AS judged,
          count(*) FILTER (WHERE f.status = 'live' AND s.segment = 'churn_risk')::int AS at_risk
        FROM family f LEFT JOIN score s ON s.workspace_id = ${tx.workspaceId}::uuid AND s.account_id = f.id WHERE f.id <> f.branch GROUP BY f.branch)
    SELECT a.id::text, a.external_id AS "externalId", a.name, a.status, a.owner_id::text AS "ownerId", u.name AS "ownerName", s.segment, s.health, s.band,
      coalesce(c.below, 0) AS below, coalesce(c.judged, 0) AS "belowJudged", coalesce(c.at_risk, 0) AS "belowAtRisk"
    FROM family f LEFT JOIN counted c ON c.branch = f.branch JOIN account a ON a.workspace_id = ${tx.workspaceId}::uuid AND a.id = f.id
    LEFT JOIN score s ON s.workspace_id = a.workspace_id AND s.account_id = a.id LEFT JOIN app_user u ON u.id = a.owner_id
    WHERE f.id = f.branch ORDER BY a.name, a.id`;

/** Sums over the last days of each span. `branch`: the account itself, or a child with all below it; null: all together. */
export type FamilySum = { branch: string | null; meter: string | null; sums: DecimalText[] };
export type FamilyMeter = { id: string; name: string; unit: string; main: boolean };

const sumsOf = (column: string, through: Day, spans: readonly number[]): Prisma.Sql =>
  Prisma.sql`array[${Prisma.join(spans.map((days) => Prisma.sql`trim_scale(coalesce(sum(${Prisma.raw(column)}) FILTER (WHERE d.day > ${through}::date - ${days}::int), 0))::text`))}]`;

/** Usage of the family by branch and meter, of meters whose days add up. */
export const familyUsage = (tx: WorkspaceTx, id: string, onlyOwner: string | null, through: Day, spans: readonly number[]): Promise<FamilySum[]> =>
  tx.db.$queryRaw<FamilySum[]>`
    WITH RECURSIVE ${family(tx, id, onlyOwner)}
    SELECT CASE WHEN grouping(coalesce(f.branch, f.id)) = 0 THEN coalesce(f.branch, f.id)::text END AS branch, v.meter_id::text AS meter, ${sumsOf('d.quantity', through, spans)} AS sums
    FROM family f
    JOIN daily_usage d ON d.workspace_id = ${tx.workspaceId}::uuid AND d.account_id = f.id AND d.day <= ${through}::date AND d.day > ${through}::date - ${Math.max(...spans)}::int
    JOIN meter_version v ON v.workspace_id = d.workspace_id AND v.id = d.meter_version_id AND v.state = 'current' AND v.aggregation IN ('SUM', 'COUNT')
    GROUP BY GROUPING SETS ((coalesce(f.branch, f.id), v.meter_id), (v.meter_id))`;

/** Revenue of the family by branch. */
export const familyRevenue = (tx: WorkspaceTx, id: string, onlyOwner: string | null, through: Day, spans: readonly number[]): Promise<FamilySum[]> =>
  tx.db.$queryRaw<FamilySum[]>`
    WITH RECURSIVE ${family(tx, id, onlyOwner)}
    SELECT CASE WHEN grouping(coalesce(f.branch, f.id)) = 0 THEN coalesce(f.branch, f.id)::text END AS branch, NULL AS meter, ${sumsOf('d.revenue', through, spans)} AS sums
    FROM family f
    JOIN account_day d ON d.workspace_id = ${tx.workspaceId}::uuid AND d.account_id = f.id AND d.day <= ${through}::date AND d.day > ${through}::date - ${Math.max(...spans)}::int
    GROUP BY GROUPING SETS ((coalesce(f.branch, f.id)), ())`;

/** Meters in force whose days add up, in their order. */
export const addingMeters = (tx: WorkspaceTx): Promise<FamilyMeter[]> =>
  tx.db.$queryRaw<FamilyMeter[]>`
    SELECT m.id::text, m.name, m.unit, m.id IS NOT DISTINCT FROM w.main_meter_id AS main FROM meter m
    JOIN workspace w ON w.id = m.workspace_id
    JOIN meter_version v ON v.workspace_id = m.workspace_id AND v.meter_id = m.id AND v.state = 'current' AND v.aggregation IN ('SUM', 'COUNT')
    WHERE m.workspace_id = ${tx.workspaceId}::uuid AND m.archived_at IS NULL ORDER BY m.position, m.key`;

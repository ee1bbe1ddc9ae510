import type { Day } from '@tideline/domain/calendar';
import type { Band } from '@tideline/domain/health';
import type { DecimalText } from '@tideline/domain/money';
import type { Segment } from '@tideline/domain/segment';
import { Prisma } from '../../generated/client.ts';
import type { WorkspaceTx } from '../workspace.ts';
import { judged, needsYou, type TriageView } from './triage.ts';

export const BOOK_SLICES = ['owner', 'industry', 'region', 'plan'] as const;
export type BookSlice = (typeof BOOK_SLICES)[number];
/** Accounts and money of a slice; `value` null: none given. */
export type BookRow = {
  slice: BookSlice;
  value: string | null;
  label: string | null;
  accounts: number;
  atRisk: number;
  runRate: DecimalText;
  stake: DecimalText;
};

/** The judged book cut by owner, industry, region and plan, in one pass. */
export const bookBySlices = (tx: WorkspaceTx, view: TriageView): Promise<BookRow[]> => tx.db.$queryRaw<BookRow[]>`
  SELECT b.*, CASE WHEN b.slice = 'owner' THEN u.name ELSE b.value END AS label FROM (
    SELECT CASE WHEN grouping(s.owner_id) = 0 THEN 'owner' WHEN grouping(s.industry) = 0 THEN 'industry' WHEN grouping(s.region) = 0 THEN 'region' ELSE 'plan' END AS slice,
      coalesce(s.owner_id::text, s.industry, s.region, s.plan) AS value, count(*)::int AS accounts, count(*) FILTER (WHERE s.segment = 'churn_risk')::int AS "atRisk",
      coalesce(sum(s.run_rate), 0)::text AS "runRate", coalesce(sum(s.stake), 0)::text AS stake
    ${judged(tx, view)}
    WHERE s.workspace_id = ${tx.workspaceId}::uuid
    GROUP BY GROUPING SETS ((s.owner_id), (s.industry), (s.region), (s.plan))) b
  LEFT JOIN app_user u ON b.slice = 'owner' AND u.id::text = b.value
  ORDER BY b.slice, b.stake::numeric DESC, b.value`;

/** How many accounts went from one segment to another; `from` null: it was not judged then. */
export type SegmentFlow = { from: Segment | null; to: Segment; accounts: number; runRate: DecimalText; stake: DecimalText };

/** Segments now against the close `days` before the last one. */
export const segmentFlow = (tx: WorkspaceTx, view: TriageView, days: number): Promise<SegmentFlow[]> => tx.db.$queryRaw<SegmentFlow[]>`
  SELECT h.segment AS from, s.segment AS to, count(*)::int AS accounts, coalesce(sum(s.run_rate), 0)::text AS "runRate", coalesce(sum(s.stake), 0)::text AS stake
  ${judged(tx, view)}
  LEFT JOIN score_history h ON h.workspace_id = s.workspace_id AND h.account_id = s.account_id AND h.day = ${view.closed}::date - ${days}::int
  WHERE s.workspace_id = ${tx.workspaceId}::uuid GROUP BY h.segment, s.segment`;

/** Accounts per band, now and then; `band` null: too early for a score. */
export type BandCount = { band: Band | null; accounts: number; before: number; runRate: DecimalText };

export const bandCounts = (tx: WorkspaceTx, view: TriageView, days: number): Promise<BandCount[]> => tx.db.$queryRaw<BandCount[]>`
  SELECT x.band, count(*) FILTER (WHERE x.now)::int AS accounts, count(*) FILTER (WHERE NOT x.now)::int AS before,
    coalesce(sum(x.run_rate) FILTER (WHERE x.now), 0)::text AS "runRate"
  FROM (
    SELECT s.band, true AS now, s.run_rate ${judged(tx, view)} WHERE s.workspace_id = ${tx.workspaceId}::uuid
    UNION ALL
    SELECT h.band, false, NULL ${judged(tx, view)}
    JOIN score_history h ON h.workspace_id = s.workspace_id AND h.account_id = s.account_id AND h.day = ${view.closed}::date - ${days}::int
    WHERE s.workspace_id = ${tx.workspaceId}::uuid) x
  GROUP BY x.band`;

/** A live account's way to the first-value milestone. */
export type FirstValueRow = { start: Day; reached: Day | null };

/** Accounts that started on `from` or later; null when no first-value milestone is set. */
export const firstValues = async (tx: WorkspaceTx, from: Day, onlyOwner: string | null): Promise<FirstValueRow[] | null> => {
  const milestone = await tx.db.milestone.findFirst({ where: { workspaceId: tx.workspaceId, firstValue: true, archivedAt: null }, select: { id: true } });
  if (!milestone) return null;
  return tx.db.$queryRaw<FirstValueRow[]>`
    SELECT x.start::text AS start, m.day::text AS reached FROM (
      SELECT a.id, coalesce(a.contract_start, a.created_day,
        (SELECT d.day FROM account_day d WHERE d.workspace_id = a.workspace_id AND d.account_id = a.id ORDER BY d.day LIMIT 1), a.created_at::date) AS start
      FROM account a WHERE a.workspace_id = ${tx.workspaceId}::uuid AND a.status = 'live'
        ${onlyOwner ? Prisma.sql`AND a.owner_id = ${onlyOwner}::uuid` : Prisma.empty}) x
    LEFT JOIN milestone_reached m ON m.workspace_id = ${tx.workspaceId}::uuid AND m.account_id = x.id AND m.milestone_id = ${milestone.id}::uuid
    WHERE x.start >= ${from}::date`;
};

/** What one person has on their hands; `ownerId` null: accounts nobody owns. */
export type BookLoad = {
  ownerId: string | null;
  name: string | null;
  accounts: number;
  needsYou: number;
  runRate: DecimalText;
  stake: DecimalText;
  alerts: number;
  tasks: number;
  overdue: number;
  untouched: number;
};

/** Each owner's book and open work. `untouched`: no call, mail or meeting logged within `quietDays`. */
export const bookLoads = (tx: WorkspaceTx, view: TriageView, quietDays: number): Promise<BookLoad[]> => tx.db.$queryRaw<BookLoad[]>`
  WITH touched AS (
    SELECT DISTINCT account_id FROM touch WHERE workspace_id = ${tx.workspaceId}::uuid AND kind <> 'note' AND day > ${view.today}::date - ${quietDays}::int
  ), work AS (
    SELECT account_id, count(*) AS alerts FROM alert WHERE workspace_id = ${tx.workspaceId}::uuid AND state <> 'resolved' GROUP BY account_id
  ), todo AS (
    SELECT owner_id, count(*)::int AS tasks, count(*) FILTER (WHERE due_day < ${view.today}::date)::int AS overdue
    FROM task WHERE workspace_id = ${tx.workspaceId}::uuid AND state = 'open' GROUP BY owner_id
  )
  SELECT b.*, u.name, coalesce(t.tasks, 0) AS tasks, coalesce(t.overdue, 0) AS overdue FROM (
    SELECT s.owner_id::text AS "ownerId", count(*)::int AS accounts, count(*) FILTER (WHERE ${needsYou})::int AS "needsYou",
      coalesce(sum(s.run_rate), 0)::text AS "runRate", coalesce(sum(s.stake), 0)::text AS stake, coalesce(sum(w.alerts), 0)::int AS alerts,
      count(*) FILTER (WHERE tt.account_id IS NULL)::int AS untouched
    ${judged(tx, view)}
    LEFT JOIN touched tt ON tt.account_id = s.account_id
    LEFT JOIN work w ON w.account_id = s.account_id
    WHERE s.workspace_id = ${tx.workspaceId}::uuid GROUP BY s.owner_id) b
  LEFT JOIN app_user u ON u.id::text = b."ownerId"
  LEFT JOIN todo t ON t.owner_id::text IS NOT DISTINCT FROM b."ownerId"
  ORDER BY b.stake::numeric DESC`;

import { Prisma } from '../../generated/client.ts';
import type { Day } from '@tideline/domain/calendar';
import type { DecimalText } from '@tideline/domain/money';
import type { WorkspaceTx } from '../workspace.ts';
import { judged, needsYou, triageStates, whereOf, type TriageFilter, type TriageView } from './triage.ts';

/** Accounts per segment under all filters, and those that need somebody. */
export const triageCounts = async (
  tx: WorkspaceTx,
  view: TriageView,
  filter: TriageFilter,
): Promise<{ segment: string; accounts: number; needsYou: number }[]> =>
  tx.db.$queryRaw<{ segment: string; accounts: number; needsYou: number }[]>`
    SELECT s.segment, count(*)::int AS accounts, count(*) FILTER (WHERE ${needsYou})::int AS "needsYou"
    ${judged(tx, view)} ${whereOf(tx, filter, 'all')} GROUP BY s.segment`;

export type BookSegment = { segment: string; accounts: number; runRate: DecimalText; stake: DecimalText };

/** The book by segment, whatever has become of the rows. */
export const bookBySegment = (tx: WorkspaceTx, view: TriageView, filter: TriageFilter): Promise<BookSegment[]> =>
  tx.db.$queryRaw<BookSegment[]>`
    SELECT s.segment, count(*)::int AS accounts, coalesce(sum(s.run_rate), 0)::text AS "runRate", coalesce(sum(s.stake), 0)::text AS stake
    ${judged(tx, view)} ${whereOf(tx, filter, 'accounts')} GROUP BY s.segment`;

/** The same book as it was judged at a close `days` before the last one; empty without that close. The accounts are those in it today. */
export const bookBefore = (tx: WorkspaceTx, view: TriageView, filter: TriageFilter, days: number): Promise<BookSegment[]> =>
  tx.db.$queryRaw<BookSegment[]>`
    SELECT h.segment, count(*)::int AS accounts, coalesce(sum(h.run_rate), 0)::text AS "runRate", coalesce(sum(h.stake), 0)::text AS stake
    ${judged(tx, view)}
    JOIN score_history h ON h.workspace_id = s.workspace_id AND h.account_id = s.account_id AND h.day = ${view.closed}::date - ${days}::int
    ${whereOf(tx, filter, 'accounts')} GROUP BY h.segment`;

export type TriageToday = { done: number; doneStake: DecimalText; snoozed: number; nextBack: Day | null; handled: number };

/** What became of the book today: marked done, put aside, and alerts that cleared by themselves. */
export const triageToday = async (tx: WorkspaceTx, view: TriageView, filter: TriageFilter): Promise<TriageToday | undefined> => {
  const doneToday = Prisma.sql`${triageStates.done} AND d.day = ${view.today}::date`;
  const [row] = await tx.db.$queryRaw<TriageToday[]>`
    SELECT count(*) FILTER (WHERE ${doneToday})::int AS done, coalesce(sum(s.stake) FILTER (WHERE ${doneToday}), 0)::text AS "doneStake",
      count(z.account_id)::int AS snoozed, min(z.until_day)::text AS "nextBack",
      coalesce(sum((SELECT count(*) FROM alert r WHERE r.workspace_id = s.workspace_id AND r.account_id = s.account_id AND r.state = 'resolved'
        AND r.resolved_by IS NULL AND r.resolved_on >= ${view.closed ?? view.today}::date)), 0)::int AS handled
    ${judged(tx, view)} ${whereOf(tx, filter, 'accounts')}`;
  return row;
};

/** Whether touches and commitments exist at all: a column whose data is not connected is not shown. */
export const connectedColumns = async (tx: WorkspaceTx): Promise<{ touches: boolean; contracts: boolean }> => {
  const [row] = await tx.db.$queryRaw<{ touches: boolean; contracts: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM touch WHERE workspace_id = ${tx.workspaceId}::uuid AND kind <> 'note') AS touches,
      EXISTS (SELECT 1 FROM contract WHERE workspace_id = ${tx.workspaceId}::uuid AND commitment > 0) AS contracts`;
  return row ?? { touches: false, contracts: false };
};

export type TriageChoices = { kind: 'owner' | 'industry' | 'plan' | 'region' | 'all'; value: string | null; accounts: number }[];

/** What the list can be narrowed to, with the live accounts behind each; `all` counts them once, value null among owners is "nobody". */
export const triageChoices = (tx: WorkspaceTx, onlyOwner: string | null): Promise<TriageChoices> =>
  tx.db.$queryRaw<TriageChoices>`
    SELECT CASE WHEN grouping(owner_id) = 0 THEN 'owner' WHEN grouping(industry) = 0 THEN 'industry' WHEN grouping(plan) = 0 THEN 'plan'
        WHEN grouping(region) = 0 THEN 'region' ELSE 'all' END AS kind,
      coalesce(owner_id::text, industry, plan, region) AS value, count(*)::int AS accounts
    FROM account WHERE workspace_id = ${tx.workspaceId}::uuid AND status = 'live' ${onlyOwner ? Prisma.sql`AND owner_id = ${onlyOwner}::uuid` : Prisma.empty}
    GROUP BY GROUPING SETS ((owner_id), (industry), (plan), (region), ())
    ORDER BY kind, value`;

/** Unit of the main meter, which stands for money where nothing is priced. */
export const mainMeterUnit = async (tx: WorkspaceTx, mainMeterId: string | null): Promise<string | null> => {
  if (mainMeterId === null) return null;
  const meter = await tx.db.meter.findUnique({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id: mainMeterId } }, select: { unit: true } });
  return meter?.unit ?? null;
};

/** Whether a person owns any live account: then triage starts with their own book. */
export const ownsAny = async (tx: WorkspaceTx, userId: string): Promise<boolean> =>
  (await tx.db.account.findFirst({ where: { workspaceId: tx.workspaceId, ownerId: userId, status: 'live' }, select: { id: true } })) !== null;

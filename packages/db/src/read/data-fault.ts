import { Prisma } from '../../generated/client.ts';
import type { Day } from '@tideline/domain/calendar';
import type { FaultScope } from '@tideline/domain/data-fault';
import { plain } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';
import { metersNow } from '../write/rate.ts';

export type FaultEnd = 'returned' | 'resumed' | 'dismissed';
export type FaultRow = {
  id: string;
  scope: FaultScope;
  refId: string | null;
  name: string | null;
  since: Day;
  through: Day | null;
  detectedAt: Date;
  active: number;
  usual: number;
  accounts: number;
  endedAt: Date | null;
  endedAs: FaultEnd | null;
  endedBy: string | null;
};

const columns = Prisma.raw(`id::text, scope, ref_id::text AS "refId", name, since::text, through::text, detected_at AS "detectedAt", active, usual, accounts,
  ended_at AS "endedAt", ended_as AS "endedAs", ended_by AS "endedBy"`);

/** Those whose beginning or end nobody was told of yet. */
export const faultsToTell = (tx: WorkspaceTx): Promise<FaultRow[]> =>
  tx.db.$queryRaw<FaultRow[]>`SELECT ${columns} FROM data_fault WHERE workspace_id = ${tx.workspaceId}::uuid AND (told_at IS NULL OR told_at < ended_at)`;

/** The faults of a workspace, those that stand first, then the newest; all, or one by id. */
export const dataFaults = (tx: WorkspaceTx, { id = null, standing = false, limit = 50 }: { id?: string | null; standing?: boolean; limit?: number } = {}) =>
  tx.db.$queryRaw<FaultRow[]>`
    SELECT ${columns} FROM data_fault WHERE workspace_id = ${tx.workspaceId}::uuid AND (${id}::uuid IS NULL OR id = ${id}::uuid) AND (NOT ${standing} OR ended_at IS NULL)
    ORDER BY ended_at IS NOT NULL, detected_at DESC, id LIMIT ${limit}`;

/** The standing fault that holds an account's judgement, that which began first; one of the whole workspace holds everybody. */
export const faultHolding = async (tx: WorkspaceTx, accountId: string): Promise<FaultRow | null> => {
  const [row] = await tx.db.$queryRaw<FaultRow[]>`
    SELECT ${columns} FROM data_fault f WHERE workspace_id = ${tx.workspaceId}::uuid AND ended_at IS NULL AND (scope = 'workspace' OR EXISTS (
      SELECT 1 FROM held_account h WHERE h.workspace_id = f.workspace_id AND h.fault_id = f.id AND h.account_id = ${accountId}::uuid))
    ORDER BY f.since, id LIMIT 1`;
  return row ?? null;
};

/** What may fall silent by itself. */
export type Watched = { scope: FaultScope; refId: string | null; name: string | null };
export type WatchedCount = Watched & { day: Day; active: number };

/** How many live accounts were active on these days: in the workspace, on each meter where there is more than one, and of each sender. */
export const activeCounts = async (tx: WorkspaceTx, days: readonly Day[], manyMeters: boolean, now: Date): Promise<WatchedCount[]> => [
  ...(await countsOfAll(tx, days, manyMeters)),
  ...(await countsBySender(tx, days, now)),
];

const countsOfAll = (tx: WorkspaceTx, days: readonly Day[], manyMeters: boolean): Promise<WatchedCount[]> => {
  const onDays = Prisma.sql`FROM account_day d JOIN account a ON a.workspace_id = d.workspace_id AND a.id = d.account_id AND a.status = 'live'`;
  const where = Prisma.sql`WHERE d.workspace_id = ${tx.workspaceId}::uuid AND d.day = ANY(${plain(days)}::date[]) AND d.active`;
  const whole = Prisma.sql`SELECT 'workspace' AS scope, NULL AS "refId", NULL AS name, d.day::text, count(*)::int AS active ${onDays} ${where} GROUP BY d.day`;
  if (!manyMeters) return tx.db.$queryRaw<WatchedCount[]>(whole);
  return tx.db.$queryRaw<WatchedCount[]>`
    WITH ${metersNow(tx)} ${whole}
    UNION ALL SELECT 'meter', m.meter_id::text, n.name, d.day::text, count(*)::int ${onDays}
      JOIN meters m ON m.bit <> 0 AND d.meters & m.bit <> 0 JOIN meter n ON n.workspace_id = d.workspace_id AND n.id = m.meter_id AND n.archived_at IS NULL
      ${where} GROUP BY m.meter_id, n.name, d.day`;
};

/** Days in which an account that a sender feeds has shown it. */
export const FED_DAYS = 28;

/**
 * Accounts of each key and source: those it holds where a fault of it stands, else those that it alone fed in the last four weeks. With a
 * single sender there is nothing to tell apart.
 */
const countsBySender = (tx: WorkspaceTx, days: readonly Day[], now: Date): Promise<WatchedCount[]> =>
  tx.db.$queryRaw<WatchedCount[]>`
    WITH recent AS MATERIALIZED (
      SELECT sender_id, account_id, kind FROM account_feed WHERE workspace_id = ${tx.workspaceId}::uuid AND last_on > ${now}::timestamptz::date - ${FED_DAYS}::int),
    standing AS (SELECT id, ref_id, scope FROM data_fault WHERE workspace_id = ${tx.workspaceId}::uuid AND ended_at IS NULL AND scope IN ('key', 'source')),
    fed AS MATERIALIZED (
      SELECT s.ref_id AS sender_id, s.scope AS kind, h.account_id FROM standing s JOIN held_account h ON h.workspace_id = ${tx.workspaceId}::uuid AND h.fault_id = s.id
      UNION ALL SELECT (array_agg(sender_id))[1], min(kind), account_id FROM recent
      WHERE (SELECT count(DISTINCT sender_id) > 1 FROM recent) OR EXISTS (SELECT 1 FROM standing)
      GROUP BY account_id HAVING count(*) = 1 AND (array_agg(sender_id))[1] NOT IN (SELECT ref_id FROM standing))
    SELECT f.kind AS scope, f.sender_id::text AS "refId", coalesce(k.name, s.name) AS name, d.day::text, count(*)::int AS active
    FROM fed f JOIN account a ON a.workspace_id = ${tx.workspaceId}::uuid AND a.id = f.account_id AND a.status = 'live'
    JOIN account_day d ON d.workspace_id = a.workspace_id AND d.account_id = a.id AND d.day = ANY(${plain(days)}::date[]) AND d.active
    LEFT JOIN api_key k ON k.workspace_id = a.workspace_id AND k.id = f.sender_id
    LEFT JOIN source s ON s.workspace_id = a.workspace_id AND s.id = f.sender_id
    GROUP BY f.kind, f.sender_id, k.name, s.name, d.day`;

/** Which of these accounts (null: of all) keep their judgement on a day; `besides` a fault that is about to end. */
export const heldAccounts = async (
  tx: WorkspaceTx,
  { day = null, ids = null, besides = null }: { day?: Day | null; ids?: readonly string[] | null; besides?: string | null } = {},
): Promise<Set<string>> => {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT h.account_id::text AS id FROM held_account h JOIN data_fault f ON f.workspace_id = h.workspace_id AND f.id = h.fault_id
    WHERE h.workspace_id = ${tx.workspaceId}::uuid AND f.ended_at IS NULL AND (${day}::date IS NULL OR f.since <= ${day}::date)
      AND (${besides}::uuid IS NULL OR f.id <> ${besides}::uuid) AND (${ids === null} OR h.account_id = ANY(${plain(ids ?? [])}::uuid[]))`;
  return new Set(rows.map(({ id }) => id));
};

/** The accounts that a fault holds. */
export const heldBy = async (tx: WorkspaceTx, faultId: string): Promise<string[]> => {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    SELECT account_id::text AS id FROM held_account WHERE workspace_id = ${tx.workspaceId}::uuid AND fault_id = ${faultId}::uuid ORDER BY account_id`;
  return rows.map(({ id }) => id);
};

/** The last day that may be judged while the whole workspace is silent; the end of time without such a fault. */
export const heldThrough = async (tx: WorkspaceTx): Promise<Day> => {
  const [row] = await tx.db.$queryRaw<{ day: Day }[]>`
    SELECT (since - 1)::text AS day FROM data_fault WHERE workspace_id = ${tx.workspaceId}::uuid AND scope = 'workspace' AND ended_at IS NULL`;
  return row?.day ?? ('9999-12-31' as Day);
};

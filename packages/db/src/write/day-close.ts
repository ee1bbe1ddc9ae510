import type { Day } from '@tideline/domain/calendar';
import type { Relative } from '@tideline/domain/measure';
import type { PeerGroup } from '@tideline/domain/peer-group';
import { plain } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';

/** What is relative to the workspace on one closed day, with the lists that single accounts are ranked in. */
export type ClosedDay = { readonly day: Day; readonly relative: Relative; readonly group: PeerGroup };

/** One closing or backfill of a workspace at a time, and no rescore meanwhile: the workspace's row is the lock. */
export const lockScoring = async (tx: WorkspaceTx): Promise<void> => {
  await tx.db.$queryRaw`SELECT id FROM workspace WHERE id = ${tx.workspaceId}::uuid FOR NO KEY UPDATE`;
};

/** Of a day that is not the newest so many peers are kept, evenly spaced: enough to say how a year's revenue stood among them. */
const KEPT_PEERS = 201;
/** Closes that may have come between two writes at the most. */
const THINNED_DAYS = 40;

/** Keeps what is relative on the day. The list of peers is as long as there are accounts: only the newest stays whole. */
export const writeDayClose = async (tx: WorkspaceTx, closed: ClosedDay, mark: { backfilled: boolean; late: boolean; at: Date }): Promise<void> => {
  const { relative, group } = closed;
  await tx.db.$executeRaw`
    UPDATE day_close SET peers = ARRAY(
      SELECT p.peer FROM (SELECT cardinality(peers) - 1 AS last OFFSET 0) l CROSS JOIN generate_series(0, ${KEPT_PEERS - 1}::int) i
      JOIN unnest(peers) WITH ORDINALITY AS p (peer, place) ON p.place = 1 + round(i * l.last / ${KEPT_PEERS - 1}::numeric)::int ORDER BY i)
    WHERE workspace_id = ${tx.workspaceId}::uuid AND day < ${closed.day}::date AND day >= ${closed.day}::date - ${THINNED_DAYS}::int AND cardinality(peers) > ${KEPT_PEERS}`;
  await tx.db.$executeRaw`
    INSERT INTO day_close (workspace_id, day, active_accounts, clock, regularity, vbar, peers, onboarding, median_ttfv, backfilled, late, closed_at)
    SELECT ${tx.workspaceId}::uuid, ${closed.day}::date, coalesce(t.active_accounts, 0), coalesce(t.clock, 0), ${relative.k}, ${relative.vbar}, ${plain(Array.from(group.peers))}::float8[],
      ${JSON.stringify(group.onboarding)}::jsonb, ${relative.medianTtfvDays}, ${mark.backfilled}, ${mark.late}, ${mark.at}
    FROM (SELECT 1) one LEFT JOIN clock_tick t ON t.workspace_id = ${tx.workspaceId}::uuid AND t.day = ${closed.day}::date
    ON CONFLICT (workspace_id, day) DO UPDATE SET active_accounts = excluded.active_accounts, clock = excluded.clock, regularity = excluded.regularity, vbar = excluded.vbar,
      peers = excluded.peers, onboarding = excluded.onboarding, median_ttfv = excluded.median_ttfv, closed_at = excluded.closed_at`;
};

/** Notes the last closed day. */
export const noteClosed = async (tx: WorkspaceTx, day: Day): Promise<void> => {
  await tx.db.$executeRaw`
    UPDATE workspace SET closed_through = greatest(closed_through, ${day}::date) WHERE id = ${tx.workspaceId}::uuid`;
};

/** Days of a stretch that were closed live: `told`, whose alerts were decided, and among them `lived`, whose judgements stay as they were. */
export const liveCloses = async (tx: WorkspaceTx, from: Day, through: Day): Promise<{ told: Set<Day>; lived: Set<Day> }> => {
  const rows = await tx.db.$queryRaw<{ day: Day; lived: boolean }[]>`
    SELECT c.day::text AS day, EXISTS (SELECT 1 FROM score_history h WHERE h.workspace_id = c.workspace_id AND h.day = c.day AND NOT h.backfilled) AS lived
    FROM day_close c WHERE c.workspace_id = ${tx.workspaceId}::uuid AND NOT c.backfilled AND c.day BETWEEN ${from}::date AND ${through}::date`;
  const days = (of: typeof rows) => new Set(of.map(({ day }) => day));
  return { told: days(rows), lived: days(rows.filter((row) => row.lived)) };
};

/** A backfill ends on the as-of day: from there days are closed, also when later ones had been (the pin was moved back before an import). */
export const setClosed = async (tx: WorkspaceTx, day: Day): Promise<void> => {
  await tx.db.$executeRaw`UPDATE workspace SET closed_through = ${day}::date WHERE id = ${tx.workspaceId}::uuid`;
};

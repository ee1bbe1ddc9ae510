import { Prisma } from '../../generated/client.ts';
import type { WorkspaceTx } from '../workspace.ts';

export type EventRow = {
  time: Date;
  receivedAt: Date;
  account: string;
  accountId: string;
  accountName: string;
  event: string;
  value: string | null;
  properties: Record<string, unknown> | null;
};

/** Raw events have no index on arrival: among this many of the newest by their time, of the workspace or of one account, the last to arrive are found. */
const NEWEST = 2_000;

const ofAccount = (tx: WorkspaceTx, key: string | null): Prisma.Sql =>
  key === null
    ? Prisma.empty
    : Prisma.sql`AND account_id = (SELECT coalesce(merged_into, id) FROM account WHERE workspace_id = ${tx.workspaceId}::uuid AND external_id = ${key})`;

/** Names of the events that come in while no meter counts anything, the most frequent first; empty once there is a meter. Read for every screen: of any events, not of the newest, which would have to be sorted out of all. */
export const uncountedEvents = async (tx: WorkspaceTx, limit: number): Promise<string[]> => {
  const rows = await tx.db.$queryRaw<{ name: string }[]>`
    SELECT name FROM (SELECT name FROM event WHERE workspace_id = ${tx.workspaceId}::uuid
        AND NOT EXISTS (SELECT 1 FROM meter WHERE workspace_id = ${tx.workspaceId}::uuid AND archived_at IS NULL) LIMIT ${NEWEST}) e
    GROUP BY name ORDER BY count(*) DESC, name LIMIT ${limit}`;
  return rows.map(({ name }) => name);
};

/** The latest events of the workspace, the last to arrive first; `onlyOwner`: of the accounts of one person. */
export const latestEvents = (
  tx: WorkspaceTx,
  filter: { event: string | null; account: string | null; onlyOwner: string | null },
  limit: number,
): Promise<EventRow[]> =>
  tx.db.$queryRaw<EventRow[]>`
    SELECT e.time, e.received_at AS "receivedAt", a.external_id AS account, a.id::text AS "accountId", a.name AS "accountName", e.name AS event,
      trim_scale(e.value)::text AS value, e.properties
    FROM (SELECT * FROM event WHERE workspace_id = ${tx.workspaceId}::uuid ${ofAccount(tx, filter.account)} ORDER BY time DESC LIMIT ${NEWEST}) e
    JOIN account a ON a.workspace_id = e.workspace_id AND a.id = e.account_id
    WHERE (${filter.event}::text IS NULL OR e.name = ${filter.event}) AND (${filter.onlyOwner}::uuid IS NULL OR a.owner_id = ${filter.onlyOwner}::uuid)
    ORDER BY e.received_at DESC, e.time DESC, e.key LIMIT ${limit}`;

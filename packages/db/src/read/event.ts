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

/** Raw events have no index on arrival: among this many of the newest by their time, the last to arrive are found. */
const NEWEST = 2_000;

/** The latest events of the workspace, the last to arrive first; `onlyOwner`: of the accounts of one person. */
export const latestEvents = (tx: WorkspaceTx, filter: { event: string | null; onlyOwner: string | null }, limit: number): Promise<EventRow[]> =>
  tx.db.$queryRaw<EventRow[]>`
    SELECT e.time, e.received_at AS "receivedAt", a.external_id AS account, a.id::text AS "accountId", a.name AS "accountName", e.name AS event,
      trim_scale(e.value)::text AS value, e.properties
    FROM (SELECT * FROM event WHERE workspace_id = ${tx.workspaceId}::uuid ORDER BY time DESC LIMIT ${NEWEST}) e
    JOIN account a ON a.workspace_id = e.workspace_id AND a.id = e.account_id
    WHERE (${filter.event}::text IS NULL OR e.name = ${filter.event}) AND (${filter.onlyOwner}::uuid IS NULL OR a.owner_id = ${filter.onlyOwner}::uuid)
    ORDER BY e.received_at DESC, e.time DESC, e.key LIMIT ${limit}`;

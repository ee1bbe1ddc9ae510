import type { WorkspaceTx } from '../workspace.ts';

export type IntakeSource = {
  keyId: string;
  keyName: string | null;
  keyEnded: boolean;
  client: string;
  lastAt: Date;
  requests: number;
  accepted: number;
  duplicates: number;
  conflicts: number;
  rejected: number;
  /** Accepted events of each of the last 24 hours, the oldest first. */
  hourly: number[];
  /** Starts of the hours of the last 14 days in which something arrived, in ms, ascending. */
  hours: number[];
};

/** What has sent in the last 14 days, by key and client, with its last day in figures; the busiest first. */
export const intakeSources = (tx: WorkspaceTx, now: Date): Promise<IntakeSource[]> =>
  tx.db.$queryRaw<IntakeSource[]>`
    WITH recent AS (
      SELECT *, hour > date_trunc('hour', ${now}::timestamptz) - interval '24 hours' AS today FROM intake_hour
      WHERE workspace_id = ${tx.workspaceId}::uuid AND hour > ${now}::timestamptz - interval '14 days'
    ), sums AS (
      SELECT key_id, client, max(last_at) AS last_at, coalesce(sum(requests) FILTER (WHERE today), 0)::int AS requests,
        coalesce(sum(accepted) FILTER (WHERE today), 0)::float8 AS accepted, coalesce(sum(duplicates) FILTER (WHERE today), 0)::float8 AS duplicates,
        coalesce(sum(conflicts) FILTER (WHERE today), 0)::float8 AS conflicts, coalesce(sum(rejected) FILTER (WHERE today), 0)::float8 AS rejected,
        array_agg((extract(epoch FROM hour) * 1000)::float8 ORDER BY hour) FILTER (WHERE accepted + duplicates > 0) AS hours
      FROM recent GROUP BY key_id, client
    )
    SELECT s.key_id::text AS "keyId", k.name AS "keyName", (k.revoked_at IS NOT NULL OR k.expires_at <= ${now}) IS TRUE AS "keyEnded", s.client, s.last_at AS "lastAt",
      s.requests, s.accepted, s.duplicates, s.conflicts, s.rejected, coalesce(s.hours, '{}') AS hours,
      ARRAY(SELECT coalesce(r.accepted, 0)::float8 FROM generate_series(23, 0, -1) AS ago
        LEFT JOIN recent r ON r.key_id = s.key_id AND r.client = s.client AND r.hour = date_trunc('hour', ${now}::timestamptz) - make_interval(hours => ago) ORDER BY ago DESC) AS hourly
    FROM sums s LEFT JOIN api_key k ON k.workspace_id = ${tx.workspaceId}::uuid AND k.id = s.key_id
    ORDER BY s.accepted DESC, s.last_at DESC LIMIT 100`;

/** The latest requests, of one key where given; the last to come first. */
export const intakeRequests = (tx: WorkspaceTx, keyId: string | null, limit: number) =>
  tx.db.intakeRequest.findMany({
    where: { workspaceId: tx.workspaceId, ...(keyId === null ? {} : { keyId }) },
    select: {
      id: true,
      keyId: true,
      client: true,
      at: true,
      status: true,
      latencyMs: true,
      accepted: true,
      duplicates: true,
      conflicts: true,
      rejected: true,
      reason: true,
      sample: true,
    },
    orderBy: [{ at: 'desc' }, { id: 'asc' }],
    take: limit,
  });

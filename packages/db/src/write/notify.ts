import type { WorkspaceTx } from '../workspace.ts';

/** A fact that endpoints may have subscribed to. */
export type Fact = {
  /** Unique name of the fact in the workspace, for example `alert.opened:<id>`: it is owed once whatever is repeated. */
  fact: string;
  /** What an endpoint subscribes to. */
  event: string;
  /** The message as it will be sent. */
  payload: unknown;
};

/** Books each fact for every enabled endpoint subscribed to it, due at `now`; returns how many messages are newly owed. */
export const owe = async (tx: WorkspaceTx, facts: readonly Fact[], now: Date): Promise<number> => {
  if (facts.length === 0) return 0;
  return tx.db.$executeRaw`
    INSERT INTO notification (workspace_id, endpoint_id, fact, payload, next_at, created_at)
    SELECT e.workspace_id, e.id, f.fact, f.payload::jsonb, ${now}, ${now}
    FROM unnest(${facts.map((f) => f.fact)}::text[], ${facts.map((f) => f.event)}::text[], ${facts.map((f) => JSON.stringify(f.payload))}::text[])
      AS f (fact, event, payload)
    JOIN webhook_endpoint e ON e.workspace_id = ${tx.workspaceId}::uuid AND e.enabled AND f.event = ANY (e.events)
    ON CONFLICT (workspace_id, endpoint_id, fact) DO NOTHING`;
};

/** Books one message for one endpoint, subscribed or not; returns its id. */
export const oweTo = async (tx: WorkspaceTx, endpointId: string, fact: string, payload: unknown, now: Date): Promise<string> => {
  const data = { workspaceId: tx.workspaceId, endpointId, fact, payload: JSON.parse(JSON.stringify(payload)), nextAt: now, createdAt: now };
  const { id } = await tx.db.notification.create({ data, select: { id: true } });
  return id;
};

/** A message taken to be sent. `attempt` counts from 1 and fences: only the latest taker's result is written. */
export type Claimed = { id: string; attempt: number; payload: unknown; endpointId: string; url: string; secret: string };

/**
 * Takes due messages for `leaseMs`: until then nobody else sees them, and after that they are due again, should the
 * taker have died. At most `perEndpoint` of each endpoint, so that a slow one does not hold up the others.
 */
export const claim = (tx: WorkspaceTx, now: Date, options: { leaseMs: number; perEndpoint: number; limit: number }): Promise<Claimed[]> => {
  const until = new Date(now.getTime() + options.leaseMs);
  return tx.db.$queryRaw<Claimed[]>`
    WITH due AS (
      SELECT n.id FROM notification n
      WHERE n.workspace_id = ${tx.workspaceId}::uuid AND n.state = 'owed' AND n.next_at <= ${now} AND n.id IN (
        SELECT ranked.id FROM (
          SELECT d.id, row_number() OVER (PARTITION BY d.endpoint_id ORDER BY d.next_at, d.created_at, d.id) AS place
          FROM notification d JOIN webhook_endpoint e ON e.workspace_id = d.workspace_id AND e.id = d.endpoint_id AND e.enabled
          WHERE d.workspace_id = ${tx.workspaceId}::uuid AND d.state = 'owed' AND d.next_at <= ${now}) ranked
        WHERE ranked.place <= ${options.perEndpoint})
      ORDER BY n.next_at, n.id LIMIT ${options.limit} FOR UPDATE SKIP LOCKED)
    UPDATE notification n SET attempts = n.attempts + 1, next_at = ${until}
    FROM due, webhook_endpoint e
    WHERE n.workspace_id = ${tx.workspaceId}::uuid AND n.id = due.id AND e.workspace_id = n.workspace_id AND e.id = n.endpoint_id
    RETURNING n.id, n.attempts AS attempt, n.payload, n.endpoint_id AS "endpointId", e.url, e.secret`;
};

/** What came of a message: sent, or owed again from `retryAt`, or given up when that is null. */
export type Sent = { id: string; attempt: number; ok: boolean; status: number | null; error: string | null; retryAt: Date | null };

/** Writes results back; a message that was taken again meanwhile keeps what its new taker does. */
export const settle = async (tx: WorkspaceTx, results: readonly Sent[], now: Date): Promise<number> => {
  if (results.length === 0) return 0;
  return tx.db.$executeRaw`
    UPDATE notification n SET
      state = CASE WHEN r.ok THEN 'sent' WHEN r.retry_at IS NULL THEN 'failed' ELSE 'owed' END,
      next_at = coalesce(r.retry_at, n.next_at), last_status = r.status, last_error = r.error,
      sent_at = CASE WHEN r.ok THEN ${now}::timestamptz END
    FROM unnest(${results.map((r) => r.id)}::uuid[], ${results.map((r) => r.attempt)}::int[], ${results.map((r) => r.ok)}::bool[],
      ${results.map((r) => r.status)}::int[], ${results.map((r) => r.error)}::text[], ${results.map((r) => r.retryAt)}::timestamptz[])
      AS r (id, attempt, ok, status, error, retry_at)
    WHERE n.workspace_id = ${tx.workspaceId}::uuid AND n.id = r.id AND n.attempts = r.attempt AND n.state = 'owed'`;
};

/** Makes a message due once more, with the same id, so that a receiver that deduplicates may skip it; returns how many. */
export const oweAgain = async (tx: WorkspaceTx, id: string, now: Date): Promise<number> => {
  const { count } = await tx.db.notification.updateMany({
    where: { workspaceId: tx.workspaceId, id },
    data: { state: 'owed', attempts: 0, nextAt: now, sentAt: null },
  });
  return count;
};

import { Prisma } from '../../generated/client.ts';
import type { StatementTx, WorkspaceTx } from '../workspace.ts';

/** The events that at least one enabled endpoint wants. */
export const subscribedEvents = async (tx: StatementTx): Promise<Set<string>> => {
  const rows = await tx.db.$queryRaw<{ event: string }[]>`
    SELECT DISTINCT unnest(events) AS event FROM webhook_endpoint WHERE workspace_id = ${tx.workspaceId}::uuid AND enabled`;
  return new Set(rows.map(({ event }) => event));
};

export type WebhookRow = {
  id: string;
  url: string;
  events: string[];
  enabled: boolean;
  createdAt: Date;
  owed: number;
  failed: number;
  lastSentAt: Date | null;
};

/** The endpoints and how their messages fare; all, or one by id. Never the secret. */
export const webhookEndpoints = (tx: WorkspaceTx, id: string | null = null): Promise<WebhookRow[]> =>
  tx.db.$queryRaw<WebhookRow[]>`
    SELECT e.id, e.url, e.events, e.enabled, e.created_at AS "createdAt", count(n.id) FILTER (WHERE n.state = 'owed')::int AS owed,
      count(n.id) FILTER (WHERE n.state = 'failed')::int AS failed, max(n.sent_at) AS "lastSentAt"
    FROM webhook_endpoint e LEFT JOIN notification n ON n.workspace_id = e.workspace_id AND n.endpoint_id = e.id
    WHERE e.workspace_id = ${tx.workspaceId}::uuid AND (${id}::uuid IS NULL OR e.id = ${id}::uuid)
    GROUP BY e.workspace_id, e.id ORDER BY e.created_at, e.id`;

export type DeliveryRow = {
  id: string;
  endpointId: string;
  type: string;
  state: string;
  attempts: number;
  createdAt: Date;
  nextAt: Date | null;
  sentAt: Date | null;
  lastStatus: number | null;
  lastError: string | null;
  payload: unknown;
  /** `createdAt` to the microsecond, as text: what a cursor is made of. */
  place: string;
};

/** A page of messages, the newest first. */
export const deliveryPage = (
  tx: WorkspaceTx,
  filter: { endpoint?: string | undefined; state?: string | undefined },
  cursor: { place: string; id: string } | null,
  limit: number,
): Promise<DeliveryRow[]> => {
  const where = [
    Prisma.sql`workspace_id = ${tx.workspaceId}::uuid`,
    ...(filter.endpoint ? [Prisma.sql`endpoint_id = ${filter.endpoint}::uuid`] : []),
    ...(filter.state ? [Prisma.sql`state = ${filter.state}`] : []),
    ...(cursor ? [Prisma.sql`(created_at, id) < (${cursor.place}::timestamptz, ${cursor.id}::uuid)`] : []),
  ];
  return tx.db.$queryRaw<DeliveryRow[]>`
    SELECT id, endpoint_id AS "endpointId", payload ->> 'type' AS type, state, attempts, created_at AS "createdAt",
      CASE WHEN state = 'owed' THEN next_at END AS "nextAt", sent_at AS "sentAt", last_status AS "lastStatus", last_error AS "lastError", payload,
      created_at::text AS place
    FROM notification WHERE ${Prisma.join(where, ' AND ')}
    ORDER BY notification.created_at DESC, id DESC LIMIT ${limit}`;
};

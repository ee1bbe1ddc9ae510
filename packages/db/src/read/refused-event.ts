import { bytes } from '../array-literal.ts';
import { Prisma } from '../../generated/client.ts';
import type { WorkspaceTx } from '../workspace.ts';

/** Which refused events: of a reason, an account, an event name, an import or source; absent: any. */
export type RefusedFilter = {
  readonly reason?: string | undefined;
  readonly account?: string | undefined;
  readonly event?: string | undefined;
  readonly origin?: string | undefined;
};
export type RefusedGroup = { reason: string; kept: number; times: number; lastAt: Date };
export type RefusedEvent = {
  hash: string;
  reason: string;
  message: string;
  keyName: string | null;
  client: string;
  originId: string | null;
  /** Of the import or source, while it is there. */
  originName: string | null;
  eventId: string | null;
  account: string | null;
  event: string | null;
  body: string;
  whole: boolean;
  historical: boolean;
  firstAt: Date;
  lastAt: Date;
  times: number;
  identity: string | null;
  knownAt: Date | null;
};

const holds = ({ reason, account, event, origin }: RefusedFilter): Prisma.Sql => Prisma.sql`
  (${reason ?? null}::text IS NULL OR r.reason = ${reason ?? null}) AND (${account ?? null}::text IS NULL OR r.account = ${account ?? null})
  AND (${event ?? null}::text IS NULL OR r.event = ${event ?? null})
  AND (${origin ?? null}::uuid IS NULL OR r.origin_id = ${origin ?? null}::uuid)`;

/** How many are kept of each reason, the most frequent first; `times` counts repeated refusals of the same event. */
export const refusedGroups = (tx: WorkspaceTx, { origin }: Pick<RefusedFilter, 'origin'> = {}): Promise<RefusedGroup[]> =>
  tx.db.$queryRaw<RefusedGroup[]>`
    SELECT reason, count(*)::int AS kept, sum(times)::int AS times, max(last_at) AS "lastAt" FROM refused_event r
    WHERE workspace_id = ${tx.workspaceId}::uuid AND ${holds({ origin })} GROUP BY reason ORDER BY count(*) DESC, reason`;

const columns = Prisma.sql`encode(r.hash, 'hex') AS hash, r.reason, r.message, k.name AS "keyName", r.client, r.origin_id::text AS "originId",
  coalesce(i.file_name, s.name) AS "originName", r.event_id AS "eventId", r.account, r.event, r.body,
  r.whole, r.historical, r.first_at AS "firstAt", r.last_at AS "lastAt", r.times, encode(r.identity, 'hex') AS identity, r.known_at AS "knownAt"`;
const from = Prisma.sql`FROM refused_event r LEFT JOIN api_key k ON k.workspace_id = r.workspace_id AND k.id = r.key_id
  LEFT JOIN import i ON i.workspace_id = r.workspace_id AND i.id = r.origin_id LEFT JOIN source s ON s.workspace_id = r.workspace_id AND s.id = r.origin_id`;

/** The latest refused events, the last to come first. */
export const refusedEvents = (tx: WorkspaceTx, filter: RefusedFilter, limit: number): Promise<RefusedEvent[]> =>
  tx.db.$queryRaw<RefusedEvent[]>`
    SELECT ${columns} ${from}
    WHERE r.workspace_id = ${tx.workspaceId}::uuid AND ${holds(filter)} ORDER BY r.last_at DESC, r.hash LIMIT ${limit}`;

/** The next refused events behind a hash, in the order of their hashes: for work that goes through all of them. */
export const refusedBehind = (tx: WorkspaceTx, filter: RefusedFilter & { hashes?: readonly string[] | undefined }, after: string, limit: number) =>
  tx.db.$queryRaw<RefusedEvent[]>`
    SELECT ${columns} ${from}
    WHERE r.workspace_id = ${tx.workspaceId}::uuid AND ${holds(filter)} AND r.hash > ${`\\x${after}`}::bytea
      AND (${filter.hashes === undefined} OR r.hash = ANY(${bytes(filter.hashes ?? [])}::bytea[]))
    ORDER BY r.hash LIMIT ${limit}`;

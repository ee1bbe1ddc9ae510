import { plain, texts } from '../array-literal.ts';
import type { StatementTx } from '../workspace.ts';

/** Stands for "not sent by a key": a person's session, a file, a retry. */
export const NO_KEY = '00000000-0000-0000-0000-000000000000';

export type IntakeCounts = { accepted: number; duplicates: number; conflicts: number; rejected: number };
/** What a key sent through a client within an hour (start as ms). */
export type IntakeTally = IntakeCounts & { readonly keyId: string; readonly client: string; readonly hourMs: number; requests: number; lastMs: number };
/** One request as a person looks at it; `reason` and `sample` of the first event that was refused. */
export type IntakeRequestRow = IntakeCounts & {
  readonly keyId: string;
  readonly client: string;
  readonly atMs: number;
  readonly status: number;
  readonly latencyMs: number;
  readonly reason: string | null;
  readonly sample: string | null;
};

/** How many requests of a key are kept to be looked at. */
export const KEPT_REQUESTS = 200;

/** Adds what arrived to its hours, sorted by key. */
export const addIntake = async (tx: StatementTx, tallies: readonly IntakeTally[]): Promise<void> => {
  const rows = tallies.toSorted((a, b) => (`${a.keyId}${a.client}${a.hourMs}` < `${b.keyId}${b.client}${b.hourMs}` ? -1 : 1));
  const column = (read: (tally: IntakeTally) => number): string => plain(rows.map(read));
  await tx.db.$executeRaw`
    INSERT INTO intake_hour AS h (workspace_id, key_id, client, hour, requests, accepted, duplicates, conflicts, rejected, last_at)
    SELECT ${tx.workspaceId}::uuid, new.key_id, new.client, to_timestamp(new.hour_ms / 1000), new.requests, new.accepted, new.duplicates, new.conflicts, new.rejected, to_timestamp(new.last_ms / 1000)
    FROM unnest(${plain(rows.map(({ keyId }) => keyId))}::uuid[], ${texts(rows.map(({ client }) => client))}::text[], ${column((t) => t.hourMs)}::float8[],
      ${column((t) => t.requests)}::int[], ${column((t) => t.accepted)}::bigint[], ${column((t) => t.duplicates)}::bigint[], ${column((t) => t.conflicts)}::bigint[],
      ${column((t) => t.rejected)}::bigint[], ${column((t) => t.lastMs)}::float8[])
      AS new (key_id, client, hour_ms, requests, accepted, duplicates, conflicts, rejected, last_ms)
    ON CONFLICT (workspace_id, key_id, client, hour) DO UPDATE SET requests = h.requests + excluded.requests, accepted = h.accepted + excluded.accepted,
      duplicates = h.duplicates + excluded.duplicates, conflicts = h.conflicts + excluded.conflicts, rejected = h.rejected + excluded.rejected,
      last_at = greatest(h.last_at, excluded.last_at)`;
};

/** Keeps requests to look at, and of each key only the latest. */
export const insertIntakeRequests = async (tx: StatementTx, rows: readonly IntakeRequestRow[]): Promise<void> => {
  const column = (read: (row: IntakeRequestRow) => number): string => plain(rows.map(read));
  await tx.db.$executeRaw`
    INSERT INTO intake_request (workspace_id, key_id, client, at, status, latency_ms, accepted, duplicates, conflicts, rejected, reason, sample)
    SELECT ${tx.workspaceId}::uuid, new.key_id, new.client, to_timestamp(new.at_ms / 1000), new.status, new.latency_ms, new.accepted, new.duplicates, new.conflicts, new.rejected, new.reason, new.sample
    FROM unnest(${plain(rows.map(({ keyId }) => keyId))}::uuid[], ${texts(rows.map(({ client }) => client))}::text[], ${column((r) => r.atMs)}::float8[],
      ${column((r) => r.status)}::int[], ${column((r) => r.latencyMs)}::int[], ${column((r) => r.accepted)}::int[], ${column((r) => r.duplicates)}::int[],
      ${column((r) => r.conflicts)}::int[], ${column((r) => r.rejected)}::int[], ${texts(rows.map(({ reason }) => reason))}::text[], ${texts(rows.map(({ sample }) => sample))}::text[])
      AS new (key_id, client, at_ms, status, latency_ms, accepted, duplicates, conflicts, rejected, reason, sample)`;
  for (const keyId of new Set(rows.map((row) => row.keyId))) {
    await tx.db.$executeRaw`
      DELETE FROM intake_request WHERE workspace_id = ${tx.workspaceId}::uuid AND key_id = ${keyId}::uuid AND at <
        (SELECT at FROM intake_request WHERE workspace_id = ${tx.workspaceId}::uuid AND key_id = ${keyId}::uuid ORDER BY at DESC OFFSET ${KEPT_REQUESTS - 1} LIMIT 1)`;
  }
};

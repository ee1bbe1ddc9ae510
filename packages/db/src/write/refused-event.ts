import { bytes, plain, texts } from '../array-literal.ts';
import type { StatementTx } from '../workspace.ts';

/** An event that was not taken in. `hash` is 16 bytes as hex text, over the reason and what was sent. */
export type RefusedRow = {
  readonly hash: string;
  readonly reason: string;
  readonly message: string;
  readonly keyId: string | null;
  readonly client: string;
  readonly eventId: string | null;
  readonly account: string | null;
  readonly event: string | null;
  /** As it was sent, as JSON. */
  readonly body: string;
  /** false: the body is cut. */
  readonly whole: boolean;
  readonly historical: boolean;
  /** The import or source whose row it is. */
  readonly originId: string | null;
  /** Which fact it is, as hex text, where the event has no id of its own. */
  readonly identity: string | null;
  /** When it counts as known, where that was said. */
  readonly knownMs: number | null;
};

/** How many a workspace keeps; past it refusals are counted with the rest of what arrives, and no more. */
export const MAX_REFUSED = 100_000;

/** Keeps refused events, sorted by hash; one that is kept already is counted once more. */
export const insertRefused = async (tx: StatementTx, rows: readonly RefusedRow[], at: Date): Promise<void> => {
  const byHash = new Map<string, { row: RefusedRow; times: number }>();
  for (const row of rows) byHash.set(row.hash, { row, times: (byHash.get(row.hash)?.times ?? 0) + 1 });
  const kept = [...byHash.values()].toSorted((a, b) => (a.row.hash < b.row.hash ? -1 : 1));
  const column = <T>(read: (row: RefusedRow) => T): T[] => kept.map(({ row }) => read(row));
  await tx.db.$executeRaw`
    INSERT INTO refused_event AS r (workspace_id, hash, reason, message, key_id, client, event_id, account, event, body, whole, historical, first_at, last_at, times, origin_id, identity, known_at)
    SELECT ${tx.workspaceId}::uuid, new.hash, new.reason, new.message, new.key_id, new.client, new.event_id, new.account, new.event, new.body, new.whole, new.historical, ${at}, ${at}, new.times,
      new.origin_id, new.identity, to_timestamp(new.known_ms / 1000)
    FROM unnest(${bytes(column((r) => r.hash))}::bytea[], ${texts(column((r) => r.reason))}::text[], ${texts(column((r) => r.message))}::text[],
      ${plain(column((r) => r.keyId))}::uuid[], ${texts(column((r) => r.client))}::text[], ${texts(column((r) => r.eventId))}::text[],
      ${texts(column((r) => r.account))}::text[], ${texts(column((r) => r.event))}::text[], ${texts(column((r) => r.body))}::text[],
      ${plain(column((r) => (r.whole ? 't' : 'f')))}::boolean[], ${plain(column((r) => (r.historical ? 't' : 'f')))}::boolean[], ${plain(kept.map(({ times }) => times))}::int[],
      ${plain(column((r) => r.originId))}::uuid[], ${bytes(column((r) => r.identity))}::bytea[], ${plain(column((r) => r.knownMs))}::float8[])
      AS new (hash, reason, message, key_id, client, event_id, account, event, body, whole, historical, times, origin_id, identity, known_ms)
    WHERE (SELECT count(*) FROM (SELECT 1 FROM refused_event WHERE workspace_id = ${tx.workspaceId}::uuid LIMIT ${MAX_REFUSED}) kept) < ${MAX_REFUSED}
      OR EXISTS (SELECT 1 FROM refused_event k WHERE k.workspace_id = ${tx.workspaceId}::uuid AND k.hash = new.hash)
    ON CONFLICT (workspace_id, hash) DO UPDATE SET times = r.times + excluded.times, last_at = greatest(r.last_at, excluded.last_at), message = excluded.message`;
};

/** What was refused again for another reason than before stands under that, as of when it first came. */
export const renameRefused = async (tx: StatementTx, rows: readonly { was: string; hash: string; reason: string; message: string }[]): Promise<void> => {
  if (rows.length === 0) return;
  await tx.db.$executeRaw`
    WITH new AS (SELECT * FROM unnest(${bytes(rows.map(({ was }) => was))}::bytea[], ${bytes(rows.map(({ hash }) => hash))}::bytea[],
        ${texts(rows.map(({ reason }) => reason))}::text[], ${texts(rows.map(({ message }) => message))}::text[]) AS new (was, hash, reason, message)),
      gone AS (DELETE FROM refused_event WHERE workspace_id = ${tx.workspaceId}::uuid AND hash IN (SELECT was FROM new) RETURNING *)
    INSERT INTO refused_event AS r (workspace_id, hash, reason, message, key_id, client, event_id, account, event, body, whole, historical, first_at, last_at, times, origin_id, identity, known_at)
    SELECT DISTINCT ON (new.hash) workspace_id, new.hash, new.reason, new.message, key_id, client, event_id, account, event, body, whole, historical, first_at, last_at, times, origin_id, identity, known_at
    FROM gone JOIN new ON new.was = gone.hash ORDER BY new.hash, first_at
    ON CONFLICT (workspace_id, hash) DO UPDATE SET times = r.times + excluded.times, first_at = least(r.first_at, excluded.first_at)`;
};

/** Forgets refused events, by their hashes; answers how many there were. */
export const deleteRefused = (tx: StatementTx, hashes: readonly string[]): Promise<number> =>
  tx.db.$executeRaw`DELETE FROM refused_event WHERE workspace_id = ${tx.workspaceId}::uuid AND hash = ANY(${bytes(hashes)}::bytea[])`;

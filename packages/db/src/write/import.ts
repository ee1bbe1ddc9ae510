import type { Prisma } from '../../generated/client.ts';
import type { Day } from '@tideline/domain/calendar';
import { bytes, plain, texts } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';

export type NewImport = {
  kind: string;
  source: string;
  fileName: string;
  filePath: string;
  /** {map, columns}: how rows are read, and the header of the file. */
  mapping: { map: unknown; columns: readonly string[] };
  dryRun: boolean;
  bytesTotal: number;
  createdBy: string | null;
};

export const insertImport = async (tx: WorkspaceTx, { mapping, bytesTotal, ...rest }: NewImport, at: Date): Promise<string> => {
  const data = { ...rest, workspaceId: tx.workspaceId, mapping: mapping as Prisma.InputJsonObject, bytesTotal: BigInt(bytesTotal), createdAt: at };
  const { id } = await tx.db.import.create({ data, select: { id: true } });
  return id;
};

/** What an import has done so far; every number counts from the start of the file. */
export type ImportProgress = {
  rowsRead: number;
  accepted: number;
  duplicates: number;
  conflicts: number;
  rejected: number;
  rejectedBy: Record<string, number>;
  bytesRead: number;
  newestDay: Day | null;
};

/** A claim that is not renewed for this long is void: whoever held it is gone. */
const CLAIM_MS = 60_000;
const until = (now: Date): Date => new Date(now.getTime() + CLAIM_MS);

/**
 * Takes an import to read it: false when it is over, or somebody else reads it. What an earlier reader left half done
 * is forgotten; the facts it stored are met again as duplicates.
 */
export const claimImport = async (tx: WorkspaceTx, id: string, claim: string, now: Date): Promise<boolean> => {
  const { count } = await tx.db.import.updateMany({
    where: { workspaceId: tx.workspaceId, id, state: { in: ['queued', 'running'] }, OR: [{ claimedUntil: null }, { claimedUntil: { lt: now } }] },
    data: { state: 'running', claim, claimedUntil: until(now), startedAt: now, error: null },
  });
  if (count === 0) return false;
  await forgetRows(tx, id);
  await tx.db.importReject.deleteMany({ where: { workspaceId: tx.workspaceId, importId: id } });
  return true;
};

/** Notes progress and renews the claim. False: stop, because a person cancelled it or the claim was lost. */
export const progressImport = async (tx: WorkspaceTx, id: string, claim: string, progress: ImportProgress, now: Date): Promise<boolean> => {
  const rows = await tx.db.$queryRaw<{ cancelled: boolean }[]>`
    UPDATE import SET rows_read = ${progress.rowsRead}, accepted = ${progress.accepted}, duplicates = ${progress.duplicates}, conflicts = ${progress.conflicts},
      rejected = ${progress.rejected}, rejected_by = ${JSON.stringify(progress.rejectedBy)}::jsonb, bytes_read = ${progress.bytesRead},
      newest_day = ${progress.newestDay}::date, claimed_until = ${until(now)}
    WHERE workspace_id = ${tx.workspaceId}::uuid AND id = ${id}::uuid AND claim = ${claim}::uuid AND state = 'running'
    RETURNING cancel_requested AS cancelled`;
  return rows[0]?.cancelled === false;
};

export const closeImport = async (
  tx: WorkspaceTx,
  id: string,
  end: { state: 'done' | 'failed' | 'cancelled'; error: string | null; at: Date },
): Promise<void> => {
  await tx.db.import.updateMany({
    where: { workspaceId: tx.workspaceId, id, state: { in: ['queued', 'running'] } },
    data: { state: end.state, error: end.error, finishedAt: end.at, claim: null, claimedUntil: null },
  });
  await forgetRows(tx, id);
};

const forgetRows = async (tx: WorkspaceTx, id: string): Promise<void> => {
  await tx.db.importRow.deleteMany({ where: { workspaceId: tx.workspaceId, importId: id } });
};

/** Asks a running import to stop, and ends one that waits; false when it is over. */
export const requestCancel = async (tx: WorkspaceTx, id: string, at: Date): Promise<boolean> => {
  const queued = await tx.db.import.updateMany({
    where: { workspaceId: tx.workspaceId, id, state: 'queued' },
    data: { state: 'cancelled', cancelRequested: true, finishedAt: at },
  });
  if (queued.count > 0) return true;
  const running = await tx.db.import.updateMany({ where: { workspaceId: tx.workspaceId, id, state: 'running' }, data: { cancelRequested: true } });
  return running.count > 0;
};

/**
 * Adds a batch's row hashes (hex, each once, with how often it stands in the batch) to what the file held so far, and
 * answers how often each has stood in it now. Throws when the claim is lost: two readers would number rows twice.
 */
export const countRows = async (tx: WorkspaceTx, id: string, claim: string, counts: ReadonlyMap<string, number>): Promise<Map<string, number>> => {
  const held = await tx.db.$queryRaw<unknown[]>`
    SELECT 1 FROM import WHERE workspace_id = ${tx.workspaceId}::uuid AND id = ${id}::uuid AND claim = ${claim}::uuid FOR SHARE`;
  if (held.length === 0) throw new Error(`Import ${id} is read by another process`);
  const rows = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const seen = await tx.db.$queryRaw<{ hash: string; seen: number }[]>`
    INSERT INTO import_row AS r (workspace_id, import_id, hash, seen)
    SELECT ${tx.workspaceId}::uuid, ${id}::uuid, * FROM unnest(${bytes(rows.map(([hash]) => hash))}::bytea[], ${plain(rows.map(([, count]) => count))}::int[])
    ON CONFLICT (workspace_id, import_id, hash) DO UPDATE SET seen = r.seen + excluded.seen RETURNING encode(hash, 'hex') AS hash, seen`;
  return new Map(seen.map(({ hash, seen: times }) => [hash, times]));
};

export type RejectedRow = { row: number; reason: string; message: string; raw: string };

export const insertRejects = async (tx: WorkspaceTx, id: string, rows: readonly RejectedRow[]): Promise<void> => {
  if (rows.length === 0) return;
  await tx.db.$executeRaw`
    INSERT INTO import_reject (workspace_id, import_id, row_number, reason, message, raw)
    SELECT ${tx.workspaceId}::uuid, ${id}::uuid, * FROM unnest(${plain(rows.map(({ row }) => row))}::bigint[], ${texts(rows.map(({ reason }) => reason))}::text[],
      ${texts(rows.map(({ message }) => message))}::text[], ${texts(rows.map(({ raw }) => raw))}::text[]) ON CONFLICT DO NOTHING`;
};

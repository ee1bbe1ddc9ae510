import { Prisma } from '../../generated/client.ts';
import type { WorkspaceTx } from '../workspace.ts';

export type SourceToSave = { name: string; kind: string; connection: object; mapping: object; everyMinutes: number };

export const insertSource = async (
  tx: WorkspaceTx,
  source: SourceToSave & { id: string; secret: string | null; createdBy: string | null },
  at: Date,
): Promise<void> => {
  await tx.db.source.create({ data: { ...source, workspaceId: tx.workspaceId, nextAt: at, createdAt: at }, select: { id: true } });
};

/** Returns how many changed: 0 when there is no such source. What is due by the clock is due at once after a change. */
export const updateSource = async (
  tx: WorkspaceTx,
  id: string,
  change: Partial<SourceToSave> & { secret?: string; paused?: boolean },
  at: Date,
): Promise<number> => {
  const { count } = await tx.db.source.updateMany({ where: { workspaceId: tx.workspaceId, id }, data: { ...change, nextAt: at, failures: 0, error: null } });
  return count;
};

/** Forgets how far a source was read: the next reading starts from the first row. Whoever reads it now loses it. */
export const forgetPlace = async (tx: WorkspaceTx, id: string): Promise<void> => {
  await tx.db.source.updateMany({ where: { workspaceId: tx.workspaceId, id }, data: { position: Prisma.DbNull, claim: null, claimedUntil: null } });
  await tx.db.sourceFile.deleteMany({ where: { workspaceId: tx.workspaceId, sourceId: id } });
  await tx.db.sourceRow.deleteMany({ where: { workspaceId: tx.workspaceId, sourceId: id } });
};

export const deleteSource = async (tx: WorkspaceTx, id: string): Promise<void> => {
  await tx.db.source.deleteMany({ where: { workspaceId: tx.workspaceId, id } });
};

/** A claim that is not renewed for this long is void: whoever held it is gone. */
const CLAIM_MS = 120_000;
const until = (now: Date): Date => new Date(now.getTime() + CLAIM_MS);

/** Takes a source that is due, to read it, and opens a run: null when it is paused, not due, or somebody else reads it. */
export const claimSource = async (tx: WorkspaceTx, id: string, claim: string, now: Date): Promise<string | null> => {
  const { count } = await tx.db.source.updateMany({
    where: { workspaceId: tx.workspaceId, id, paused: false, nextAt: { lte: now }, OR: [{ claimedUntil: null }, { claimedUntil: { lt: now } }] },
    data: { claim, claimedUntil: until(now) },
  });
  if (count === 0) return null;
  await tx.db.sourceRun.updateMany({
    where: { workspaceId: tx.workspaceId, sourceId: id, state: 'running' },
    data: { state: 'stopped', error: 'It broke off; the next reading went on from there', finishedAt: now },
  });
  const run = await tx.db.sourceRun.create({ data: { workspaceId: tx.workspaceId, sourceId: id, startedAt: now }, select: { id: true } });
  return run.id;
};

/** What one reading did so far. */
export type RunProgress = {
  rowsRead: number;
  accepted: number;
  duplicates: number;
  conflicts: number;
  rejected: number;
  rejectedBy: Record<string, number>;
  samples: readonly { place: string; message: string; raw: string }[];
  place: string | null;
};
/** A page that is durable: what is added to the totals, and where the next one begins. */
export type StoredPage = {
  rowsRead: number;
  accepted: number;
  position?: object;
  /** Without `rowsDone` it stays as far as it was read. */
  file?: { key: string; version: string; rowsDone?: number; done?: boolean; error?: string };
  /** How often each row (hex hash) stood in the file by now. */
  seen?: ReadonlyMap<string, number>;
};

/**
 * Keeps the place behind a page whose rows are durable, and renews the claim. False: stop, because it was paused. Throws
 * when the claim is lost, and then keeps nothing: somebody else reads it.
 */
export const keepPage = async (
  tx: WorkspaceTx,
  of: { sourceId: string; runId: string; claim: string },
  page: StoredPage,
  progress: RunProgress,
  now: Date,
): Promise<boolean> => {
  const [held] = await tx.db.$queryRaw<{ paused: boolean }[]>`
    UPDATE source SET rows_read = rows_read + ${page.rowsRead}, accepted = accepted + ${page.accepted}, claimed_until = ${until(now)},
      position = coalesce(${page.position ? JSON.stringify(page.position) : null}::jsonb, position)
    WHERE workspace_id = ${tx.workspaceId}::uuid AND id = ${of.sourceId}::uuid AND claim = ${of.claim}::uuid RETURNING paused`;
  if (!held) throw new Error(`Source ${of.sourceId} is read by another process, or starts over`);
  await saveRun(tx, of.runId, progress);
  if (page.file) await keepFile(tx, of.sourceId, page.file, page.seen ?? new Map(), now);
  return !held.paused;
};

const keepFile = async (
  tx: WorkspaceTx,
  sourceId: string,
  file: NonNullable<StoredPage['file']>,
  seen: ReadonlyMap<string, number>,
  now: Date,
): Promise<void> => {
  const own = { workspaceId: tx.workspaceId, sourceId };
  const data = {
    version: file.version,
    ...(file.rowsDone === undefined ? {} : { rowsDone: BigInt(file.rowsDone) }),
    done: file.done ?? false,
    error: file.error ?? null,
    readAt: now,
  };
  await tx.db.sourceFile.upsert({ where: { workspaceId_sourceId_key: { ...own, key: file.key } }, create: { ...own, key: file.key, ...data }, update: data });
  if (file.done || file.rowsDone === 0) await tx.db.sourceRow.deleteMany({ where: { ...own, key: file.key } });
  else if (seen.size > 0) {
    const rows = [...seen];
    await tx.db.$executeRaw`
      INSERT INTO source_row (workspace_id, source_id, key, hash, seen)
      SELECT ${tx.workspaceId}::uuid, ${sourceId}::uuid, ${file.key}, decode(h, 'hex'), n
      FROM unnest(${`{${rows.map(([hash]) => hash).join(',')}}`}::text[], ${`{${rows.map(([, times]) => times).join(',')}}`}::int[]) AS s (h, n)
      ON CONFLICT (workspace_id, source_id, key, hash) DO UPDATE SET seen = excluded.seen`;
  }
};

const saveRun = async (tx: WorkspaceTx, id: string, progress: RunProgress): Promise<void> => {
  const { rowsRead, accepted, duplicates, conflicts, rejected, rejectedBy, samples, place } = progress;
  const data = { rowsRead, accepted, duplicates, conflicts, rejected, rejectedBy, samples: samples as Prisma.InputJsonArray, place };
  await tx.db.sourceRun.updateMany({ where: { workspaceId: tx.workspaceId, id }, data });
};

const KEPT_RUNS = 50;

/** Ends a reading. One that met nothing new leaves no run behind. */
export const closeSource = async (
  tx: WorkspaceTx,
  of: { sourceId: string; runId: string; claim: string },
  end: { state: 'done' | 'failed' | 'stopped'; error: string | null; position?: object; nextAt: Date; at: Date },
  progress: RunProgress,
): Promise<void> => {
  const own = { workspaceId: tx.workspaceId };
  const { count } = await tx.db.source.updateMany({
    where: { ...own, id: of.sourceId, claim: of.claim },
    data: {
      claim: null,
      claimedUntil: null,
      nextAt: end.nextAt,
      ...(end.position ? { position: end.position } : {}),
      ...(end.state === 'stopped' ? {} : { error: end.error }),
      ...(end.state === 'done' ? { lastOkAt: end.at, failures: 0 } : end.state === 'failed' ? { failures: { increment: 1 } } : {}),
    },
  });
  if (count === 0) return; // lost: its run was closed by whoever took over
  await saveRun(tx, of.runId, progress);
  await tx.db.sourceRun.updateMany({ where: { ...own, id: of.runId }, data: { state: end.state, error: end.error, finishedAt: end.at } });
  if (end.state === 'done' && progress.rowsRead === 0) await tx.db.sourceRun.deleteMany({ where: { ...own, id: of.runId } });
  await tx.db.$executeRaw`
    DELETE FROM source_run WHERE workspace_id = ${tx.workspaceId}::uuid AND source_id = ${of.sourceId}::uuid AND id IN (
      SELECT id FROM source_run WHERE workspace_id = ${tx.workspaceId}::uuid AND source_id = ${of.sourceId}::uuid ORDER BY started_at DESC OFFSET ${KEPT_RUNS})`;
};

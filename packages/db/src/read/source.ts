import type { WorkspaceTx } from '../workspace.ts';

const columns = {
  id: true,
  name: true,
  kind: true,
  connection: true,
  mapping: true,
  everyMinutes: true,
  paused: true,
  position: true,
  rowsRead: true,
  accepted: true,
  nextAt: true,
  lastOkAt: true,
  failures: true,
  error: true,
  claimedUntil: true,
  createdAt: true,
} as const;

/** The sources, the oldest first; all, or one by id. Never the secret. */
export const sources = async (tx: WorkspaceTx, id: string | null = null) => {
  const rows = await tx.db.source.findMany({
    where: { workspaceId: tx.workspaceId, ...(id ? { id } : {}) },
    select: columns,
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ rowsRead, accepted, ...row }) => ({ ...row, rowsRead: Number(rowsRead), accepted: Number(accepted) }));
};
export type SourceRow = Awaited<ReturnType<typeof sources>>[number];

/** The sealed secret of a source, for the moment it is used; null: it has none. */
export const sealedSecret = async (tx: WorkspaceTx, id: string): Promise<string | null> =>
  (await tx.db.source.findFirst({ where: { workspaceId: tx.workspaceId, id }, select: { secret: true } }))?.secret ?? null;

/** The latest readings, the newest first. */
export const sourceRuns = async (tx: WorkspaceTx, sourceId: string, limit: number) => {
  const rows = await tx.db.sourceRun.findMany({
    where: { workspaceId: tx.workspaceId, sourceId },
    omit: { workspaceId: true, sourceId: true },
    orderBy: [{ startedAt: 'desc' }, { id: 'asc' }],
    take: limit,
  });
  return rows.map(({ rowsRead, accepted, duplicates, conflicts, rejected, ...row }) => ({
    ...row,
    rowsRead: Number(rowsRead),
    accepted: Number(accepted),
    duplicates: Number(duplicates),
    conflicts: Number(conflicts),
    rejected: Number(rejected),
  }));
};

/** How far the files of a source were read, the last read first. */
export const sourceFiles = async (tx: WorkspaceTx, sourceId: string, limit: number) => {
  const rows = await tx.db.sourceFile.findMany({
    where: { workspaceId: tx.workspaceId, sourceId },
    select: { key: true, rowsDone: true, done: true, error: true, readAt: true },
    orderBy: [{ readAt: 'desc' }, { key: 'asc' }],
    take: limit,
  });
  return rows.map(({ rowsDone, ...row }) => ({ ...row, rowsDone: Number(rowsDone) }));
};

/** What is known of some files, by key. */
export const filesByKey = async (tx: WorkspaceTx, sourceId: string, keys: readonly string[]) => {
  const rows = await tx.db.sourceFile.findMany({
    where: { workspaceId: tx.workspaceId, sourceId, key: { in: [...keys] } },
    select: { key: true, version: true, rowsDone: true, done: true, error: true },
  });
  return new Map(rows.map(({ rowsDone, ...row }) => [row.key, { ...row, rowsDone: Number(rowsDone) }]));
};

/** How often rows (hex hashes) stood so far in a file that is being read. */
export const rowsSeen = async (tx: WorkspaceTx, sourceId: string, key: string, hashes: readonly string[]): Promise<Map<string, number>> => {
  const rows = await tx.db.$queryRaw<{ hash: string; seen: number }[]>`
    SELECT encode(hash, 'hex') AS hash, seen FROM source_row
    WHERE workspace_id = ${tx.workspaceId}::uuid AND source_id = ${sourceId}::uuid AND key = ${key}
      AND hash = ANY (SELECT decode(h, 'hex') FROM unnest(${`{${hashes.join(',')}}`}::text[]) AS h)`;
  return new Map(rows.map(({ hash, seen }) => [hash, seen]));
};

import type { Day } from '@tideline/domain/calendar';
import type { WorkspaceTx } from '../workspace.ts';

const columns = {
  id: true,
  kind: true,
  source: true,
  fileName: true,
  filePath: true,
  mapping: true,
  dryRun: true,
  state: true,
  rowsRead: true,
  accepted: true,
  duplicates: true,
  conflicts: true,
  rejected: true,
  rejectedBy: true,
  bytesRead: true,
  bytesTotal: true,
  newestDay: true,
  error: true,
  createdBy: true,
  createdAt: true,
  startedAt: true,
  finishedAt: true,
} as const;

/** One import, or (null) the newest hundred. */
export const imports = async (tx: WorkspaceTx, id: string | null) => {
  const rows = await tx.db.import.findMany({
    where: { workspaceId: tx.workspaceId, ...(id ? { id } : {}) },
    select: columns,
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: 100,
  });
  return rows.map(({ rowsRead, accepted, duplicates, conflicts, rejected, bytesRead, bytesTotal, newestDay, rejectedBy, ...row }) => ({
    ...row,
    rowsRead: Number(rowsRead),
    accepted: Number(accepted),
    duplicates: Number(duplicates),
    conflicts: Number(conflicts),
    rejected: Number(rejected),
    bytesRead: Number(bytesRead),
    bytesTotal: bytesTotal === null ? null : Number(bytesTotal),
    rejectedBy: rejectedBy as Record<string, number>,
    newestDay: newestDay && (newestDay.toISOString().slice(0, 10) as Day),
  }));
};
export type ImportRow = Awaited<ReturnType<typeof imports>>[number];

export type Reject = { rowNumber: bigint; reason: string; message: string; raw: string };

/** Rejected rows behind a row number, in the order of the file. */
export const rejects = (tx: WorkspaceTx, importId: string, after: bigint, limit: number): Promise<Reject[]> =>
  tx.db.importReject.findMany({
    where: { workspaceId: tx.workspaceId, importId, rowNumber: { gt: after } },
    select: { rowNumber: true, reason: true, message: true, raw: true },
    orderBy: { rowNumber: 'asc' },
    take: limit,
  });

/** People of the workspace by e-mail address, to give accounts to. */
export const memberIds = async (tx: WorkspaceTx): Promise<Map<string, string>> => {
  const rows = await tx.db.membership.findMany({ where: { workspaceId: tx.workspaceId }, select: { userId: true, user: { select: { email: true } } } });
  return new Map(rows.map(({ userId, user }) => [user.email, userId]));
};

import { Prisma } from '../../generated/client.ts';
import type { WorkspaceTx } from '../workspace.ts';

/** Opens the record of long work and answers its id. `kind` is the job's name, `label` what people read. */
export const openRun = async (
  tx: WorkspaceTx,
  run: { kind: string; label: string; total?: number; detail?: Record<string, unknown>; startedAt: Date },
): Promise<string> => {
  const { id } = await tx.db.backgroundRun.create({
    data: {
      workspaceId: tx.workspaceId,
      kind: run.kind,
      label: run.label,
      total: run.total ?? 0,
      detail: (run.detail ?? {}) as Prisma.InputJsonObject,
      startedAt: run.startedAt,
    },
    select: { id: true },
  });
  return id;
};

/** Notes how far the work is. Answers false when it should stop: a person cancelled it, or it is no longer running. */
export const advanceRun = async (tx: WorkspaceTx, id: string, progress: { done: number; total: number }): Promise<boolean> => {
  const rows = await tx.db.$queryRaw<{ cancelled: boolean }[]>`
    UPDATE background_run SET done = ${progress.done}, total = ${progress.total}
    WHERE workspace_id = ${tx.workspaceId}::uuid AND id = ${id}::uuid AND state = 'running' RETURNING cancel_requested AS cancelled`;
  return rows[0]?.cancelled === false;
};

/** Notes that what is judged now goes with what this run has changed: from here on usage may be judged as it comes. */
export const notePresentStands = async (tx: WorkspaceTx, id: string): Promise<void> => {
  await tx.db.$executeRaw`
    UPDATE background_run SET detail = detail || '{"presentStands": true}' WHERE workspace_id = ${tx.workspaceId}::uuid AND id = ${id}::uuid`;
};

export const closeRun = async (tx: WorkspaceTx, id: string, end: { state: 'done' | 'failed' | 'cancelled'; error?: string; at: Date }): Promise<void> => {
  await tx.db.backgroundRun.updateMany({
    where: { workspaceId: tx.workspaceId, id, state: 'running' },
    data: { state: end.state, error: end.error ?? null, finishedAt: end.at },
  });
};

/** Whoever does the work learns of it by `advanceRun`. */
export const askRunToStop = async (tx: WorkspaceTx, id: string): Promise<void> => {
  await tx.db.backgroundRun.updateMany({ where: { workspaceId: tx.workspaceId, id, state: 'running' }, data: { cancelRequested: true } });
};

/** Asks every other run of this kind to stop: what it works on is done anew. */
export const askOthersToStop = async (tx: WorkspaceTx, kind: string, id: string): Promise<void> => {
  const where = { workspaceId: tx.workspaceId, kind, state: 'running', id: { not: id } };
  await tx.db.backgroundRun.updateMany({ where, data: { cancelRequested: true } });
};

/** A run of this kind that nobody has begun yet: it will see what was stored meanwhile; null when there is none. */
export const waitingRun = async (tx: WorkspaceTx, kind: string): Promise<string | null> => {
  const row = await tx.db.backgroundRun.findFirst({
    where: { workspaceId: tx.workspaceId, kind, state: 'running', done: 0, total: 0, cancelRequested: false },
    select: { id: true },
  });
  return row?.id ?? null;
};

import type { WorkspaceTx } from '../workspace.ts';

export type RunRow = {
  id: string;
  kind: string;
  label: string;
  meterId: string | null;
  state: string;
  stopping: boolean;
  done: number;
  total: number;
  error: string | null;
  startedAt: Date;
  finishedAt: Date | null;
};

const ENDED_SHOWN = 20;

/** Long work of the workspace: what runs, then the last that ended, each newest first. */
export const runs = (tx: WorkspaceTx): Promise<RunRow[]> =>
  tx.db.$queryRaw<RunRow[]>`
    SELECT id::text, kind, label, detail ->> 'meterId' AS "meterId", state, cancel_requested AND state = 'running' AS stopping, done, total, error,
      started_at AS "startedAt", finished_at AS "finishedAt"
    FROM (
      SELECT *, row_number() OVER (PARTITION BY state = 'running' ORDER BY started_at DESC, id) AS place
      FROM background_run WHERE workspace_id = ${tx.workspaceId}::uuid) r
    WHERE state = 'running' OR place <= ${ENDED_SHOWN}
    ORDER BY state <> 'running', started_at DESC, id`;

export const runById = async (tx: WorkspaceTx, id: string): Promise<{ kind: string; label: string; state: string; done: number } | null> =>
  tx.db.backgroundRun.findFirst({ where: { workspaceId: tx.workspaceId, id }, select: { kind: true, label: true, state: true, done: true } });

/** Whether a run that judges history anew is open, and what is judged now does not go with it yet (`notePresentStands`). */
export const isPresentUnsettled = async (tx: WorkspaceTx): Promise<boolean> => {
  const [row] = await tx.db.$queryRaw<{ open: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM background_run
      WHERE workspace_id = ${tx.workspaceId}::uuid AND kind = 'score.backfill' AND state = 'running' AND NOT detail ? 'presentStands') AS open`;
  return row?.open ?? false;
};

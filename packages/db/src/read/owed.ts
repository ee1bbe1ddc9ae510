import type { Prisma } from '../../generated/client.ts';
import type { WorkspaceTx } from '../workspace.ts';

/** Every workspace's id, for the sweep. System role. */
export const workspaceIds = async (tx: Prisma.TransactionClient): Promise<string[]> =>
  (await tx.workspace.findMany({ select: { id: true }, orderBy: { id: 'asc' } })).map(({ id }) => id);

/** What the tables of a workspace say is still to be done, whatever happened to the wake-up for it. */
export type Owed = {
  timezone: string;
  asOfPin: Date | null;
  closedThrough: Date | null;
  /** Usage waits that was not scored since before `staleBefore`. */
  stale: boolean;
  /** A fault of the data stands: whether it is over is looked at again. */
  faulty: boolean;
  /** A message to a webhook is due. */
  due: boolean;
  /** Alerts of a late close that nobody was told of. */
  untold: boolean;
  imports: string[];
  sources: string[];
  runs: { id: string; kind: string; detail: unknown }[];
};

export const owedWork = async (tx: WorkspaceTx, now: Date, staleBefore: Date): Promise<Owed> => {
  const rows = await tx.db.$queryRaw<Owed[]>`
    SELECT w.timezone, w.as_of_pin AS "asOfPin", w.closed_through AS "closedThrough",
      EXISTS (SELECT 1 FROM rescore r WHERE r.workspace_id = w.id AND r.marked_at < ${staleBefore}) AS stale,
      EXISTS (SELECT 1 FROM data_fault f WHERE f.workspace_id = w.id AND f.ended_at IS NULL) AS faulty,
      EXISTS (
        SELECT 1 FROM notification n JOIN webhook_endpoint e ON e.workspace_id = n.workspace_id AND e.id = n.endpoint_id AND e.enabled
        WHERE n.workspace_id = w.id AND n.state = 'owed' AND n.next_at <= ${now}) AS due,
      EXISTS (SELECT 1 FROM alert a WHERE a.workspace_id = w.id AND a.digest AND a.digest_task_id IS NULL AND a.state <> 'resolved') AS untold,
      ARRAY(SELECT i.id::text FROM import i WHERE i.workspace_id = w.id AND i.state IN ('queued', 'running')) AS imports,
      ARRAY(SELECT s.id::text FROM source s WHERE s.workspace_id = w.id AND NOT s.paused AND s.next_at <= ${now}
        AND (s.claimed_until IS NULL OR s.claimed_until < ${now})) AS sources,
      coalesce((SELECT jsonb_agg(jsonb_build_object('id', b.id, 'kind', b.kind, 'detail', b.detail))
        FROM background_run b WHERE b.workspace_id = w.id AND b.state = 'running'), '[]'::jsonb) AS runs
    FROM workspace w WHERE w.id = ${tx.workspaceId}::uuid`;
  const [owed] = rows;
  if (!owed) throw new Error(`The workspace ${tx.workspaceId} is gone`);
  return owed;
};

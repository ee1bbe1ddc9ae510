/** Whether all work is done: nothing to score, nothing queued, nothing owed. */
import pg from 'pg';

const LIMIT_MS = 180_000;

/** Work that is left, by kind. */
export type Left = Readonly<Record<string, number>>;

const owed = `
  SELECT (SELECT count(*) FROM rescore WHERE workspace_id = $1)::int AS rescore,
    (SELECT count(*) FROM workspace WHERE id = $1 AND closed_through IS NULL)::int AS days_to_close,
    (SELECT count(*) FROM background_run WHERE workspace_id = $1 AND state = 'running')::int AS runs,
    (SELECT count(*) FROM score WHERE workspace_id = $1)::int AS scored, (SELECT count(*) FROM account WHERE workspace_id = $1)::int AS accounts`;

const look = async (ownerUrl: string, queueUrl: string, workspaceId: string): Promise<Left> => {
  const { openBackend } = await import('../../../packages/jobs/src/backend.ts');
  const { lanes } = await import('../../../packages/jobs/src/catalog.ts');
  const owner = new pg.Client({ connectionString: ownerUrl });
  const backend = openBackend({ url: queueUrl }, () => undefined);
  const queues = lanes.map((lane) => backend.queue(lane));
  try {
    await owner.connect();
    const { scored = 0, accounts = 0, ...rows } = (await owner.query<Record<string, number>>(owed, [workspaceId])).rows[0] ?? {};
    const counts = await Promise.all(queues.map((queue) => queue.getJobCounts('waiting', 'active', 'prioritized')));
    const jobs = counts.flatMap((count) => Object.values(count)).reduce((sum, count) => sum + count, 0);
    return { ...rows, unscored: accounts - scored, jobs };
  } finally {
    await Promise.all(queues.map((queue) => queue.close()));
    await backend.close();
    await owner.end();
  }
};

export const stuckIn = (left: Left): number => Object.values(left).reduce((sum, count) => sum + count, 0);

/** Waits until nothing is left, two looks in a row; after three minutes answers what is stuck. */
export const untilIdle = async (ownerUrl: string, queueUrl: string, workspaceId: string): Promise<Left> => {
  let quiet = 0;
  for (const end = Date.now() + LIMIT_MS; ; await new Promise((wake) => setTimeout(wake, 500))) {
    const left = await look(ownerUrl, queueUrl, workspaceId);
    quiet = stuckIn(left) === 0 ? quiet + 1 : 0;
    if (quiet === 2 || Date.now() > end) return left;
  }
};

/** The workspace of the drill: a key, the default health model, and a meter of each kind. */
import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';

export const ZONE = 'America/St_Johns'; // half an hour off: days do not end with UTC's
export const meters = [
  { key: 'sum', event: 'api.call', aggregation: 'SUM', field: null },
  { key: 'count', event: 'api.call', aggregation: 'COUNT', field: null },
  { key: 'unique', event: 'api.call', aggregation: 'UNIQUE', field: 'user' },
  { key: 'max', event: 'disk.used', aggregation: 'MAX', field: null },
  { key: 'last', event: 'disk.used', aggregation: 'LAST', field: null },
] as const;

const insertMeters = async (owner: pg.Client, workspaceId: string): Promise<void> => {
  for (const { key, event, aggregation, field } of meters) {
    const { rows } = await owner.query<{ id: string }>(`INSERT INTO meter (workspace_id, key, name, unit) VALUES ($1, $2, $2, 'units') RETURNING id`, [
      workspaceId,
      key,
    ]);
    await owner.query(
      `INSERT INTO meter_version (workspace_id, meter_id, version, event_name, aggregation, value_field, counts_activity) VALUES ($1, $2, 1, $3, $4, $5, true)`,
      [workspaceId, rows[0]?.id, event, aggregation, field],
    );
  }
};

/** Makes it before anything is killed. */
export const makeWorkspace = async (ownerUrl: string): Promise<{ workspaceId: string; key: string }> => {
  const workspaceId = randomUUID();
  const key = `tl_${workspaceId.replaceAll('-', '')}_${'k'.repeat(40)}`;
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query(`INSERT INTO workspace (id, slug, name, timezone) VALUES ($1, 'crash', 'Crash', $2)`, [workspaceId, ZONE]);
  await owner.query(`INSERT INTO api_key (workspace_id, name, prefix, hash, scopes) VALUES ($1, 'crash', 'tl', $2, '{ingest}')`, [
    workspaceId,
    createHash('sha256').update(key).digest(),
  ]);
  await insertMeters(owner, workspaceId);
  await owner.end();
  const { createDb } = await import('../../../packages/db/src/client.ts');
  const { roleUrls } = await import('../../../packages/db/src/migrate.ts');
  const { withWorkspace } = await import('../../../packages/db/src/workspace.ts');
  const { setUpWorkspace } = await import('../../../packages/engine/src/set-up-workspace.ts');
  const db = createDb({ url: roleUrls(ownerUrl).appUrl, poolSize: 1 });
  await withWorkspace(db, workspaceId, (tx) => setUpWorkspace(tx, new Date()));
  await db.close();
  return { workspaceId, key };
};

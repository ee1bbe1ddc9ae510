/** A database of its own and rows to start from, arranged as the superuser; what is under test goes through its own roles. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll } from 'vitest';
import { cloneDatabase, type ClonedDatabase } from './postgres.ts';

export type World = { urls: ClonedDatabase; arrange: Arrange };
/** Runs a statement as the superuser and returns its rows. */
export type Arrange = (sql: string, values?: readonly unknown[]) => Promise<Record<string, unknown>[]>;

/** A clone of the migrated database, dropped after the file's tests. */
export const openWorld = async (): Promise<World> => {
  const urls = await cloneDatabase();
  const owner = new pg.Pool({ connectionString: urls.ownerUrl, max: 2 });
  owner.on('error', () => undefined); // the database is dropped under it
  afterAll(() => owner.end());
  const arrange: Arrange = async (sql, values = []) => (await owner.query<Record<string, unknown>>(sql, [...values])).rows;
  return { urls, arrange };
};

const insert = async (arrange: Arrange, table: string, row: Record<string, unknown>): Promise<void> => {
  const names = Object.keys(row);
  await arrange(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((_, i) => `$${i + 1}`).join(', ')})`, Object.values(row));
};

/** Inserts a row (columns by their database names) and returns its id. */
export const aRow = async (arrange: Arrange, table: string, row: Record<string, unknown>): Promise<string> => {
  const id = (row.id as string | undefined) ?? randomUUID();
  await insert(arrange, table, { ...row, id });
  return id;
};

export const aWorkspace = (arrange: Arrange, row: Record<string, unknown> = {}): Promise<string> => {
  const slug = `w-${randomUUID().slice(0, 8)}`;
  return aRow(arrange, 'workspace', { slug, name: slug, ...row });
};

export const aMember = async (arrange: Arrange, workspaceId: string, row: { name?: string; role?: string } = {}): Promise<string> => {
  const name = row.name ?? 'Ada';
  const userId = await aRow(arrange, 'app_user', { email: `${randomUUID()}@example.com`, name });
  await insert(arrange, 'membership', { workspace_id: workspaceId, user_id: userId, role: row.role ?? 'CSM' });
  return userId;
};

export const anAccount = (arrange: Arrange, workspaceId: string, row: Record<string, unknown> = {}): Promise<string> => {
  const id = randomUUID();
  return aRow(arrange, 'account', { workspace_id: workspaceId, id, external_id: `ext-${id.slice(0, 8)}`, name: 'Acme', ...row });
};

export const aModel = (arrange: Arrange, workspaceId: string, row: Record<string, unknown> = {}): Promise<string> =>
  aRow(arrange, 'health_model', { workspace_id: workspaceId, version: 1, state: 'published', config: {}, ...row });

/** Puts the judged accounts of a workspace into its ranked list, as the writing of a judgement does. */
export const listedInTriage = (arrange: Arrange, workspaceId: string): Promise<unknown> =>
  arrange(
    `WITH gone AS (DELETE FROM triage_row WHERE workspace_id = $1 AND account_id NOT IN (SELECT account_id FROM triage_source WHERE workspace_id = $1))
     INSERT INTO triage_row SELECT * FROM triage_source WHERE workspace_id = $1 ON CONFLICT DO NOTHING`,
    [workspaceId],
  );

/** The present judgement of an account; what matters to the test is given, the rest is plain. */
export const aScore = async (
  arrange: Arrange,
  of: { workspaceId: string; accountId: string; modelId: string },
  row: Record<string, unknown> = {},
): Promise<void> => {
  await insert(arrange, 'score', {
    workspace_id: of.workspaceId,
    account_id: of.accountId,
    model_id: of.modelId,
    as_of: '2026-11-21',
    live: false,
    scored_at: '2026-11-22T03:00:00Z',
    health: 70,
    segment: 'steady',
    segment_since: '2026-11-01',
    segment_reason: 'steady',
    segment_state: {},
    badges: [],
    why: 'steady',
    reason: '[]',
    next_action: '',
    measures: {},
    run_rate: '0',
    stake: '0',
    urgency: 1,
    rank: 0,
    ...row,
  });
  await listedInTriage(arrange, of.workspaceId);
};

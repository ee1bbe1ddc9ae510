import { createHash, createHmac, randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

const PRISMA_DIR = join(import.meta.dirname, '../../../prisma');
const LOCK = 7_466_001;

/** Where each run-time role connects. Passwords are derived from the owner's, so every process finds the same ones. */
export type RoleUrls = { appUrl: string; systemUrl: string; queueUrl: string };

const ROLES = { appUrl: 'tideline_app', systemUrl: 'tideline_system', queueUrl: 'tideline_queue' } as const;

const rolePassword = (ownerUrl: URL, role: string): string => {
  if (!ownerUrl.password) {
    throw new Error(
      'DATABASE_URL has no password: Tideline derives the passwords of its run-time roles from it. Write it as postgres://user:password@host:port/database',
    );
  }
  return createHmac('sha256', decodeURIComponent(ownerUrl.password)).update(role).digest('base64url');
};

/** The run-time URLs that belong to an owner's URL. */
export const roleUrls = (ownerUrl: string): RoleUrls => {
  const of = (role: string): string => {
    const url = new URL(ownerUrl);
    url.password = rolePassword(url, role);
    url.username = role;
    return url.toString();
  };
  return { appUrl: of(ROLES.appUrl), systemUrl: of(ROLES.systemUrl), queueUrl: of(ROLES.queueUrl) };
};

/** Makes the roles (cluster-wide, so another database may have made them before) and sets their passwords. */
const makeRoles = async (client: pg.Client, ownerUrl: URL): Promise<void> => {
  for (const role of Object.values(ROLES)) {
    const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
    const password = client.escapeLiteral(rolePassword(ownerUrl, role));
    await client.query(`${found.rowCount ? 'ALTER' : 'CREATE'} ROLE ${role} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD ${password}`);
  }
  const database = client.escapeIdentifier(ownerUrl.pathname.slice(1));
  await client.query(`GRANT CONNECT, CREATE ON DATABASE ${database} TO tideline_queue; GRANT CONNECT ON DATABASE ${database} TO tideline_app, tideline_system`);
};

const TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz,
  migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`;

/**
 * Applies prisma/migrations in order, each file in one transaction, under an advisory lock, and then roles.sql.
 * Records into Prisma's own table, so that Prisma's engine agrees where it can run. Throws when an applied file
 * was changed since: migrations are append-only.
 */
export const migrate = async (ownerUrl: string): Promise<RoleUrls & { applied: string[] }> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await makeRoles(client, new URL(ownerUrl));
    await client.query(TABLE);
    const { rows } = await client.query<{ migration_name: string; checksum: string }>(
      'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL',
    );
    const done = new Map(rows.map((row) => [row.migration_name, row.checksum]));
    const names = await migrationNames();
    const applied: string[] = [];
    for (const name of names) {
      if (await applyOne(client, name, done.get(name))) applied.push(name);
    }
    await client.query(await readFile(join(PRISMA_DIR, 'roles.sql'), 'utf8'));
    return { ...roleUrls(ownerUrl), applied };
  } finally {
    await client.end();
  }
};

/** The migrations this program brings, in the order they are applied. */
export const migrationNames = async (): Promise<string[]> =>
  (await readdir(join(PRISMA_DIR, 'migrations'), { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();

const applyOne = async (client: pg.Client, name: string, knownChecksum: string | undefined): Promise<boolean> => {
  const sql = await readFile(join(PRISMA_DIR, 'migrations', name, 'migration.sql'), 'utf8');
  const checksum = createHash('sha256').update(sql).digest('hex');
  if (knownChecksum === checksum) return false;
  if (knownChecksum) throw new Error(`Migration ${name} was changed after it was applied. Restore the file and put the change into a new migration.`);
  try {
    await client.query('BEGIN');
    await client.query(sql);
    await client.query('INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), 1)', [
      randomUUID(),
      checksum,
      name,
    ]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new Error(`Migration ${name} failed and was rolled back`, { cause: error });
  }
  return true;
};

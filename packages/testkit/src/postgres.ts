/**
 * A database of its own for each test file, cloned from a template that was migrated once per run.
 * The server itself is started by scripts/test/servers.ts (vitest's globalSetup): one per run.
 */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, inject } from 'vitest';

/** Connection strings with `{database}` in place of the name. */
export type PostgresTemplate = { template: string; ownerUrl: string; appUrl: string; systemUrl: string; queueUrl: string };

declare module 'vitest' {
  interface ProvidedContext {
    postgres: PostgresTemplate;
    redisUrl: string;
  }
}

export type ClonedDatabase = {
  name: string;
  /** Superuser: for arranging and for reading the catalogue, never for what is under test. */
  ownerUrl: string;
  /** The role of the product: bound by row-level security. */
  appUrl: string;
  systemUrl: string;
  queueUrl: string;
};

const asSuperuser = async (statements: readonly string[], without: readonly string[] = []): Promise<void> => {
  if (statements.length === 0) return;
  const client = new pg.Client({ connectionString: inject('postgres').ownerUrl.replace('{database}', 'postgres') });
  await client.connect();
  try {
    await left(client, without);
    for (const statement of statements) await client.query(statement); // CREATE DATABASE refuses company
  } finally {
    await client.end();
  }
};

/** How long connections that are being closed are waited for, and how often it is looked. */
const PATIENCE_MS = 5_000;
const LOOK_MS = 25;

/**
 * Waits until no role of the product is connected to these databases: a connection whose goodbye is on its way when its database is dropped fails
 * where nobody listens any more. Who stays is dropped all the same.
 */
const left = async (client: pg.Client, databases: readonly string[]): Promise<void> => {
  if (databases.length === 0) return;
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
    const { rows } = await client.query<{ open: number }>(
      `SELECT count(*)::int AS open FROM pg_stat_activity WHERE datname = ANY($1) AND usename LIKE 'tideline%'`,
      [databases],
    );
    if (rows[0]?.open === 0) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
};

const made: string[] = [];
// Registered as the test file is collected, because a clone may also be made inside a test, where hooks are refused.
afterAll(() => {
  const names = made.splice(0);
  return asSuperuser(
    names.map((name) => `drop database if exists ${name} with (force)`),
    names,
  );
});

/**
 * Clones the migrated template (about 25 ms in memory); dropped after the file's tests. It holds the product's
 * tables and the queue's.
 */
export const cloneDatabase = async (): Promise<ClonedDatabase> => {
  const server = inject('postgres');
  const name = `t_${randomBytes(6).toString('hex')}`;
  made.push(name);
  // a database's own grants are not cloned with it
  await asSuperuser([`create database ${name} template ${server.template} strategy file_copy`, `grant create on database ${name} to tideline_queue`]);
  const url = (pattern: string) => pattern.replace('{database}', name);
  return { name, ownerUrl: url(server.ownerUrl), appUrl: url(server.appUrl), systemUrl: url(server.systemUrl), queueUrl: url(server.queueUrl) };
};

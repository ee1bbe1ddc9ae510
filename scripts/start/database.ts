/** The database a start runs on: the embedded one or DATABASE_URL, with tables, roles and queue brought up to date. */
import { join } from 'node:path';
import { ensureDatabase, type PostgresServer, startPostgres } from '../postgres.ts';
import type { Settings } from './settings.ts';
import type { Stages } from './stages.ts';

const DATABASE = 'tideline';

/** Starts or adopts the embedded server; undefined when DATABASE_URL names another. */
export const openPostgres = async (settings: Settings, { stage }: Stages): Promise<PostgresServer | undefined> => {
  if (settings.databaseUrl) return undefined;
  return stage(
    'database server',
    async () => {
      const server = await startPostgres({
        dataDir: join(settings.dataDir, 'pg'),
        password: settings.secrets.postgresPassword,
        portFile: join(settings.dataDir, 'pg.port'),
      });
      await ensureDatabase(server, DATABASE);
      return server;
    },
    (server) => `PostgreSQL ${server.adopted ? 'was still running' : 'is up'} on port ${server.port}`,
  );
};

/** Migrates tables, roles and the queue; returns the owner's connection string. */
export const migrateAll = async (settings: Settings, server: PostgresServer | undefined, { stage }: Stages): Promise<string> => {
  const ownerUrl = settings.databaseUrl ?? server?.url(DATABASE);
  if (!ownerUrl) throw new Error('neither DATABASE_URL nor an embedded PostgreSQL');
  await stage(
    'migrations',
    async () => {
      const { migrate } = await import('../../packages/db/src/migrate.ts');
      const { migrateQueue } = await import('../../packages/jobs/src/migrate-queue.ts');
      const { queueUrl, applied } = await migrate(ownerUrl);
      await migrateQueue(process.env.REDIS_URL || queueUrl);
      return applied.length;
    },
    (count) => (count === 0 ? 'Tables are up to date' : `Tables are up to date: ${count} migrations applied`),
  );
  return ownerUrl;
};

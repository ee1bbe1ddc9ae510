/** A database for a bench: durable settings as in production, migrated, thrown away afterwards. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from '../generate.ts';
import { root } from '../paths.ts';
import { ensureDatabase, startPostgres } from '../postgres.ts';

export type BenchDatabase = { ownerUrl: string; appUrl: string; systemUrl: string; queueUrl: string; stop: () => Promise<void> };

/**
 * Starts a PostgreSQL of its own with the product's settings on the disk that holds the repository (fsync stays on:
 * an acknowledged event is a durable event), or in `folder`.
 */
export const benchDatabase = async (options: { folder?: string; settings?: Readonly<Record<string, string>> } = {}): Promise<BenchDatabase> => {
  generate();
  const parent = options.folder ?? join(root, '.data');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'bench-'));
  const server = await startPostgres({ dataDir: join(folder, 'pg'), password: randomBytes(18).toString('base64url'), settings: options.settings ?? {} });
  const stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await ensureDatabase(server, 'bench');
    const { migrate } = await import('../../packages/db/src/migrate.ts');
    const { migrateQueue } = await import('../../packages/jobs/src/migrate-queue.ts');
    const ownerUrl = server.url('bench');
    const { appUrl, systemUrl, queueUrl } = await migrate(ownerUrl);
    await migrateQueue(queueUrl);
    return { ownerUrl, appUrl, systemUrl, queueUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

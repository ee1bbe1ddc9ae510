import type { Db } from './client.ts';
import { migrationNames } from './migrate.ts';
import type { SystemDb } from './system.ts';

/** Names of migrations that this program brings and the database has not seen. */
export const pendingMigrations = async (system: SystemDb): Promise<string[]> => {
  const rows = await system.prisma.$queryRaw<{ name: string }[]>`SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL`;
  const done = new Set(rows.map(({ name }) => name));
  return (await migrationNames()).filter((name) => !done.has(name));
};

/** Fails when the product's own role does not get an answer, or would see rows without a workspace. */
export const checkDoor = async (db: Db): Promise<void> => {
  const rows = await db.prisma.$queryRaw<unknown[]>`SELECT 1 FROM account LIMIT 1`;
  if (rows.length > 0) throw new Error('the wall between workspaces is open: the role of the product sees rows without a workspace');
};

/** `pnpm migrate`: brings tables, roles and queue of DATABASE_URL (the owner's) up to date; for installations that do not use `pnpm start`. */
import { migrate } from '../packages/db/src/migrate.ts';
import { migrateQueue } from '../packages/jobs/src/migrate-queue.ts';

const ownerUrl = process.env.DATABASE_URL;
if (ownerUrl) {
  const { queueUrl, applied } = await migrate(ownerUrl);
  await migrateQueue(process.env.REDIS_URL || queueUrl);
  console.log(applied.length === 0 ? 'Tables are up to date.' : `Applied: ${applied.join(', ')}`);
} else {
  console.error('DATABASE_URL is missing: postgres://owner:password@host:port/database');
  process.exitCode = 1;
}

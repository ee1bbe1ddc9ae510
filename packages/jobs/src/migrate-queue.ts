import { runMigrations } from 'bullmq';
import { isRedis, QUEUE_SCHEMA, queuePool } from './backend.ts';

/** Makes or updates the queue's tables (role tideline_queue, which owns their schema). Redis needs none. */
export const migrateQueue = async (url: string): Promise<void> => {
  if (isRedis(url)) return;
  const pool = queuePool(url, 1);
  try {
    const client = await pool.connect();
    try {
      await runMigrations(client, QUEUE_SCHEMA);
    } finally {
      client.release();
    }
  } finally {
    await pool.end();
  }
};

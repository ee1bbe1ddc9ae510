import { Redis } from 'ioredis';
import pg from 'pg';
import { expect, it } from 'vitest';
import { cloneDatabase } from './postgres.ts';
import { redisForTest } from './redis.ts';

const ask = async (connectionString: string, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

it('gives each clone its own migrated tables, reached by roles that cannot step over the walls', async () => {
  const [one, other] = [await cloneDatabase(), await cloneDatabase()];
  await ask(one.ownerUrl, `insert into workspace (slug, name) values ('acme', 'Acme')`);
  expect(await ask(one.ownerUrl, 'select slug from workspace')).toEqual([{ slug: 'acme' }]);
  expect(await ask(other.ownerUrl, 'select slug from workspace')).toEqual([]);
  for (const url of [one.appUrl, one.systemUrl, one.queueUrl]) {
    const [role] = await ask(url, 'select rolsuper, rolbypassrls from pg_roles where rolname = current_user');
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false });
  }
  await ask(one.queueUrl, 'create schema anything'); // the queue may make what a newer version of it needs
  expect(await ask(one.queueUrl, `select 1 as there from pg_tables where schemaname = 'bullmq' and tablename = 'job'`)).toEqual([{ there: 1 }]);
});

it('reaches Redis', async () => {
  const { url, prefix } = redisForTest();
  const redis = new Redis(url);
  await redis.set(`${prefix}:seen`, 'yes');
  expect(await redis.get(`${prefix}:seen`)).toBe('yes');
  redis.disconnect();
});

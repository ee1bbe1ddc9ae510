/**
 * vitest's globalSetup for database tests: one PostgreSQL and one Redis per run, on free ports, in memory where there is
 * room. A server that is missing fails the run and says what to install.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import type { PostgresTemplate } from '../../packages/testkit/src/postgres.ts';
import { freePort } from '../free-port.ts';
import { generate } from '../generate.ts';
import { type PostgresServer, startPostgres } from '../postgres.ts';
import { openMemoryFolder } from './memory-folder.ts';
import { findRedis, redisHint } from './system-programs.ts';

const fastAndForgetful = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum: 'off',
  shared_buffers: '128MB',
  max_connections: '200',
};

const migratedTemplate = async (server: PostgresServer): Promise<PostgresTemplate> => {
  generate();
  const { migrate } = await import('../../packages/db/src/migrate.ts');
  const admin = new pg.Client({ connectionString: server.url('postgres') });
  await admin.connect();
  try {
    await admin.query('create database template_tideline');
    const { migrateQueue } = await import('../../packages/jobs/src/migrate-queue.ts');
    const { appUrl, systemUrl, queueUrl } = await migrate(server.url('template_tideline'));
    await migrateQueue(queueUrl);
    await admin.query('alter database template_tideline with allow_connections false is_template true');
    const pattern = (url: string) => url.replace('/template_tideline', '/{database}');
    return {
      template: 'template_tideline',
      ownerUrl: pattern(server.url('template_tideline')),
      appUrl: pattern(appUrl),
      systemUrl: pattern(systemUrl),
      queueUrl: pattern(queueUrl),
    };
  } finally {
    await admin.end();
  }
};

const startRedis = async (folder: string): Promise<{ url: string; child: ChildProcess }> => {
  const program = findRedis();
  if (!program) throw new Error(redisHint);
  const port = await freePort();
  const flags = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder, '--pidfile', join(folder, 'redis.pid')];
  const child = spawn(program, flags.map(String), { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Ready to accept connections')) resolve();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`redis-server ended at once:\n${output}`)));
  });
  writeFileSync(join(folder, 'redis.pid'), `${child.pid}\n`);
  return { url: `redis://127.0.0.1:${port}`, child };
};

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { folder, remove } = await openMemoryFolder();
  const server = await startPostgres({ dataDir: join(folder, 'pg'), password: randomBytes(18).toString('base64url'), settings: fastAndForgetful });
  let redis: ChildProcess | undefined;
  const teardown = async () => {
    if (redis && redis.exitCode === null) {
      redis.kill('SIGTERM');
      await once(redis, 'exit');
    }
    await server.stop();
    remove();
  };
  try {
    project.provide('postgres', await migratedTemplate(server));
    const started = await startRedis(folder);
    redis = started.child;
    project.provide('redisUrl', started.url);
    return teardown;
  } catch (error) {
    await teardown();
    throw error;
  }
}

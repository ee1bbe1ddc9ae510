import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createJobs, type JobQueue } from '@tideline/jobs/queue';
import { migrateQueue } from '@tideline/jobs/migrate-queue';
import { aRow, aWorkspace, openWorld, type World } from '@tideline/testkit/build';
import { afterAll, beforeAll, expect, test } from 'vitest';

let world: World;
let jobs: JobQueue;
let worker: ChildProcess;
let port: number;
let output = '';

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return free;
};
const until = async (isTrue: () => Promise<boolean> | boolean, withinMs = 15_000): Promise<void> => {
  for (const end = Date.now() + withinMs; Date.now() < end; await new Promise((wake) => setTimeout(wake, 50))) if (await isTrue()) return;
  throw new Error(`still not so after ${withinMs} ms; the worker said:\n${output}`);
};

beforeAll(async () => {
  world = await openWorld();
  await migrateQueue(world.urls.queueUrl);
  jobs = createJobs({ url: world.urls.queueUrl }, () => undefined);
  port = await freePort();
  const env = {
    ...process.env,
    DATABASE_URL: world.urls.ownerUrl,
    REDIS_URL: '',
    NEXTAUTH_URL: 'http://localhost:3000',
    WORKER_PORT: String(port),
    WEBHOOK_RANGES: '127.0.0.0/8',
  };
  worker = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [worker.stdout, worker.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await until(() => output.includes('worker is ready'));
});
afterAll(async () => {
  await jobs.close();
  if (worker.exitCode === null) worker.kill('SIGKILL');
});

test('says that it lives and that it is ready', async () => {
  expect(await (await fetch(`http://127.0.0.1:${port}/live`)).json()).toEqual({ live: true });
  const ready = await fetch(`http://127.0.0.1:${port}/ready`);
  expect(await ready.json()).toEqual({ ready: true, checks: { database: null, migrations: null, queue: null } });
  expect(ready.status).toBe(200);
});

test('sends what is owed when it is woken', async () => {
  const received: string[] = [];
  const receiver = createServer((request, response) => {
    received.push(String(request.headers['webhook-id']));
    request.resume().on('end', () => response.end());
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const workspaceId = await aWorkspace(world.arrange);
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  const endpoint_id = await aRow(world.arrange, 'webhook_endpoint', { workspace_id: workspaceId, url, secret: 'whsec_c2VjcmV0', events: [] });
  const id = await aRow(world.arrange, 'notification', { workspace_id: workspaceId, endpoint_id, fact: 'test', payload: {}, next_at: new Date() });
  await jobs.enqueue('notify.send', { workspaceId });
  await until(() => received.length > 0);
  expect(received).toEqual([id]);
  receiver.close();
});

test('stops in order when asked to', async () => {
  worker.kill('SIGTERM');
  const [code] = (await once(worker, 'exit')) as [number];
  expect(code).toBe(0);
  expect(output).toContain('worker stops when its jobs have ended');
});

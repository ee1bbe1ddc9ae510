/** A database that is away, or dies, while a process starts. */
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { cloneDatabase } from '@tideline/testkit/postgres';
import { afterEach, expect, test } from 'vitest';
import { openBackend } from './backend.ts';
import { migrateQueue } from './migrate-queue.ts';
import { createJobs } from './queue.ts';
import { type Handlers, runWorkers } from './worker.ts';

const workspaceId = '01890000-0000-7000-8000-000000000001';
const handlers = new Proxy({}, { get: () => async () => undefined }) as Handlers;
const silent = { warn: () => undefined, error: () => undefined };
let server: Server;
const sockets = new Set<Socket>();
/** Stands between the queue and its database. */
const between = async (serve: (socket: Socket) => void): Promise<number> => {
  server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    serve(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};
const via = (url: string, port: number): string => Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(port) }).href;
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
});

test('a worker whose database never answers gives up, so that it is started again', async () => {
  const { queueUrl } = await cloneDatabase();
  const port = await between(() => undefined);
  await expect(runWorkers({ url: via(queueUrl, port) }, { handlers, log: silent, startMs: 300 })).rejects.toThrow('not connected within 300 ms');
});

test('a queue that was opened while its database was away takes work once it is back', async () => {
  const { queueUrl } = await cloneDatabase();
  await migrateQueue(queueUrl);
  const { hostname, port: real } = new URL(queueUrl);
  let away = true;
  const port = await between((socket) => {
    if (away) return void socket.destroy();
    const onward = connect(Number(real), hostname);
    sockets.add(onward.on('error', () => undefined));
    socket.pipe(onward).pipe(socket);
  });
  const jobs = createJobs({ url: via(queueUrl, port) }, () => undefined);
  await expect(jobs.enqueue('score.changed', { workspaceId })).rejects.toThrow(/terminated|closed|reset/);
  away = false;
  await jobs.enqueue('score.changed', { workspaceId });
  await jobs.close();
  const backend = openBackend({ url: queueUrl }, () => undefined);
  expect(await backend.queue('live').getJobCounts('waiting', 'prioritized')).toMatchObject({ prioritized: 1 });
  await backend.close();
});

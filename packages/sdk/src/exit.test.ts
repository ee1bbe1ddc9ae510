import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';

type Received = { events: number; code: number | null; output: string; ms: number };

/** Runs the program against a server that stores, or one that always fails. */
const run = async (status: number, ...args: string[]): Promise<Received> => {
  let events = 0;
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const accepted = (JSON.parse(text) as unknown[]).length;
      if (status === 200) events += accepted;
      response.writeHead(status).end(JSON.stringify({ accepted, duplicates: 0, conflicts: 0, rejected: [], conflicting: [] }));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const from = performance.now();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const child = spawn(process.execPath, [join(import.meta.dirname, 'exit.fixture.ts'), url, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  server.close();
  server.closeAllConnections();
  return { events, code, output, ms: performance.now() - from };
};

test('a program that simply ends has sent everything, and is not kept waiting', async () => {
  const { events, code, ms } = await run(200, '2500');
  expect({ events, code }).toEqual({ events: 2_500, code: 0 });
  expect(ms).toBeLessThan(30_000); // an event waits a minute for others
});

test('a program that ends while the server fails ends all the same, and says what was lost', async () => {
  const { code, output } = await run(503, '3');
  expect({ code, output: output.trim().split('\n').at(-1) }).toEqual({ code: 0, output: 'closed 3' });
});

test('closing on SIGTERM sends everything', async () => {
  expect(await run(200, '10', 'SIGTERM')).toMatchObject({ events: 10, code: 0, output: '' });
});

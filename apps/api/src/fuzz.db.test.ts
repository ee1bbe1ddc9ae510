/** Whatever arrives is answered, clearly and at once: ten thousand bodies that are not as they should be, over a real port. */
import { createServer, globalAgent, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { getRequestListener } from '@hono/node-server';
import * as apiKey from '@tideline/engine/api-key';
import { aPerson, aSlug } from '@tideline/engine/people.fixture';
import { verifyUsage } from '@tideline/engine/verify';
import { openWorld } from '@tideline/testkit/build';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testApi } from './api.fixture.ts';

const RUNS = 10_000;
const world = await openWorld();
const { deps, api } = testApi(world.urls);
const admin = await aPerson(world, await aSlug(world), 'ADMIN');
const { key } = await apiKey.create(deps, admin, { name: 'Fuzz', scopes: ['ingest'], expiresInDays: null, eventsPerMinute: 100_000_000 });

let server: Server;
beforeAll(async () => {
  const listener = getRequestListener(api.fetch);
  server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await deps.close();
});

type Answer = { status: number; text: string; ms: number };
const post = (body: Uint8Array, headers: Record<string, string> = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const started = performance.now();
    const sent = request(
      {
        port: (server.address() as AddressInfo).port,
        method: 'POST',
        path: '/api/v1/events',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString(), ms: performance.now() - started }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });

const base = { id: 'fuzz', account: 'acme', event: 'call', value: 1, timestamp: '2026-11-21T10:00:00Z', properties: { a: 1 } };
const text = (value: string) => Buffer.from(value);
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** Bodies of which no part may be stored: not JSON, not UTF-8, or each event wrong in one place. */
const malformed: fc.Arbitrary<{ body: Uint8Array; headers?: Record<string, string> }> = fc.oneof(
  { weight: 4, arbitrary: fc.nat(JSON.stringify(base).length - 2).map((at) => ({ body: text(JSON.stringify(base).slice(0, at + 1)) })) },
  { weight: 4, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => ({ body: Uint8Array.from([0xff, ...bytes]) })) },
  { weight: 2, arbitrary: fc.integer({ min: 10, max: 20_000 }).map((depth) => ({ body: text(`{"events":${nested(depth)}}`) })) },
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.constantFrom('id', 'account', 'event', 'timestamp', 'properties'),
        fc.oneof(fc.integer(), fc.boolean(), fc.array(fc.jsonValue(), { maxLength: 3 })),
      )
      .filter(([field, value]) => !(field === 'timestamp' && typeof value === 'number'))
      .map(([field, value]) => ({ body: text(JSON.stringify({ ...base, [field]: value })) })),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom('__proto__', 'constructor', 'prototype')
      .map((name) => ({ body: text(`{"id":"p","account":"a","event":"e","properties":{"${name}":{"x":1}}}`) })),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom('NaN', 'Infinity', '-Infinity', '1e999', 'undefined', '0x10', '01')
      .map((number) => ({ body: text(`{"id":"n","account":"a","event":"e","value":${number}}`) })),
  },
  // With a name twice the last one counts, in JSON as JavaScript reads it: here it is always the wrong one.
  { weight: 2, arbitrary: fc.constantFrom('id', 'account', 'event').map((name) => ({ body: text(JSON.stringify(base).slice(0, -1) + `,"${name}":7}`) })) },
  { weight: 3, arbitrary: fc.string({ unit: 'binary' }).map((key) => ({ body: text(JSON.stringify({ ...base, [`x${key}`]: 1 })) })) },
  { weight: 2, arbitrary: fc.constantFrom('\0', '\ud800', '').map((bad) => ({ body: text(JSON.stringify({ ...base, account: bad })) })) },
  { weight: 2, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 100 }).map((bytes) => ({ body: bytes, headers: { 'content-encoding': 'gzip' } })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('br', 'deflate', 'zstd', 'gzip, gzip').map((encoding) => ({ body: text('{}'), headers: { 'content-encoding': encoding } })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('text/plain', 'multipart/form-data', 'application/xml', 'application/octet-stream')
      .map((type) => ({ body: text('{}'), headers: { 'content-type': type } })),
  },
);

/** A refused request has a 4xx and says why; a request that was read has a reply in which nothing was accepted. */
const expectRefused = ({ status, text: answer }: Answer): void => {
  const said = JSON.parse(answer) as { detail?: string; accepted?: number; rejected?: { message: string }[] };
  if (status === 200) {
    expect(said.accepted).toBe(0);
    expect(said.rejected?.length ?? 0).toBeGreaterThan(0);
    for (const { message } of said.rejected ?? []) expect(message.length).toBeGreaterThan(10);
    return;
  }
  expect([400, 413, 415], answer).toContain(status);
  expect(said.detail?.length).toBeGreaterThan(10);
};

test(`${RUNS.toLocaleString('en')} malformed bodies: each is refused with a reason, and a good one beside them is never slow`, async () => {
  const good = async (n: number) => post(text(JSON.stringify({ ...base, id: `good-${n}` })));
  const alone: number[] = [];
  for (let n = 0; n < 50; n++) alone.push((await good(n)).ms);
  const beside: number[] = [];
  const samples = fc.sample(malformed, RUNS);
  const LANES = 8;
  await Promise.all(
    Array.from({ length: LANES }, async (_, lane) => {
      for (let i = lane; i < samples.length; i += LANES) {
        const sample = samples[i];
        if (sample) expectRefused(await post(sample.body, sample.headers));
        if (i % 200 === 0) {
          const answer = await good(1_000 + i);
          expect(JSON.parse(answer.text)).toMatchObject({ accepted: 1 });
          beside.push(answer.ms);
        }
      }
    }),
  );
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  // Beside eight senders it waits its turn, and no longer: a body that blocks the process would cost seconds.
  expect(median(beside)).toBeLessThan(Math.max(500, median(alone) * 50));
  const stored = await world.arrange('SELECT count(*)::int AS n FROM event WHERE workspace_id = $1', [admin.workspaceId]);
  expect(stored).toEqual([{ n: 50 + beside.length }]);
  expect((await verifyUsage(deps, admin.workspaceId, () => undefined)).differences).toEqual([]);
  expect(deps.logged.filter(({ level }) => level === 'error')).toEqual([]);
}, 240_000);

test('bombs and giants: refused before they are unpacked or read whole', async () => {
  const bomb = gzipSync(Buffer.alloc(512 * 1024 * 1024, 0x20));
  // Packing it holds up this process, the server too: connections that idled meanwhile are about to be closed.
  globalAgent.destroy();
  const before = process.memoryUsage.rss();
  for (const answer of await Promise.all(Array.from({ length: 8 }, () => post(bomb, { 'content-encoding': 'gzip' }))))
    expect([413, 503]).toContain(answer.status);
  expect(process.memoryUsage.rss() - before).toBeLessThan(256 * 1024 * 1024);
  expect((await post(text(`[${'1,'.repeat(4_500_000)}1]`))).status).toBe(413);
  expect((await post(text(JSON.stringify(Array.from({ length: 1_001 }, (_, i) => ({ ...base, id: `${i}` })))))).status).toBe(413);
  expect((await post(text(`{"id":"deep","account":"a","event":"e","properties":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`))).status).toBeLessThan(500);
}, 60_000);

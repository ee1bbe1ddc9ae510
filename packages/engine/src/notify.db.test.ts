import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { withWorkspace } from '@tideline/db/workspace';
import { claim, owe } from '@tideline/db/write/notify';
import { aRow, aWorkspace, openWorld, type World } from '@tideline/testkit/build';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testDeps, type TestDeps } from './deps.fixture.ts';
import { factOf } from './fact.ts';
import { RETRY_AFTER_MS, sendOwed } from './notify.ts';

const SECRET = `whsec_${Buffer.from('a secret of a workspace').toString('base64')}`;
const START = new Date('2026-11-22T09:00:00Z');

type Received = { headers: IncomingHttpHeaders; body: string };
let receiver: Server;
let port: number;
let received: Received[];
let answer: { status: number; headers?: Record<string, string>; delayMs?: number };

let world: World;
let deps: TestDeps;
let workspaceId: string;
let endpointId: string;

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(answer.status, answer.headers).end('said the receiver');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  port = (receiver.address() as AddressInfo).port;
  world = await openWorld();
  deps = testDeps(world.urls, { webhookRanges: ['127.0.0.0/8', '::1/128'] });
});
afterAll(async () => {
  await deps.close();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});
beforeEach(async () => {
  received = [];
  answer = { status: 200 };
  deps.clock.now = START;
  workspaceId = await aWorkspace(world.arrange);
  endpointId = await endpoint(`http://127.0.0.1:${port}/hook`);
});

const endpoint = (url: string) => aRow(world.arrange, 'webhook_endpoint', { workspace_id: workspaceId, url, secret: SECRET, events: ['alert.opened'] });
const fact = (id = 'one') => factOf('alert.opened', id, deps.now(), { alert: { id }, account: { name: 'Søren & Søns' } });
const book = (...facts: ReturnType<typeof fact>[]) => withWorkspace(deps.db, workspaceId, (tx) => owe(tx, facts, deps.now()));
const messages = () => world.arrange('SELECT * FROM notification WHERE workspace_id = $1 ORDER BY fact', [workspaceId]);
const pass = (ms: number) => {
  deps.clock.now = new Date(deps.clock.now.getTime() + ms);
};
const verified = ({ headers, body }: Received, at: Date) => {
  // The library compares with the real clock, so the signature is checked with a time it accepts.
  const signature = new Webhook(SECRET).sign(String(headers['webhook-id']), at, body);
  return headers['webhook-signature'] === signature && headers['webhook-timestamp'] === String(Math.floor(at.getTime() / 1000));
};

describe('a message that is owed', () => {
  test('is sent once, signed, under the id of its row', async () => {
    await book(fact(), fact());
    await book(fact());
    expect(await sendOwed(deps, workspaceId)).toEqual({ sent: 1, failed: 0 });
    expect(await sendOwed(deps, workspaceId)).toEqual({ sent: 0, failed: 0 });
    const [row] = await messages();
    expect(row).toMatchObject({ state: 'sent', attempts: 1, last_status: 200, last_error: null, sent_at: START });
    expect(received).toHaveLength(1);
    const [got] = received as [Received];
    expect(got.headers['webhook-id']).toBe(row?.id);
    expect(JSON.parse(got.body)).toEqual({
      type: 'alert.opened',
      timestamp: START.toISOString(),
      data: { alert: { id: 'one' }, account: { name: 'Søren & Søns' } },
    });
    expect(verified(got, START)).toBe(true);
  });

  test('carries a signature that the library accepts and that a changed body breaks', async () => {
    deps.clock.now = new Date();
    await book(fact());
    await sendOwed(deps, workspaceId);
    const [got] = received as [Received];
    const headers = got.headers as Record<string, string>;
    expect(new Webhook(SECRET).verify(got.body, headers)).toMatchObject({ type: 'alert.opened' });
    expect(() => new Webhook(SECRET).verify(`${got.body} `, headers)).toThrow(/signature/i);
  });

  test('sent but not marked, because the sender died, is sent again under the same id', async () => {
    await book(fact());
    // What a sender does before it dies: it takes the message and sends it.
    const taken = await withWorkspace(deps.db, workspaceId, (tx) => claim(tx, deps.now(), { leaseMs: 60_000, perEndpoint: 4, limit: 20 }));
    expect(taken).toHaveLength(1);
    expect(await sendOwed(deps, workspaceId)).toEqual({ sent: 0, failed: 0 }); // it may still live
    pass(61_000);
    expect(await sendOwed(deps, workspaceId)).toEqual({ sent: 1, failed: 0 });
    expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([taken[0]?.id]);
  });

  test('is taken by one of two senders', async () => {
    await book(...Array.from({ length: 30 }, (_, i) => fact(`fact-${i}`)));
    const counts = await Promise.all([sendOwed(deps, workspaceId), sendOwed(deps, workspaceId)]);
    expect(counts.reduce((sum, { sent }) => sum + sent, 0)).toBe(30);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(30);
    expect(received).toHaveLength(30);
  });

  test('for an endpoint that is switched off waits', async () => {
    await book(fact());
    await world.arrange('UPDATE webhook_endpoint SET enabled = false WHERE id = $1', [endpointId]);
    expect(await sendOwed(deps, workspaceId)).toEqual({ sent: 0, failed: 0 });
    expect(await messages()).toMatchObject([{ state: 'owed', attempts: 0 }]);
  });
});

describe('a receiver that does not take it', () => {
  test('is tried again with growing pauses for about a day, then the message is given up', async () => {
    answer = { status: 503 };
    await book(fact());
    for (let i = 0; i <= RETRY_AFTER_MS.length; i++) {
      expect(await sendOwed(deps, workspaceId)).toEqual({ sent: 0, failed: 1 });
      expect(await sendOwed(deps, workspaceId)).toEqual({ sent: 0, failed: 0 }); // not before its time
      pass(RETRY_AFTER_MS[i] ?? 0);
    }
    expect(await messages()).toMatchObject([{ state: 'failed', attempts: 10, last_status: 503, last_error: 'said the receiver' }]);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    const day = RETRY_AFTER_MS.reduce((sum, ms) => sum + ms, 0) / 3_600_000;
    expect(day).toBeGreaterThan(22);
    expect(day).toBeLessThan(26);
  });

  test('and that recovers gets it', async () => {
    answer = { status: 500 };
    await book(fact());
    await sendOwed(deps, workspaceId);
    answer = { status: 204 };
    pass(31_000);
    expect(await sendOwed(deps, workspaceId)).toEqual({ sent: 1, failed: 0 });
    expect(await messages()).toMatchObject([{ state: 'sent', attempts: 2, last_status: 204, last_error: null }]);
  });

  test('because it is gone for good is not tried again', async () => {
    answer = { status: 410 };
    await book(fact());
    await sendOwed(deps, workspaceId);
    expect(await messages()).toMatchObject([{ state: 'failed', attempts: 1 }]);
  });

  test('with a redirect is not followed', async () => {
    answer = { status: 302, headers: { location: `http://127.0.0.1:${port}/elsewhere` } };
    await book(fact());
    await sendOwed(deps, workspaceId);
    expect(received).toHaveLength(1);
    expect(await messages()).toMatchObject([{ state: 'owed', last_status: 302 }]);
  });

  test('does not hold up another endpoint', async () => {
    await endpoint('http://127.0.0.1:1/closed');
    await book(...Array.from({ length: 12 }, (_, i) => fact(`fact-${i}`)));
    expect(await sendOwed(deps, workspaceId)).toEqual({ sent: 12, failed: 12 });
  });
});

test('a loopback address is refused unless the operator allows its range', async () => {
  const strict = testDeps(world.urls);
  await book(fact());
  expect(await sendOwed(strict, workspaceId)).toEqual({ sent: 0, failed: 1 });
  expect(received).toEqual([]);
  expect(await messages()).toMatchObject([
    { state: 'owed', last_status: null, last_error: '127.0.0.1 leads to 127.0.0.1, which is a private or reserved address' },
  ]);
  await strict.close();
});

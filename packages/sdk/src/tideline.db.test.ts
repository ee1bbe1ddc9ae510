/** The SDK against the product's API and database, over a real port. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { testApi } from '@tideline/api/api.fixture';
import { keyOf } from '@tideline/engine/ingest';
import { aRow, aWorkspace, anAccount, openWorld, type World } from '@tideline/testkit/build';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Options, type Report, type Result, Tideline } from './tideline.ts';

let world: World;
let api: ReturnType<typeof testApi>;
let workspaceId: string;
let key: string;
/** What happens to the next requests: the API does not see it, or its answer is thrown away. */
const faults: ('unseen' | 'unanswered')[] = [];
const server = createServer((request, response) => void serve(request, response));
let url: string;

const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const fault = faults.shift();
  if (fault === 'unseen') return void request.destroy();
  const listener = getRequestListener(async (asked) => {
    const answer = await api.api.fetch(asked);
    if (fault === 'unanswered') request.socket.destroy();
    return answer;
  });
  await listener(request, response);
};

beforeAll(async () => {
  world = await openWorld();
  api = testApi(world.urls);
  api.deps.clock.now = new Date();
  workspaceId = await aWorkspace(world.arrange, { unknown_accounts: 'refuse' });
  await anAccount(world.arrange, workspaceId, { external_id: 'acme' });
  key = `tl_${workspaceId.replaceAll('-', '')}_${'k'.repeat(40)}`;
  await aRow(world.arrange, 'api_key', {
    workspace_id: workspaceId,
    name: 'sdk',
    prefix: 'tl',
    hash: createHash('sha256').update(key).digest(),
    scopes: '{ingest}',
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await api.deps.close();
});

const open = (options: Partial<Options> = {}) => {
  const reports: Report[] = [];
  const results: Result[] = [];
  const tideline = new Tideline({
    url,
    key,
    flushOnExit: false,
    onError: (report) => void reports.push(report),
    onResult: (result) => void results.push(result),
    ...options,
  });
  return { tideline, reports, results };
};
const stored = async (id: string): Promise<unknown[]> =>
  world.arrange(`SELECT value::float8, properties FROM event WHERE workspace_id = $1 AND key = decode($2, 'hex')`, [workspaceId, keyOf(id)]);

test('every event is stored once, though requests and answers are lost', async () => {
  faults.push('unseen', 'unanswered', 'unseen');
  const { tideline, reports, results } = open({ maxBatchEvents: 100 });
  const ids = Array.from({ length: 1_000 }, (_, value) => tideline.track({ account: 'acme', event: 'sdk.call', value, properties: { part: 'über' } }));
  expect(await tideline.flush()).toBe(true);
  expect(reports.filter(({ code }) => code !== 'retrying')).toEqual([]);
  expect(results.flatMap(({ acknowledged }) => acknowledged).toSorted()).toEqual(ids);
  const [row] = await world.arrange(
    `SELECT count(*)::int, sum(value)::int, min(properties->>'part') AS part FROM event WHERE workspace_id = $1 AND name = 'sdk.call'`,
    [workspaceId],
  );
  expect(row).toEqual({ count: 1_000, sum: 499_500, part: 'über' });
  expect(results.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(100); // those whose answer was lost
  await tideline.close();
});

test('the server’s refusals and conflicts come back with the event', async () => {
  const { tideline, reports } = open();
  tideline.track({ account: 'nobody', event: 'sdk.call' });
  tideline.track({ account: 'acme', event: 'sdk.call', id: 'contract-1', value: 1 });
  tideline.track({ account: 'acme', event: 'sdk.call', id: 'contract-1', value: 2 });
  expect(await tideline.close()).toBe(true);
  expect(reports).toMatchObject([
    { code: 'rejected', fault: 'unknown-account', events: [{ account: 'nobody' }] },
    { code: 'conflict', count: 1, events: [{ id: 'contract-1', value: 2 }] },
  ]);
  expect(await stored('contract-1')).toMatchObject([{ value: 1 }]);
});

test('a wrong key drops the events and says why', async () => {
  const { tideline, reports } = open({ key: 'tl_wrong' });
  tideline.track({ account: 'acme', event: 'sdk.call' });
  expect(await tideline.close()).toBe(true);
  expect(reports).toMatchObject([{ code: 'refused', status: 401, count: 1 }]);
});

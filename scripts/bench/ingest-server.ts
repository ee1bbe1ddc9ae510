/**
 * The process that `pnpm bench ingest` sends to: the product's API, and beside it the two ways it is measured against.
 * Started by the bench with the database's URLs; says its port on stdout and answers its memory at /memory.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkEvent, isEventFault } from '../../packages/contracts/src/ingest-event.ts';
import { createDb } from '../../packages/db/src/client.ts';
import { withStatements, withWorkspace } from '../../packages/db/src/workspace.ts';
import { createIngestMemory, makePartitions } from '../../packages/db/src/write/ingest-memory.ts';
import { type Fact, MissingPartitions, storeFacts } from '../../packages/db/src/write/ingest.ts';
import { eventsOf, factOf } from '../../packages/engine/src/ingest.ts';
import { openDeps } from '../../packages/engine/src/open-deps.ts';
import { createApi } from '../../apps/api/src/app.ts';

const { BENCH_OWNER_URL = '', BENCH_APP_URL = '', BENCH_WORKSPACE = '' } = process.env;
const silent = { info: () => undefined, warn: () => undefined, error: console.error };
const opened = openDeps({
  databaseUrl: BENCH_OWNER_URL,
  redisUrl: undefined,
  poolSize: 8,
  baseUrl: 'http://localhost',
  uploadDir: '/nowhere',
  webhookRanges: [],
  log: silent,
  now: () => new Date(),
});
const hub = { subscribe: () => () => undefined, close: async () => undefined };
const api = createApi({
  deps: opened.deps,
  hub,
  session: async () => null,
  ready: async () => ({ ready: true, checks: { database: null, migrations: null, queue: null } }),
  closing: new AbortController().signal,
});
const db = createDb({ url: BENCH_APP_URL, poolSize: 8 });

const factsOf = (body: unknown): Fact[] => {
  const receivedMs = Date.now();
  return eventsOf(body).events.map((raw) => {
    const checked = checkEvent(raw, receivedMs);
    if (isEventFault(checked)) throw new Error(checked.message);
    return factOf(checked, { receivedMs, known: 'on-receipt', via: 'event' });
  });
};

const memory = createIngestMemory();
/** The product's transaction, one for each request. */
const ungrouped = async (body: unknown): Promise<void> => {
  const facts = factsOf(body);
  for (;;) {
    try {
      const stored = await withStatements(db, BENCH_WORKSPACE, (tx) => storeFacts(tx, memory, facts));
      return memory.remember(BENCH_WORKSPACE, stored.merges, stored.accounts);
    } catch (error) {
      if (!(error instanceof MissingPartitions)) throw error;
      await makePartitions(db, memory, error.months);
    }
  }
};

let account: string | undefined;
/** What one would write first: the rows as they come, the identity left to the primary key, no daily usage. */
const createMany = async (body: unknown): Promise<void> => {
  const facts = factsOf(body);
  await withWorkspace(db, BENCH_WORKSPACE, async (tx) => {
    account ??= (await tx.db.account.findFirstOrThrow({ select: { id: true } })).id;
    const data = facts.map(({ key, event, timeMs, value, properties, receivedMs }) => {
      const [time, at] = [new Date(timeMs ?? receivedMs), new Date(receivedMs)];
      const rest = { key: Buffer.from(key, 'hex'), name: event, value, properties: (properties ?? {}) as object };
      return {
        workspaceId: BENCH_WORKSPACE,
        time,
        day: new Date(time.toISOString().slice(0, 10)),
        accountId: account ?? '',
        receivedAt: at,
        knownAt: at,
        ...rest,
      };
    });
    await tx.db.event.createMany({ data, skipDuplicates: true });
  });
};

const readAll = async (request: IncomingMessage): Promise<Buffer<ArrayBuffer>> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const server = createServer((request, response) => {
  const answer = (status: number, text: string) => response.writeHead(status, { 'content-type': 'application/json' }).end(text);
  const handle = async (): Promise<void> => {
    if (request.url === '/memory') return void answer(200, JSON.stringify(process.memoryUsage.rss()));
    const body = await readAll(request);
    if (request.url === '/ungrouped' || request.url === '/createMany') {
      await (request.url === '/ungrouped' ? ungrouped : createMany)(JSON.parse(body.toString()));
      return void answer(200, '{}');
    }
    const headers = new Headers({ authorization: request.headers.authorization ?? '', 'content-type': 'application/json' });
    const reply = await api.request(`http://localhost${request.url ?? ''}`, { method: 'POST', headers, body });
    answer(reply.status, await reply.text());
  };
  handle().catch((error: unknown) => answer(500, String(error)));
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));

/**
 * `pnpm bench ingest [1m|10m] [seconds]`: events over HTTP with everything on, against COPY of equal rows into the same table,
 * against the same path without group commit, and against a plain createMany (perf.md, targets).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { childEnv, thrifty } from '../paths.ts';
import { type BenchDatabase, benchDatabase } from './server.ts';
import { type BenchResult, type Figure, median, percentile, timed } from './rounds.ts';

const BATCH = 1_000;
const BATCHES = 20;
const ACCOUNTS = 2_000;
const CLIENTS = 64;
/** Clients send what has just happened. */
const SPAN_MS = 600_000;

const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
let made = 0;
const event = () => {
  const n = made++;
  const timestamp = new Date(Date.now() - ((n * 7_919) % SPAN_MS)).toISOString();
  return {
    id: `event-${n}`,
    account: `account-${(n * 31) % ACCOUNTS}`,
    event: 'api.call',
    timestamp,
    value: (n % 1_000) / 10,
    properties: { region: 'eu-west-1', model: 'large', status: 'ok', n },
  };
};
type Event = ReturnType<typeof event>;
const batch = (size: number): Event[] => Array.from({ length: size }, event);

type Target = { port: number; key: string };
const post = ({ port, key }: Target, path: string, body: unknown): Promise<void> =>
  new Promise((resolve, reject) => {
    const text = JSON.stringify(body);
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), authorization: `Bearer ${key}` };
    const sent = request({ port, host: '127.0.0.1', method: 'POST', path, agent, headers }, (reply) => {
      let said = '';
      reply.on('data', (chunk: Buffer) => (said += chunk.toString()));
      reply.on('end', () => (reply.statusCode === 200 ? resolve() : reject(new Error(`${path} answered ${reply.statusCode}: ${said.slice(0, 300)}`))));
    });
    sent.on('error', reject);
    sent.end(text);
  });

/** Milliseconds of each answer. */
type Answers = number[];

/** Events a second of a number of batches, four in flight. */
const batches = async (target: Target, path: string, answers: Answers = []): Promise<number> => {
  const waiting = Array.from({ length: BATCHES }, () => batch(BATCH));
  const lane = async (): Promise<void> => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const events = next;
      answers.push(await timed(() => post(target, path, events)));
    }
  };
  return (BATCHES * BATCH * 1000) / (await timed(() => Promise.all(Array.from({ length: 4 }, lane))));
};

/** Requests a second of single events from 64 clients, for some seconds. */
const singles = async (target: Target, path: string, seconds: number, answers: Answers = []): Promise<number> => {
  let done = 0;
  const end = performance.now() + seconds * 1000;
  const client = async (): Promise<void> => {
    for (; performance.now() < end; done++) answers.push(await timed(() => post(target, path, event())));
  };
  const taken = await timed(() => Promise.all(Array.from({ length: CLIENTS }, client)));
  return (done * 1000) / taken;
};

const COLUMNS = 'workspace_id, time, key, day, account_id, name, value, properties, received_at, known_at, known_assumed';

/** Rows a second of COPY into the table of raw events with its index: the yardstick. */
const copyRate = async (owner: pg.Client, folder: string, workspaceId: string): Promise<number> => {
  const file = join(folder, 'rows.csv');
  const { rows } = await owner.query<{ id: string }>('SELECT id FROM account WHERE workspace_id = $1 LIMIT 1', [workspaceId]);
  const lines = batch(BATCHES * BATCH).map(({ id, timestamp, value, properties, event: name }) => {
    const key = createHash('sha256').update(id).digest('hex').slice(0, 32);
    return [
      workspaceId,
      timestamp,
      `\\x${key}`,
      timestamp.slice(0, 10),
      rows[0]?.id,
      name,
      value,
      `"${JSON.stringify(properties).replaceAll('"', '""')}"`,
      timestamp,
      timestamp,
      'f',
    ].join(',');
  });
  writeFileSync(file, lines.join('\n'), { mode: 0o644 });
  return (lines.length * 1000) / (await timed(() => owner.query(`COPY event (${COLUMNS}) FROM '${file}' (FORMAT csv)`)));
};

/** What is stored happened in the last 30 days. */
const fill = async (owner: pg.Client, workspaceId: string, from: number, to: number): Promise<void> => {
  const step = 500_000;
  for (let at = from; at < to; at += step) {
    const range = [workspaceId, at, Math.min(to, at + step)];
    await owner.query(
      `INSERT INTO event_key SELECT $1, decode(md5('stored' || n), 'hex'), '\\x0000000000000000', current_date - n % 30, now() FROM generate_series($2::int, $3::int - 1) n`,
      range,
    );
    await owner.query(
      `INSERT INTO event (workspace_id, time, key, day, account_id, name, value, properties, received_at, known_at)
       SELECT $1, now() - n % 30 * interval '1 day', decode(md5('stored' || n), 'hex'), current_date - n % 30, a.ids[1 + n % 2000], 'api.call', 1,
         '{"region":"eu-west-1","model":"large","status":"ok"}', now(), now()
       FROM generate_series($2::int, $3::int - 1) n, (SELECT array_agg(id) AS ids FROM account WHERE workspace_id = $1) a`,
      range,
    );
  }
  await owner.query('CHECKPOINT');
};

const prepare = async (owner: pg.Client, setUp: (workspaceId: string) => Promise<void>): Promise<{ workspaceId: string; key: string }> => {
  const workspaceId = randomUUID();
  const key = `tl_${workspaceId.replaceAll('-', '')}_${'k'.repeat(40)}`;
  await owner.query(`INSERT INTO workspace (id, slug, name) VALUES ($1, 'bench', 'Bench')`, [workspaceId]);
  await owner.query(`INSERT INTO api_key (workspace_id, name, prefix, hash, scopes) VALUES ($1, 'bench', 'tl', $2, '{ingest}')`, [
    workspaceId,
    createHash('sha256').update(key).digest(),
  ]);
  await owner.query(
    `INSERT INTO account (workspace_id, external_id, name, created_day) SELECT $1, 'account-' || n, 'Account', '2020-01-01' FROM generate_series(0, $2::int - 1) n`,
    [workspaceId, ACCOUNTS],
  );
  const meter = await owner.query<{ id: string }>(`INSERT INTO meter (workspace_id, key, name, unit) VALUES ($1, 'calls', 'Calls', 'calls') RETURNING id`, [
    workspaceId,
  ]);
  await owner.query(
    `INSERT INTO meter_version (workspace_id, meter_id, version, event_name, aggregation, counts_activity) VALUES ($1, $2, 1, 'api.call', 'SUM', true)`,
    [workspaceId, meter.rows[0]?.id],
  );
  await setUp(workspaceId);
  await owner.query(
    `SELECT make_event_partition(date_trunc('month', d)::date) FROM (VALUES (now() - interval '31 days'), (now()), (now() + interval '1 day')) AS days (d)`,
  );
  return { workspaceId, key };
};

/** The first health model and rules, as every workspace has them. */
const setUpIn = async (database: BenchDatabase, workspaceId: string): Promise<void> => {
  const { createDb } = await import('../../packages/db/src/client.ts');
  const { withWorkspace } = await import('../../packages/db/src/workspace.ts');
  const { setUpWorkspace } = await import('../../packages/engine/src/set-up-workspace.ts');
  const db = createDb({ url: database.appUrl, poolSize: 1 });
  await withWorkspace(db, workspaceId, (tx) => setUpWorkspace(tx, new Date()));
  await db.close();
};

const startServer = async (database: BenchDatabase, workspaceId: string): Promise<{ child: ChildProcess; port: number }> => {
  const env = childEnv({ BENCH_OWNER_URL: database.ownerUrl, BENCH_APP_URL: database.appUrl, BENCH_WORKSPACE: workspaceId });
  const child = spawn(process.execPath, [...thrifty, join(import.meta.dirname, 'ingest-server.ts')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, port: Number(chunk.toString()) };
};

const memoryMb = async (port: number): Promise<number> => Number(await (await fetch(`http://127.0.0.1:${port}/memory`)).text()) / 1024 / 1024;
const ratio = (a: readonly number[], b: readonly number[]): number => median(a) / median(b);

/** `answers`: of the product alone. */
type Rates = Record<'product' | 'copy' | 'createMany' | 'ungrouped' | 'answers', number[]>;
const noRates = (): Rates => ({ product: [], copy: [], createMany: [], ungrouped: [], answers: [] });
const percentiles = (answers: Answers): string => [0.5, 0.95, 0.99].map((p) => `p${p * 100} ${percentile(answers, p).toFixed(0)}`).join(', ');
type Setting = { target: Target; database: BenchDatabase; owner: pg.Client; folder: string; workspaceId: string };

/** Batches through the product against COPY, `rounds` times in alternation; with the createMany route where asked. */
const batchRates = async ({ target, owner, folder, workspaceId }: Setting, rounds: number, withCreateMany: boolean): Promise<Rates> => {
  const rates = noRates();
  for (let i = 0; i < rounds; i++) {
    rates.product.push(await batches(target, '/api/v1/events', rates.answers));
    rates.copy.push(await copyRate(owner, folder, workspaceId));
    if (withCreateMany) rates.createMany.push(await batches(target, '/createMany'));
  }
  return rates;
};

const singleRates = async ({ target }: Setting): Promise<Rates> => {
  const rates = noRates();
  for (let i = 0; i < 3; i++) {
    rates.product.push(await singles(target, '/api/v1/events', 3, rates.answers));
    rates.ungrouped.push(await singles(target, '/ungrouped', 3));
    rates.createMany.push(await singles(target, '/createMany', 3));
  }
  return rates;
};

type Sustained = { memory: number[]; rates: number[]; answers: Answers; scored: number; waiting: number };

/** Full load for a while on a server that has done nothing else, with the worker scoring beside it: memory after each turn, and how the scores kept up. */
const sustain = async ({ target, database, owner, workspaceId }: Setting, seconds: number): Promise<Sustained> => {
  const { child, port } = await startServer(database, workspaceId);
  const env = childEnv({ DATABASE_URL: database.ownerUrl, NEXTAUTH_URL: 'http://localhost', NEXTAUTH_SECRET: 'bench'.repeat(8), TIDELINE_DATA: tmpdir() });
  const worker = spawn(process.execPath, [join(import.meta.dirname, '../../apps/worker/src/main.ts')], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const sustained: Sustained = { memory: [], rates: [], answers: [], scored: 0, waiting: 0 };
  for (const end = performance.now() + seconds * 1000; performance.now() < end;) {
    sustained.rates.push(await batches({ ...target, port }, '/api/v1/events', sustained.answers));
    sustained.memory.push(await memoryMb(port));
  }
  const count = async (sql: string): Promise<number> => (await owner.query<{ n: number }>(sql, [workspaceId])).rows[0]?.n ?? 0;
  sustained.scored = await count('SELECT count(*)::int AS n FROM score WHERE workspace_id = $1');
  sustained.waiting = await count(`SELECT count(*)::int AS n FROM rescore WHERE workspace_id = $1 AND marked_at < now() - interval '10 seconds'`);
  child.kill('SIGTERM');
  worker.kill('SIGTERM');
  await once(worker, 'exit');
  return sustained;
};

const measure = async (setting: Setting, large: boolean, seconds: number): Promise<BenchResult> => {
  const { target, owner, workspaceId } = setting;
  await fill(owner, workspaceId, 0, 1_000_000);
  await batches(target, '/api/v1/events'); // warm
  await batches(target, '/createMany');
  const rates = await batchRates(setting, 5, true);
  const single = await singleRates(setting);
  const sustained = await sustain(setting, seconds);
  if (large) await fill(owner, workspaceId, 1_000_000, 10_000_000);
  const at10m = large ? await batchRates(setting, 5, false) : null;
  const notTaken: Figure = { value: null, why: 'asked for one million stored events; run with 10m' };
  return {
    bench: 'ingest',
    figures: {
      batch_vs_copy_1m: ratio(rates.product, rates.copy),
      batch_vs_copy_10m: at10m ? ratio(at10m.product, at10m.copy) : notTaken,
      batch_events_s: median(rates.product),
      single_vs_ungrouped: ratio(single.product, single.ungrouped),
      single_req_s: median(single.product),
      batch_vs_createmany: ratio(rates.product, rates.createMany),
      single_vs_createmany: ratio(single.product, single.createMany),
      rss_mb: Math.max(...sustained.memory),
      batch_p95_ms: percentile(rates.answers, 0.95),
      single_p95_ms: percentile(single.answers, 0.95),
      sustained_events_s: median(sustained.rates),
    },
    notes: [
      `COPY ${median(rates.copy).toFixed(0)} rows/s, createMany ${median(rates.createMany).toFixed(0)} events/s in batches of ${BATCH}`,
      `single events, ${CLIENTS} clients: ungrouped ${median(single.ungrouped).toFixed(0)}/s, createMany ${median(single.createMany).toFixed(0)}/s`,
      `answers in ms: batches ${percentiles(rates.answers)}; single events ${percentiles(single.answers)}; batches under ${seconds} s of load ${percentiles(sustained.answers)}`,
      ...(at10m ? [`answers in ms at 10 M: batches ${percentiles(at10m.answers)}`] : []),
      `${seconds} s of full load with the worker scoring beside it: ${median(sustained.rates).toFixed(0)} events/s, ${sustained.scored} of ${ACCOUNTS} accounts scored, ${sustained.waiting} waiting longer than 10 s; memory of the server ${sustained.memory.map((mb) => mb.toFixed(0)).join(' ')} MB`,
    ],
  };
};

export default async (args: readonly string[]): Promise<BenchResult> => {
  const folder = mkdtempSync(join(tmpdir(), 'tideline-bench-'));
  const database = await benchDatabase({ settings: { shared_buffers: '2GB', max_wal_size: '8GB' } });
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  let server: ChildProcess | undefined;
  try {
    await owner.connect();
    const { workspaceId, key } = await prepare(owner, (id) => setUpIn(database, id));
    const { child, port } = await startServer(database, workspaceId);
    server = child;
    return await measure({ target: { port, key }, database, owner, folder, workspaceId }, args[0] === '10m', Number(args[1] ?? 60));
  } finally {
    server?.kill('SIGTERM');
    agent.destroy();
    await owner.end();
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

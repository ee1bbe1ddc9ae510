/**
 * One embedded PostgreSQL 18 per data folder: start it, or adopt the one that already runs there, and stop it.
 * Used by `pnpm start` (data under .data) and by the testkit (data in memory).
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { freePort, isPortFree } from './free-port.ts';
import { handOver, postgresBinaries, type RunAs, runAs } from './postgres-binaries.ts';
import { commandOf, isAlive, waitUntilGone } from './process-table.ts';

export type PostgresOptions = {
  /** Folder of the cluster; created by initdb when missing. Its log is written beside it as `<dataDir>.log`. */
  dataDir: string;
  /** Password of the superuser `postgres`; kept by the caller, because only initdb can set it. */
  password: string;
  /** File that remembers the port between runs, so that a tool pointed at it keeps working. */
  portFile?: string;
  /** Server settings (`-c name=value`) on top of the defaults. */
  settings?: Readonly<Record<string, string>>;
};

export type PostgresServer = {
  pid: number;
  port: number;
  /** True when it was already running (left behind by a killed run). */
  adopted: boolean;
  /** Superuser connection string for a database of this server. */
  url: (database: string) => string;
  /** Fast shutdown; resolves when the process is gone. */
  stop: () => Promise<void>;
};

const HOST = '127.0.0.1';
const START_LIMIT_MS = 120_000; // crash recovery after a hard kill replays the log first
const defaults = { jit: 'off', max_wal_size: '2GB', random_page_cost: '1.1', work_mem: '16MB', shared_buffers: '256MB', max_connections: '120' };

const urlOf = (password: string, port: number, database: string): string => `postgresql://postgres:${encodeURIComponent(password)}@${HOST}:${port}/${database}`;

const tail = (file: string, lines: number): string =>
  existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n') : '(no log)';

/** Tries one connection: 'ready', 'not yet', or throws what will not heal by waiting (a wrong password). */
const probe = async (url: string): Promise<'ready' | 'not yet'> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined); // the server may end under an idle probe; the query reports it
  try {
    await client.connect();
    await client.query('select 1');
    return 'ready';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === '28P01') throw new Error('The running PostgreSQL refuses the password kept for it in .data.', { cause: error });
    return 'not yet';
  } finally {
    await client.end().catch(() => undefined); // ending a connection that never opened is not a second failure
  }
};

/** Runs initdb beside the wanted folder and renames, so that a kill half-way never leaves a cluster that looks whole. */
const initialise = (options: PostgresOptions, who: RunAs): void => {
  const fresh = `${options.dataDir}.new`;
  const passwordFile = `${options.dataDir}.password`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, `${options.password}\n`, { mode: 0o600 }); // initdb cannot open a pipe of Node's as a file
  handOver(fresh, who);
  handOver(passwordFile, who);
  const flags = [
    '--auth=scram-sha-256',
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--no-sync',
    '--no-instructions',
  ];
  const [program = '', ...args] = [...who.prefix, postgresBinaries().initdb, '-D', fresh, ...flags];
  const run = spawnSync(program, args, { encoding: 'utf8', ...identity(who) });
  rmSync(passwordFile, { force: true });
  if (run.status !== 0) throw new Error(`PostgreSQL could not create its data folder ${options.dataDir}:\n${run.error?.message ?? run.stderr.trim()}`);
  renameSync(fresh, options.dataDir);
};

const identity = (who: RunAs) => (who.uid === undefined || who.gid === undefined ? {} : { uid: who.uid, gid: who.gid });

const launch = (options: PostgresOptions, port: number, who: RunAs): ChildProcess => {
  const settings = { ...defaults, listen_addresses: HOST, unix_socket_directories: '', ...options.settings };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [program = '', ...args] = [...who.prefix, postgresBinaries().postgres, '-D', options.dataDir, '-p', String(port), ...flags];
  const log = openSync(`${options.dataDir}.log`, 'a');
  const child = spawn(program, args, { detached: true, stdio: ['ignore', log, log], ...identity(who) });
  closeSync(log);
  child.unref(); // the server may outlive us after a hard kill; the next run adopts it
  return child;
};

/** Stops a server by its process id: SIGINT is the fast, clean shutdown; SIGQUIT is the last word. */
const stopProcess = async (pid: number): Promise<void> => {
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  if (await waitUntilGone(pid, 30_000)) return;
  process.kill(pid, 'SIGQUIT');
  if (!(await waitUntilGone(pid, 10_000))) throw new Error(`PostgreSQL (process ${pid}) does not stop.`);
};

const serverOf = (options: PostgresOptions, pid: number, port: number, adopted: boolean): PostgresServer => ({
  pid,
  port,
  adopted,
  url: (database) => urlOf(options.password, port, database),
  stop: () => stopProcess(pid),
});

/** Whether no process has the id, not even an ended one that nobody has reaped. */
const isGone = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
};

/**
 * Process id and port from postmaster.pid when that very server still runs. A dead one's file is left to PostgreSQL: by it
 * a new server sees whether backends of a killed one still write, and refuses until they are gone.
 */
const runningIn = (dataDir: string): { pid: number; port: number } | undefined => {
  const file = join(dataDir, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n').map(Number);
  if (!pid || isGone(pid)) return undefined;
  if (port && isAlive(pid) && (commandOf(pid) ?? '').includes(dataDir)) return { pid, port };
  rmSync(file, { force: true }); // a stranger's by now, or a zombie's: PostgreSQL itself would refuse to start
  return undefined;
};

const waitUntilReady = async (url: string, gone: () => boolean): Promise<boolean> => {
  for (const end = Date.now() + START_LIMIT_MS; Date.now() < end && !gone(); await new Promise((wake) => setTimeout(wake, 25))) {
    if ((await probe(url)) === 'ready') return true;
  }
  return false;
};

const rememberedPort = async (portFile: string | undefined): Promise<number> => {
  const kept = portFile && existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) : 0;
  return kept > 0 && (await isPortFree(kept, HOST)) ? kept : freePort();
};

/**
 * Starts PostgreSQL on `dataDir`, or adopts the one running there. Ready for connections when it resolves.
 * Throws with the last lines of its log when it does not come up.
 */
export const startPostgres = async (options: PostgresOptions): Promise<PostgresServer> => {
  const running = runningIn(options.dataDir);
  if (running) {
    const up = await waitUntilReady(urlOf(options.password, running.port, 'postgres'), () => !isAlive(running.pid));
    if (up) return serverOf(options, running.pid, running.port, true);
  }
  const who = runAs();
  if (existsSync(join(options.dataDir, 'PG_VERSION'))) handOver(options.dataDir, who);
  else initialise(options, who);
  const end = Date.now() + START_LIMIT_MS;
  for (let attempts = 0; attempts < 3;) {
    const port = await rememberedPort(options.portFile);
    const child = launch(options, port, who);
    let failure: Error | undefined;
    child.once('error', (error) => (failure = error));
    const up = await waitUntilReady(
      urlOf(options.password, port, 'postgres'),
      () => failure !== undefined || child.exitCode !== null || child.signalCode !== null,
    );
    if (up && child.pid !== undefined) {
      if (options.portFile) writeFileSync(options.portFile, `${port}\n`);
      return serverOf(options, child.pid, port, false);
    }
    const log = failure?.message ?? tail(`${options.dataDir}.log`, 12);
    if (log.split('FATAL:').at(-1)?.includes('shared memory block') && Date.now() < end) {
      await new Promise((wake) => setTimeout(wake, 200)); // backends of a killed server are still ending
      continue;
    }
    attempts++;
    if (!log.includes('Address already in use')) throw new Error(`PostgreSQL did not start on ${options.dataDir}. Its last lines:\n${log}`);
  }
  throw new Error('PostgreSQL found its port taken three times in a row.');
};

/** Creates a database unless it exists. `name` is written by us, never by a person. */
export const ensureDatabase = async (server: PostgresServer, name: string): Promise<void> => {
  const client = new pg.Client({ connectionString: server.url('postgres') });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
};

/** The product as separate processes that are killed and started again: web, worker, and PostgreSQL with its backends. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../free-port.ts';
import { childEnv, root, thrifty } from '../../paths.ts';
import { ensureDatabase, type PostgresServer, startPostgres } from '../../postgres.ts';
import { allProcesses, isAlive, parentOf } from '../../process-table.ts';
import { waitUntilServed } from '../../start/served.ts';
import type { Chance } from './chance.ts';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A program that is started again whenever it ends, as a supervisor would, until it is stopped. */
type Supervised = { name: string; pid: () => number | undefined; starts: () => number; stop: () => Promise<void> };

const supervise = (name: string, command: readonly string[], env: Record<string, string>, logFile: string): Supervised => {
  let child: ChildProcess | undefined;
  let stopping = false;
  let starts = 0;
  const [program = '', ...args] = command;
  const run = (): void => {
    const log = openSync(logFile, 'a');
    starts += 1;
    child = spawn(program, args, { cwd: root, env: childEnv(env), stdio: ['ignore', log, log] });
    closeSync(log);
    child.once('exit', () => setTimeout(() => stopping || run(), 300));
  };
  run();
  return {
    name,
    pid: () => (child?.exitCode === null && child.signalCode === null ? child.pid : undefined),
    starts: () => starts,
    stop: async () => {
      stopping = true;
      if (child?.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await Promise.race([once(child, 'exit'), pause(15_000).then(() => child?.kill('SIGKILL'))]);
    },
  };
};

export const targets = ['web', 'worker', 'postmaster', 'backend'] as const;
export type Target = (typeof targets)[number];

export type Product = {
  address: string;
  /** What stands for the web process. */
  door: string;
  ownerUrl: string;
  queueUrl: string;
  /** SIGKILLs a living process of the target, waiting for one where it is just being started. Answers its id. */
  kill: (target: Target, chance: Chance) => Promise<number>;
  /** Resolves when the web process says it is ready and PostgreSQL runs. */
  ready: () => Promise<void>;
  stop: () => Promise<void>;
};

/** PostgreSQL with durable settings; started again by the product's own means after its postmaster was killed. */
const keepPostgres = async (folder: string) => {
  const options = { dataDir: join(folder, 'pg'), password: randomBytes(18).toString('base64url'), portFile: join(folder, 'pg.port') };
  let server: PostgresServer | undefined = await startPostgres(options);
  let starting: Promise<void> = Promise.resolve();
  const childrenOf = (pid: number): number[] => allProcesses().filter((one) => parentOf(one) === pid);
  return {
    first: server,
    restarted: () => starting,
    killPostmaster: (): number | undefined => {
      if (!server || !isAlive(server.pid)) return undefined;
      const { pid } = server;
      server = undefined;
      process.kill(pid, 'SIGKILL');
      starting = startPostgres(options).then((again) => void (server = again));
      starting.catch(() => undefined); // told by whoever waits for it
      return pid;
    },
    killBackend: (chance: Chance): number | undefined => {
      const backends = server ? childrenOf(server.pid) : [];
      if (backends.length === 0) return undefined;
      const pid = chance.pick(backends);
      process.kill(pid, 'SIGKILL');
      return pid;
    },
    stop: async () => {
      await starting.catch(() => undefined);
      await server?.stop();
    },
  };
};

const webBuild = join(root, 'apps/web/.next/BUILD_ID');

/** Starts everything in `folder`: the web server when it is built, else the API alone. */
export const startProduct = async (folder: string): Promise<Product> => {
  const postgres = await keepPostgres(folder);
  await ensureDatabase(postgres.first, 'crash');
  const ownerUrl = postgres.first.url('crash');
  const { migrate } = await import('../../../packages/db/src/migrate.ts');
  const { migrateQueue } = await import('../../../packages/jobs/src/migrate-queue.ts');
  const { queueUrl } = await migrate(ownerUrl);
  await migrateQueue(queueUrl);
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const env = {
    NODE_ENV: 'production',
    DATABASE_URL: ownerUrl,
    REDIS_URL: '',
    NEXTAUTH_SECRET: randomBytes(32).toString('base64url'),
    NEXTAUTH_URL: address,
    PORT: String(port),
    API_PORT: String(port),
    HOST: '127.0.0.1',
    TIDELINE_DATA: folder,
  };
  const door = existsSync(webBuild) ? 'apps/web/src/server.ts' : 'apps/api/src/main.ts';
  const node = process.execPath;
  const processes = {
    web: supervise('web', [node, ...thrifty, join(root, door)], env, join(folder, 'web.log')),
    worker: supervise('worker', [node, join(root, 'apps/worker/src/main.ts')], env, join(folder, 'worker.log')),
  };
  const killOnce = (target: Target, chance: Chance): number | undefined => {
    if (target === 'postmaster') return postgres.killPostmaster();
    if (target === 'backend') return postgres.killBackend(chance);
    const pid = processes[target].pid();
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
    return pid;
  };
  return {
    address,
    door,
    ownerUrl,
    queueUrl,
    kill: async (target, chance) => {
      for (;;) {
        const pid = killOnce(target, chance);
        if (pid !== undefined) return pid;
        await postgres.restarted();
        await pause(50);
      }
    },
    ready: async () => {
      await postgres.restarted();
      await waitUntilServed({ host: '127.0.0.1', port });
    },
    stop: async () => {
      await Promise.all([processes.web.stop(), processes.worker.stop()]);
      await postgres.stop();
    },
  };
};

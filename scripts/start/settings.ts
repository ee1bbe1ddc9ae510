/** What `pnpm start` was asked for: arguments, environment, and secrets that are made once and kept. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../paths.ts';

export type Secrets = { postgresPassword: string; nextauthSecret: string };

export type Settings = {
  dev: boolean;
  /** Without the demo: the first person comes in by a one-time link. */
  empty: boolean;
  timings: boolean;
  /** Folder of everything this installation keeps: the embedded database, secrets, process ids. */
  dataDir: string;
  host: string;
  port: number;
  /** What people type; also what links in mails start with. */
  address: string;
  /** An existing PostgreSQL (owner's connection string) instead of the embedded one. */
  databaseUrl: string | undefined;
  secrets: Secrets;
};

export const usage = `pnpm start [--empty] [--data DIR] [--timings]     pnpm dev for hot reload

  --empty     no demo; prints a one-time link to create the first workspace and its admin
  --data DIR  where the database and secrets are kept (.data)
  --timings   how long each stage took, and the peak memory

  PORT=3000 HOST=127.0.0.1 (HOST=0.0.0.0 opens it to the network; then set NEXTAUTH_URL to the public address)
  DATABASE_URL=postgres://…  an existing PostgreSQL 18    REDIS_URL=redis://…  queues on Redis
  A file .env is read first.`;

/** Secrets from `<dataDir>/secrets.json`, made on the first run, readable by the owner only. */
export const loadSecrets = (dataDir: string): Secrets => {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const file = join(dataDir, 'secrets.json');
  const secret = () => randomBytes(32).toString('base64url');
  const kept: Partial<Secrets> = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>) : {};
  const secrets = { postgresPassword: kept.postgresPassword ?? secret(), nextauthSecret: kept.nextauthSecret ?? secret() };
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return secrets;
};

const portOf = (text: string | undefined): number => {
  const port = Number(text ?? '3000');
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`PORT=${text} is not a port: write a number from 1 to 65535.`);
  return port;
};

/** Reads arguments and environment (and .env); throws on what it does not know. Makes the data folder. */
export const readSettings = (args: readonly string[]): Settings => {
  if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'));
  const { values } = parseArgs({
    args: [...args],
    options: { dev: { type: 'boolean' }, empty: { type: 'boolean' }, timings: { type: 'boolean' }, data: { type: 'string' } },
  });
  const dataDir = resolve(root, values.data ?? process.env.TIDELINE_DATA ?? '.data');
  const port = portOf(process.env.PORT);
  return {
    dev: values.dev ?? false,
    empty: values.empty ?? false,
    timings: values.timings ?? false,
    dataDir,
    host: process.env.HOST ?? '127.0.0.1',
    port,
    address: process.env.NEXTAUTH_URL ?? `http://localhost:${port}`,
    databaseUrl: process.env.DATABASE_URL || undefined,
    secrets: loadSecrets(dataDir),
  };
};

/** The environment every part of the product runs in; apps/*\/src/env.ts parse it. */
export const productEnv = (settings: Settings, databaseUrl: string): Record<string, string> => ({
  NODE_ENV: settings.dev ? 'development' : 'production',
  DATABASE_URL: databaseUrl,
  NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET ?? settings.secrets.nextauthSecret,
  NEXTAUTH_URL: settings.address,
  PORT: String(settings.port),
  HOST: settings.host,
  TIDELINE_DATA: settings.dataDir,
});

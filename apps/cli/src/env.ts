import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');

export type Env = {
  databaseUrl: string;
  redisUrl: string | undefined;
  /** Where people open the product, without a trailing slash. */
  baseUrl: string;
  uploadDir: string;
};

/** The embedded server of `pnpm start`, by what it keeps in its data folder; undefined when there is none. */
const embeddedUrl = (dataDir: string): string | undefined => {
  const [secrets, port] = [join(dataDir, 'secrets.json'), join(dataDir, 'pg.port')];
  if (!existsSync(secrets) || !existsSync(port)) return undefined;
  const { postgresPassword } = JSON.parse(readFileSync(secrets, 'utf8')) as { postgresPassword: string };
  return `postgresql://postgres:${encodeURIComponent(postgresPassword)}@127.0.0.1:${readFileSync(port, 'utf8').trim()}/tideline`;
};

/** The environment and `.env`; throws with what to do when no database is named. */
export const readEnv = (): Env => {
  if (existsSync(join(ROOT, '.env'))) process.loadEnvFile(join(ROOT, '.env'));
  const dataDir = resolve(ROOT, process.env.TIDELINE_DATA ?? '.data');
  const databaseUrl = process.env.DATABASE_URL || embeddedUrl(dataDir);
  if (!databaseUrl) throw new Error('There is no database yet: run pnpm start first, or set DATABASE_URL');
  return {
    databaseUrl,
    redisUrl: process.env.REDIS_URL || undefined,
    baseUrl: (process.env.NEXTAUTH_URL ?? `http://localhost:${process.env.PORT ?? '3000'}`).replace(/\/+$/, ''),
    uploadDir: join(dataDir, 'uploads'),
  };
};

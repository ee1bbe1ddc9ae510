import { join } from 'node:path';
import { createLiveHub, type LiveHub } from '@tideline/db/live';
import { sourcesOf } from '@tideline/contracts/environment';
import { openDeps, type Opened } from '@tideline/engine/open-deps';
import { pino } from 'pino';
import type { Env } from './env.ts';

/** Builds what the API needs from outside, once. */
export const compose = (env: Env): Opened & { hub: LiveHub } => {
  const log = pino({ name: 'api' });
  const opened = openDeps({
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    poolSize: env.POOL_SIZE,
    baseUrl: env.NEXTAUTH_URL,
    uploadDir: join(env.TIDELINE_DATA, 'uploads'),
    webhookRanges: env.WEBHOOK_RANGES,
    sources: sourcesOf(env),
    log,
    now: () => new Date(),
  });
  return { ...opened, hub: createLiveHub(opened.appUrl, (error) => log.warn({ err: error }, 'live changes: connection lost')) };
};

import { join } from 'node:path';
import { sourcesOf } from '@tideline/contracts/environment';
import { openDeps, type Opened } from '@tideline/engine/open-deps';
import { pino } from 'pino';
import type { Env } from './env.ts';

/** Builds what the worker needs from outside, once. */
export const compose = (env: Env): Opened =>
  openDeps({
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    poolSize: env.POOL_SIZE,
    baseUrl: env.NEXTAUTH_URL,
    uploadDir: join(env.TIDELINE_DATA, 'uploads'),
    webhookRanges: env.WEBHOOK_RANGES,
    sources: sourcesOf(env),
    log: pino({ name: 'worker' }),
    now: () => new Date(),
  });

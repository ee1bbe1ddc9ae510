import { openDeps, type Opened } from '@tideline/engine/open-deps';
import { pino } from 'pino';
import type { Env } from './env.ts';

/** What the verbs need, for the time of one command. Logs go to stderr: stdout belongs to the command's answer. */
export const compose = (env: Env): Opened =>
  openDeps({
    databaseUrl: env.databaseUrl,
    redisUrl: env.redisUrl,
    poolSize: 4,
    baseUrl: env.baseUrl,
    uploadDir: env.uploadDir,
    webhookRanges: [],
    log: pino({ name: 'cli', level: 'error' }, pino.destination({ fd: 2, sync: true })),
    now: () => new Date(),
    // Links are printed or handed over here; the command line has no mail server of its own.
    mail: async () => ({ sent: false }),
  });

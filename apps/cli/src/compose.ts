import { createDb } from '@tideline/db/client';
import { roleUrls } from '@tideline/db/migrate';
import { asSystemDb } from '@tideline/db/system';
import type { Deps } from '@tideline/engine/deps';
import { createJobs } from '@tideline/jobs/queue';
import { pino } from 'pino';
import type { Env } from './env.ts';

/** What the verbs need, for the time of one command. Logs go to stderr: stdout belongs to the command's answer. */
export const compose = (env: Env): { deps: Deps; close(): Promise<void> } => {
  const log = pino({ name: 'cli', level: 'warn' }, pino.destination({ fd: 2, sync: true }));
  const urls = roleUrls(env.databaseUrl);
  const db = createDb({ url: urls.appUrl, poolSize: 4 });
  const system = asSystemDb(createDb({ url: urls.systemUrl, poolSize: 2 }));
  const jobs = createJobs({ url: env.redisUrl ?? urls.queueUrl }, (error) => log.error({ err: error }, 'queue: connection lost'));
  const deps: Deps = {
    db,
    system,
    jobs,
    now: () => new Date(),
    log,
    mail: async () => ({ sent: false }),
    baseUrl: env.baseUrl,
    uploadDir: env.uploadDir,
    webhookRanges: [],
  };
  return {
    deps,
    close: async () => {
      await jobs.close();
      await Promise.all([db.close(), system.close()]);
    },
  };
};

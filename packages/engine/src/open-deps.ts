import { createDb } from '@tideline/db/client';
import { roleUrls } from '@tideline/db/migrate';
import { asSystemDb } from '@tideline/db/system';
import { createJobs, type JobQueue } from '@tideline/jobs/queue';
import type { Deps, Log, Sources } from './deps.ts';
import { flushIntake } from './intake.ts';

export type Outside = {
  /** The owner's; the run-time roles are derived from it. */
  databaseUrl: string;
  /** Queues on Redis instead of PostgreSQL. */
  redisUrl: string | undefined;
  poolSize: number;
  baseUrl: string;
  uploadDir: string;
  webhookRanges: readonly string[];
  /** Absent: this process reads no sources. */
  sources?: Sources;
  log: Log;
  now: () => Date;
  /** Absent: this process only says in its log that a mail was not sent. */
  mail?: Deps['mail'];
};

/** Everything one process opens. `queueUrl` is where the worker listens, `appUrl` where live changes are heard. */
export type Opened = { deps: Deps; queue: JobQueue; queueUrl: string; appUrl: string; close(): Promise<void> };

/** Opens what the verbs need: pools and the queue. Called once per process, by its compose.ts. */
export const openDeps = (outside: Outside): Opened => {
  const { baseUrl, uploadDir, webhookRanges, sources = { ranges: [], folders: [], sealingKey: null }, log, now, mail = unsent(log) } = outside;
  const urls = roleUrls(outside.databaseUrl);
  const queueUrl = outside.redisUrl ?? urls.queueUrl;
  const db = createDb({ url: urls.appUrl, poolSize: outside.poolSize });
  const system = asSystemDb(createDb({ url: urls.systemUrl, poolSize: 3 }));
  const queue = createJobs({ url: queueUrl }, (error) => log.warn({ err: error }, 'the queue lost a connection and tries again'));
  const deps: Deps = { db, system, jobs: queue, now, log, mail, baseUrl, uploadDir, webhookRanges, sources };
  return {
    deps,
    queue,
    queueUrl,
    appUrl: urls.appUrl,
    close: async () => {
      await flushIntake(deps);
      await queue.close();
      await Promise.all([db.close(), system.close()]);
    },
  };
};

const unsent =
  (log: Log): Deps['mail'] =>
  async ({ subject }) => {
    log.warn({ subject }, 'no mail server is set: a mail was not sent');
    return { sent: false };
  };

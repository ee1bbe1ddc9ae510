import type { JobName } from '@tideline/contracts/jobs';
import { createDb } from '@tideline/db/client';
import { asSystemDb } from '@tideline/db/system';
import type { Jobs } from '@tideline/jobs/queue';
import type { Deps, Log, Mail } from './deps.ts';
import { flushFeeds } from './feed.ts';
import { flushIntake } from './intake.ts';

/** A queue that only remembers what was asked of it. */
export type RememberedJobs = Jobs & { asked: { name: JobName; payload: unknown }[] };
export type TestDeps = Deps & {
  jobs: RememberedJobs;
  clock: { now: Date };
  mails: Mail[];
  logged: { level: string; message: string; fields: object }[];
  close(): Promise<void>;
};

/** Deps for database tests: the real database through the product's roles; our own clock, mail, queue and log. */
export const testDeps = (urls: { appUrl: string; systemUrl: string }, more: Partial<Deps> = {}): TestDeps => {
  const db = createDb({ url: urls.appUrl, poolSize: 6 });
  const system = asSystemDb(createDb({ url: urls.systemUrl, poolSize: 2 }));
  const asked: RememberedJobs['asked'] = [];
  const mails: Mail[] = [];
  const logged: TestDeps['logged'] = [];
  const clock = { now: new Date('2026-11-22T09:00:00Z') };
  const note =
    (level: string): Log['info'] =>
    (fields, message) =>
      void logged.push({ level, message, fields });
  const made: TestDeps = {
    db,
    system,
    now: () => clock.now,
    log: { info: note('info'), warn: note('warn'), error: note('error') },
    mail: async (mail) => {
      mails.push(mail);
      return { sent: true };
    },
    baseUrl: 'http://localhost:3000',
    uploadDir: '/nowhere',
    webhookRanges: [],
    sources: { ranges: [], folders: [], sealingKey: null },
    ...more,
    jobs: { asked, enqueue: async (name, payload) => void asked.push({ name, payload }), close: async () => undefined },
    clock,
    mails,
    logged,
    close: async () => {
      await flushIntake(made);
      await flushFeeds(made);
      await Promise.all([db.close(), system.close()]);
    },
  };
  return made;
};

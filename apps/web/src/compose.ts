import { createDb } from '@tideline/db/client';
import { createLiveHub } from '@tideline/db/live';
import { roleUrls } from '@tideline/db/migrate';
import { asSystemDb } from '@tideline/db/system';
import type { Deps, Log } from '@tideline/engine/deps';
import { createJobs } from '@tideline/jobs/queue';
import { createTransport } from 'nodemailer';
import { pino } from 'pino';
import type { AuthSettings, Composed } from './composed.ts';
import type { Env } from './env.ts';

const mailBy = (env: Env, log: Log): Deps['mail'] => {
  if (!env.SMTP_URL) {
    return async ({ subject }) => {
      log.warn({ subject }, 'no SMTP_URL: a mail was not sent');
      return { sent: false };
    };
  }
  const transport = createTransport(env.SMTP_URL);
  return async (mail) => {
    await transport.sendMail({ from: env.MAIL_FROM, ...mail });
    return { sent: true };
  };
};

const authOf = (env: Env): AuthSettings => ({
  secret: env.NEXTAUTH_SECRET,
  secureCookies: env.NEXTAUTH_URL.startsWith('https://'),
  oidc:
    env.OIDC_ISSUER && env.OIDC_CLIENT_ID && env.OIDC_CLIENT_SECRET
      ? { issuer: env.OIDC_ISSUER, clientId: env.OIDC_CLIENT_ID, clientSecret: env.OIDC_CLIENT_SECRET, name: env.OIDC_NAME }
      : null,
});

/** Builds what the process needs from outside, once: pools, queues, mail, the live hub. */
export const compose = (env: Env): Composed => {
  const log = pino({ name: 'web' });
  const urls = roleUrls(env.DATABASE_URL);
  const lost = (what: string) => (error: Error) => log.error({ err: error }, `${what}: connection lost`);
  const db = createDb({ url: urls.appUrl, poolSize: env.POOL_SIZE });
  const system = asSystemDb(createDb({ url: urls.systemUrl, poolSize: 4 }));
  const jobs = createJobs({ url: env.REDIS_URL ?? urls.queueUrl }, lost('queue'));
  const hub = createLiveHub(urls.appUrl, lost('live'));
  const deps: Deps = {
    db,
    system,
    jobs,
    now: () => new Date(),
    log,
    mail: mailBy(env, log),
    baseUrl: env.NEXTAUTH_URL,
    uploadDir: env.uploadDir,
    webhookRanges: env.webhookRanges,
  };
  return {
    deps,
    hub,
    auth: authOf(env),
    close: async () => {
      await hub.close();
      await jobs.close();
      await Promise.all([db.close(), system.close()]);
    },
  };
};

import { sourcesOf } from '@tideline/contracts/environment';
import { createLiveHub } from '@tideline/db/live';
import type { Deps } from '@tideline/engine/deps';
import { readiness } from '@tideline/engine/health';
import { openDeps } from '@tideline/engine/open-deps';
import { createTransport } from 'nodemailer';
import { pino } from 'pino';
import type { AuthSettings, Composed } from './composed.ts';
import type { Env } from './env.ts';

const mailBy = (env: Env): Deps['mail'] | null => {
  if (!env.SMTP_URL) return null;
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
  const mail = mailBy(env);
  const opened = openDeps({
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    poolSize: env.POOL_SIZE,
    baseUrl: env.NEXTAUTH_URL,
    uploadDir: env.uploadDir,
    webhookRanges: env.webhookRanges,
    sources: sourcesOf(env),
    log,
    now: () => new Date(),
    ...(mail ? { mail } : {}),
  });
  const hub = createLiveHub(opened.appUrl, (error) => log.warn({ err: error }, 'live changes lost their connection and try again'));
  return {
    deps: opened.deps,
    hub,
    auth: authOf(env),
    ready: () => readiness(opened.deps, opened.queue),
    close: async () => {
      await hub.close();
      await opened.close();
    },
  };
};

import { join } from 'node:path';
import { sourceEnvironment } from '@tideline/contracts/environment';
import * as z from 'zod';

const address = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''));
const optional = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const Env = z
  .object({
    NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
    /** The owner's address; the run-time roles are derived from it. */
    DATABASE_URL: z.string().min(1),
    REDIS_URL: optional(z.string()),
    NEXTAUTH_SECRET: z.string().min(16, { error: 'NEXTAUTH_SECRET signs sessions: at least 16 characters' }),
    NEXTAUTH_URL: address,
    PORT: z.coerce.number().int().default(3000),
    HOST: z.string().default('127.0.0.1'),
    TIDELINE_DATA: z.string().default('.data'),
    /** smtp://user:password@host:port; without it no mail is sent and links are handed over by hand. */
    SMTP_URL: optional(z.string()),
    MAIL_FROM: z.string().default('Tideline <tideline@localhost>'),
    /** Any OpenID Connect provider. */
    OIDC_ISSUER: optional(address),
    OIDC_CLIENT_ID: optional(z.string()),
    OIDC_CLIENT_SECRET: optional(z.string()),
    OIDC_NAME: z.string().default('single sign-on'),
    /** How many reverse proxies stand in front: from whose word the caller's address is taken. */
    TRUSTED_PROXIES: z.coerce.number().int().min(0).max(5).default(0),
    /** Private ranges webhooks may call, comma-separated CIDR. */
    WEBHOOK_RANGES: z.string().default(''),
    SOURCE_RANGES: sourceEnvironment.SOURCE_RANGES,
    SOURCE_FOLDERS: sourceEnvironment.SOURCE_FOLDERS,
    POOL_SIZE: z.coerce.number().int().min(2).max(100).default(10),
  })
  .refine((env) => !env.OIDC_ISSUER || (env.OIDC_CLIENT_ID && env.OIDC_CLIENT_SECRET), {
    error: 'OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET beside it',
  })
  .transform((env) => ({
    ...env,
    uploadDir: join(env.TIDELINE_DATA, 'uploads'),
    webhookRanges: env.WEBHOOK_RANGES.split(',')
      .map((range) => range.trim())
      .filter(Boolean),
  }));
export type Env = z.output<typeof Env>;

/** The environment, parsed once at boot; throws with every fault named. */
export const readEnv = (): Env => {
  const read = Env.safeParse(process.env);
  if (read.success) return read.data;
  throw new Error(`The environment is not complete:\n${z.prettifyError(read.error)}`);
};

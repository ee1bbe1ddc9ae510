import { join } from 'node:path';
import * as z from 'zod';

const optional = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const Env = z
  .object({
    /** The owner's address; the run-time roles are derived from it. */
    DATABASE_URL: z.string().min(1),
    REDIS_URL: optional(z.string()),
    /** Where people open the product; links in messages start with it. */
    NEXTAUTH_URL: z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, '')),
    TIDELINE_DATA: z.string().default('.data'),
    /** Private ranges webhooks may call, comma-separated CIDR. */
    WEBHOOK_RANGES: z.string().default(''),
    /** Where /live and /ready answer; absent: nowhere. */
    WORKER_PORT: optional(z.coerce.number().int().min(1).max(65_535)),
    WORKER_HOST: z.string().default('127.0.0.1'),
    POOL_SIZE: z.coerce.number().int().min(2).max(100).default(8),
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

import * as z from 'zod';

/** A variable that may be absent; empty counts as absent. */
export const optional = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
export const Port = z.coerce.number().int().min(1).max(65_535);

/** What every process of the product reads from its environment. Each has an env.ts that adds its own and does the reading. */
export const sharedEnvironment = {
  /** The owner's address; the run-time roles are derived from it. */
  DATABASE_URL: z.string().min(1),
  /** Queues on Redis instead of PostgreSQL. */
  REDIS_URL: optional(z.string()),
  /** Where people open the product; links start with it. */
  NEXTAUTH_URL: z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, '')),
  /** Folder of what an installation keeps beside the database. */
  TIDELINE_DATA: z.string().default('.data'),
  /** Private ranges webhooks may call, comma-separated CIDR. */
  WEBHOOK_RANGES: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((range) => range.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.union([z.cidrv4(), z.cidrv6()], { error: 'WEBHOOK_RANGES lists ranges like 10.0.0.0/8, separated by commas' }))),
  POOL_SIZE: z.coerce.number().int().min(2).max(100).default(8),
};

/** Parses an environment; throws with every fault named. */
export const parseEnvironment = <T extends z.ZodType>(schema: T, environment: Record<string, string | undefined>): z.output<T> => {
  const read = schema.safeParse(environment);
  if (read.success) return read.data;
  throw new Error(`The environment is not complete:\n${z.prettifyError(read.error)}`);
};

import * as z from 'zod';

/** A variable that may be absent; empty counts as absent. */
export const optional = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
export const Port = z.coerce.number().int().min(1).max(65_535);

/** A comma-separated list. */
const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  );
const ranges = (name: string) => list.pipe(z.array(z.union([z.cidrv4(), z.cidrv6()], { error: `${name} lists ranges like 10.0.0.0/8, separated by commas` })));

/** What the operator lets sources reach. */
export const sourceEnvironment = {
  /** Private ranges sources may read from, comma-separated CIDR. */
  SOURCE_RANGES: ranges('SOURCE_RANGES'),
  /** Folders sources may read files from, comma-separated absolute paths; absent: none. */
  SOURCE_FOLDERS: list.pipe(z.array(z.string().startsWith('/', { error: 'SOURCE_FOLDERS lists absolute paths, separated by commas' }))),
  /** Signs sessions, and seals the passwords of sources. */
  NEXTAUTH_SECRET: optional(z.string().min(16)),
} as const;

/** The same as the verbs take it. */
export const sourcesOf = (env: { SOURCE_RANGES: string[]; SOURCE_FOLDERS: string[]; NEXTAUTH_SECRET?: string | undefined }) => ({
  ranges: env.SOURCE_RANGES,
  folders: env.SOURCE_FOLDERS,
  sealingKey: env.NEXTAUTH_SECRET ?? null,
});

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
  WEBHOOK_RANGES: ranges('WEBHOOK_RANGES'),
  ...sourceEnvironment,
  POOL_SIZE: z.coerce.number().int().min(2).max(100).default(8),
};

/** Parses an environment; throws with every fault named. */
export const parseEnvironment = <T extends z.ZodType>(schema: T, environment: Record<string, string | undefined>): z.output<T> => {
  const read = schema.safeParse(environment);
  if (read.success) return read.data;
  throw new Error(`The environment is not complete:\n${z.prettifyError(read.error)}`);
};

import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from '../generated/client.ts';
import { createStatementNames } from './statements.ts';

export type Db = {
  readonly prisma: PrismaClient;
  /** The connections that Prisma uses too, for statements that go past it; see workspace.ts. */
  readonly pool: pg.Pool;
  readonly nameOf: (sql: string) => string;
  /** One connection outside the pool that stays in LISTEN; see live.ts. */
  readonly url: string;
  close(): Promise<void>;
};

/**
 * The pool of one process. `url` is the run-time role's (`tideline_app` or `tideline_system`), never the owner's.
 */
export const createDb = (options: { url: string; poolSize?: number }): Db => {
  const pool = new pg.Pool({ connectionString: options.url, max: options.poolSize ?? 10, keepAlive: true });
  const nameOf = createStatementNames();
  const adapter = new PrismaPg(pool, { statementNameGenerator: ({ sql }) => nameOf(sql) });
  const prisma = new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 30_000 } });
  return {
    prisma,
    pool,
    nameOf,
    url: options.url,
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
};

import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from '../generated/client.ts';

export type Db = {
  readonly prisma: PrismaClient;
  /** One connection outside the pool that stays in LISTEN; see live.ts. */
  readonly url: string;
  close(): Promise<void>;
};

/**
 * The pool of one process. `url` is the run-time role's (`tideline_app` or `tideline_system`), never the owner's.
 * Statements are named by their text, so that PostgreSQL plans each once per connection.
 */
export const createDb = (options: { url: string; poolSize?: number }): Db => {
  const pool = new pg.Pool({ connectionString: options.url, max: options.poolSize ?? 10, keepAlive: true });
  const names = new Map<string, string>();
  const adapter = new PrismaPg(pool, {
    statementNameGenerator: ({ sql }) => {
      const known = names.get(sql);
      if (known) return known;
      const name = `s${names.size}`;
      // Statements with lists of varying length would fill the table: past the bound they go unnamed as one.
      if (names.size < 2_000) names.set(sql, name);
      return names.get(sql) ?? '';
    },
  });
  const prisma = new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 30_000 } });
  return {
    prisma,
    url: options.url,
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
};

import type { Prisma } from '../generated/client.ts';
import type { Db } from './client.ts';

/** The pool of the role that sees workspaces, people and memberships across workspaces, and nothing else. */
export type SystemDb = Db & { readonly system: true };

export const asSystemDb = (db: Db): SystemDb => Object.assign(db, { system: true as const });

/**
 * Runs `fn` as the system role. For sign-in, the api's principal and the scheduler only (the walls keep the
 * list of callers); `reason` is kept in pg_stat_activity while it runs.
 */
export const asSystem = <T>(db: SystemDb, reason: string, fn: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T> =>
  db.prisma.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT set_config('application_name', ${`system: ${reason}`}, true)`;
    return fn(tx);
  });

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Prisma } from '../generated/client.ts';
import type { Db } from './client.ts';
import { type Statements, statementsOn } from './statements.ts';

declare const door: unique symbol;
/** A transaction in which row-level security shows one workspace. Only the doors below make one. */
export type WorkspaceTx = { readonly db: Prisma.TransactionClient; readonly workspaceId: string; readonly [door]: true };

/** The same, of which only raw statements are used. */
export type StatementTx = { readonly db: Statements; readonly workspaceId: string; readonly [door]: true };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const inside = new AsyncLocalStorage<string>();

/** Whether `text` is a lower-case uuid: what may be written into SET LOCAL, which cannot bind. */
export const isUuid = (text: string): boolean => UUID.test(text);

/**
 * The one door to workspace data: opens a transaction, names the workspace for row-level security, runs `fn`,
 * commits. Throws when called inside another door, because nested doors starve the pool: pass `tx` down.
 * No network call belongs inside. `timeoutMs` (30 s) bounds the whole transaction.
 */
export const withWorkspace = async <T>(db: Db, workspaceId: string, fn: (tx: WorkspaceTx) => Promise<T>, options: { timeoutMs?: number } = {}): Promise<T> => {
  const naming = namingOf(workspaceId);
  return inside.run(workspaceId, () =>
    db.prisma.$transaction(
      async (tx) => {
        await tx.$executeRawUnsafe(naming);
        return fn({ db: tx, workspaceId } as WorkspaceTx);
      },
      options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs },
    ),
  );
};

/**
 * The same door for what is only raw statements with much in them, as ingest is: they go to the connection past Prisma,
 * which would copy every parameter through its compiler (docs/decisions/0003).
 */
export const withStatements = async <T>(db: Db, workspaceId: string, fn: (tx: StatementTx) => Promise<T>): Promise<T> => {
  const naming = namingOf(workspaceId);
  const client = await db.pool.connect();
  let failure: Error | undefined;
  try {
    await client.query(`BEGIN; ${naming}`);
    const result = await inside.run(workspaceId, () => fn({ db: statementsOn(client, db.nameOf), workspaceId } as StatementTx));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    failure = await rollback(client);
    throw error;
  } finally {
    client.release(failure);
  }
};

/**
 * Reads what is committed of a workspace while a transaction in it works, on a connection of its own. Null when none is free at this moment:
 * who holds one may not wait for a second.
 */
export const readBeside = <T>(db: Db, { workspaceId }: WorkspaceTx, read: (tx: StatementTx) => Promise<T>): Promise<T> | null => {
  const { pool } = db;
  const free = pool.waitingCount === 0 && (pool.idleCount > 0 || pool.totalCount < pool.options.max);
  return free ? inside.run('', () => withStatements(db, workspaceId, read)) : null;
};

/** Undoes a transaction; answers why it could not, and then the connection is of no more use. */
const rollback = async (client: { query(sql: string): Promise<unknown> }): Promise<Error | undefined> => {
  try {
    await client.query('ROLLBACK');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
};

/** The statement that names the workspace for row-level security. set_config() would bind, but does not travel to the nodes of a cluster (docs/decisions/0002). */
const namingOf = (workspaceId: string): string => {
  const open = inside.getStore();
  if (open) throw new Error(`the door to ${workspaceId} inside the door to ${open}: pass the transaction down instead`);
  if (!isUuid(workspaceId)) throw new Error(`"${workspaceId}" is not a workspace id`);
  return `SET LOCAL app.workspace_id = '${workspaceId}'`;
};

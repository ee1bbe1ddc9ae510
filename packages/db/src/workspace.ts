import { AsyncLocalStorage } from 'node:async_hooks';
import type { Prisma } from '../generated/client.ts';
import type { Db } from './client.ts';

declare const door: unique symbol;
/** A transaction in which row-level security shows one workspace. Only `withWorkspace` makes one. */
export type WorkspaceTx = { readonly db: Prisma.TransactionClient; readonly workspaceId: string; readonly [door]: true };

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
  const open = inside.getStore();
  if (open) throw new Error(`withWorkspace(${workspaceId}) inside withWorkspace(${open}): pass the transaction down instead`);
  if (!isUuid(workspaceId)) throw new Error(`"${workspaceId}" is not a workspace id`);
  return inside.run(workspaceId, () =>
    db.prisma.$transaction(
      async (tx) => {
        // set_config() would bind, but does not travel to the nodes of a cluster (docs/decisions/0002)
        await tx.$executeRawUnsafe(`SET LOCAL app.workspace_id = '${workspaceId}'`);
        return fn({ db: tx, workspaceId } as WorkspaceTx);
      },
      options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs },
    ),
  );
};

import type { StatementTx } from '../workspace.ts';

/**
 * Held to the end of the transaction. Who adds facts to daily usage holds it `shared`; who recounts days from the
 * raw events holds it `alone`, so that no fact is counted by both or by neither. First statement of its transaction,
 * because what is read before the lock may be older than it.
 */
export const lockUsage = async (tx: StatementTx, how: 'shared' | 'alone'): Promise<void> => {
  const name = `usage ${tx.workspaceId}`;
  await (how === 'shared'
    ? tx.db.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended(${name}, 0))`
    : tx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
};

import type { WorkspaceTx } from '../workspace.ts';

/**
 * Held to the end of the transaction by who changes contacts, tickets or touches: what is stated is laid over what is
 * there, so two that write the same at once must see each other.
 */
export const lockStated = async (tx: WorkspaceTx): Promise<void> => {
  await tx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`stated ${tx.workspaceId}`}, 0))`;
};

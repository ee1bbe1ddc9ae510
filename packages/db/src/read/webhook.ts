import type { WorkspaceTx } from '../workspace.ts';

/** The events that at least one enabled endpoint wants. */
export const subscribedEvents = async (tx: WorkspaceTx): Promise<Set<string>> => {
  const rows = await tx.db.$queryRaw<{ event: string }[]>`
    SELECT DISTINCT unnest(events) AS event FROM webhook_endpoint WHERE workspace_id = ${tx.workspaceId}::uuid AND enabled`;
  return new Set(rows.map(({ event }) => event));
};

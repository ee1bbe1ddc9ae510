import { texts } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';

/**
 * Proposes to merge accounts that a client called one; answers how many proposals are new. Pairs that are not both
 * accounts, are one already, or were proposed before, whichever way round and also where that was dismissed, say nothing.
 */
export const proposeMerges = async (
  tx: WorkspaceTx,
  pairs: readonly { from: string; into: string }[],
  by: { via: string; actor: string; at: Date },
): Promise<number> => {
  if (pairs.length === 0) return 0;
  return tx.db.$executeRaw`
    INSERT INTO merge_proposal (workspace_id, from_id, into_id, proposed_at, via, actor)
    SELECT ${tx.workspaceId}::uuid, f.id, i.id, ${by.at}, ${by.via}, ${by.actor}
    FROM unnest(${texts(pairs.map(({ from }) => from))}::text[], ${texts(pairs.map(({ into }) => into))}::text[]) AS pair (from_key, into_key)
    JOIN account f ON f.workspace_id = ${tx.workspaceId}::uuid AND f.external_id = pair.from_key
    JOIN account i ON i.workspace_id = ${tx.workspaceId}::uuid AND i.external_id = pair.into_key
    WHERE coalesce(f.merged_into, f.id) <> coalesce(i.merged_into, i.id) ORDER BY least(f.id, i.id), greatest(f.id, i.id) ON CONFLICT DO NOTHING`;
};

/** Notes who said that the two are not one and when; null: asks again. Answers whether anything changed. */
export const setDismissed = async (tx: WorkspaceTx, id: string, dismissed: { by: string; at: Date } | null): Promise<boolean> => {
  const { count } = await tx.db.mergeProposal.updateMany({
    where: { workspaceId: tx.workspaceId, id, dismissedAt: dismissed ? null : { not: null } },
    data: { dismissedAt: dismissed?.at ?? null, dismissedBy: dismissed?.by ?? null },
  });
  return count > 0;
};

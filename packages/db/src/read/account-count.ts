import type { WorkspaceTx } from '../workspace.ts';

/** How many accounts there are, and how many of them stand at or before `through` in the order of ids (null: all). */
export const countAccounts = async (tx: WorkspaceTx, through: string | null): Promise<{ done: number; total: number }> => {
  const [row] = await tx.db.$queryRaw<{ done: number; total: number }[]>`
    SELECT (count(*) FILTER (WHERE ${through}::uuid IS NULL OR id <= ${through}::uuid))::int AS done, count(*)::int AS total
    FROM account WHERE workspace_id = ${tx.workspaceId}::uuid`;
  return row ?? { done: 0, total: 0 };
};

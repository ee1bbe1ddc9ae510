import type { WorkspaceTx } from '../workspace.ts';

const columns = { id: true, name: true, screen: true, query: true, shared: true, userId: true } as const;

/** A person's own saved views and those shared with the workspace, in their order. */
export const savedViews = (tx: WorkspaceTx, userId: string) =>
  tx.db.savedView.findMany({
    where: { workspaceId: tx.workspaceId, OR: [{ userId }, { shared: true }] },
    select: columns,
    orderBy: [{ position: 'asc' }, { createdAt: 'asc' }],
  });

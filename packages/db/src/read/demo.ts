import type { Prisma } from '../../generated/client.ts';
import type { WorkspaceTx } from '../workspace.ts';

export type DemoWorkspace = { id: string; slug: string; createdAt: Date; closedThrough: Date | null; asOfPin: Date | null };

/** The demo workspaces of this installation, in the order they were made. System role. */
export const demoWorkspaces = (tx: Prisma.TransactionClient): Promise<DemoWorkspace[]> =>
  tx.workspace.findMany({
    where: { demo: true },
    select: { id: true, slug: true, createdAt: true, closedThrough: true, asOfPin: true },
    orderBy: { createdAt: 'asc' },
  });

/** Open tasks that came from alerts, with who owns them and the morning they came. */
export const demoTasks = (tx: WorkspaceTx) =>
  tx.db.task.findMany({
    where: { workspaceId: tx.workspaceId, state: 'open', alertId: { not: null }, ownerId: { not: null } },
    select: { id: true, accountId: true, ownerId: true, title: true, createdAt: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });

export const demoAccounts = (tx: WorkspaceTx) =>
  tx.db.account.findMany({
    where: { workspaceId: tx.workspaceId, createdVia: 'demo' },
    select: { id: true, externalId: true, ownerId: true },
    orderBy: { externalId: 'asc' },
  });

/** The people of demo accounts, those who get touches first. */
export const demoContacts = (tx: WorkspaceTx) =>
  tx.db.contact.findMany({
    where: { workspaceId: tx.workspaceId, account: { createdVia: 'demo' } },
    select: { id: true, accountId: true, leftOn: true },
    orderBy: { externalId: 'asc' },
  });

/** How the runs that write the older history stand; none: the demo was never filled. */
export const historyStates = async (tx: WorkspaceTx): Promise<string[]> => {
  const rows = await tx.db.backgroundRun.findMany({ where: { workspaceId: tx.workspaceId, kind: 'demo.history' }, select: { state: true } });
  return rows.map(({ state }) => state);
};

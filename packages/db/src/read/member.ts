import type { Prisma } from '../../generated/client.ts';
import type { WorkspaceTx } from '../workspace.ts';

/** The membership behind an address: null when the workspace or the membership does not exist. System role. */
export const memberBySlug = async (tx: Prisma.TransactionClient, slug: string, userId: string) => {
  const row = await tx.membership.findFirst({
    where: { userId, workspace: { slug } },
    select: { role: true, workspace: { select: { id: true, csmScope: true } }, user: { select: { name: true, sessionVersion: true } } },
  });
  return (
    row && { workspaceId: row.workspace.id, csmScope: row.workspace.csmScope, role: row.role, name: row.user.name, sessionVersion: row.user.sessionVersion }
  );
};

/** Everyone in the workspace, by name, with how many accounts they own. */
export const members = async (tx: WorkspaceTx) => {
  const rows = await tx.db.membership.findMany({
    where: { workspaceId: tx.workspaceId },
    select: {
      userId: true,
      role: true,
      createdAt: true,
      user: { select: { name: true, email: true } },
      _count: { select: { accountByOwner: true } },
    },
    orderBy: [{ user: { name: 'asc' } }, { userId: 'asc' }],
  });
  return rows.map((row) => ({
    userId: row.userId,
    name: row.user.name,
    email: row.user.email,
    role: row.role,
    since: row.createdAt,
    accounts: row._count.accountByOwner,
  }));
};

/** One member; null when the person is not one. */
export const memberOf = (tx: WorkspaceTx, userId: string) =>
  tx.db.membership.findUnique({
    where: { workspaceId_userId: { workspaceId: tx.workspaceId, userId } },
    select: { userId: true, role: true, user: { select: { name: true, email: true } } },
  });

/** Ids of the workspace's admins, locked: two admins who demote each other take turns. */
export const lockAdmins = async (tx: WorkspaceTx): Promise<string[]> => {
  const rows = await tx.db.$queryRaw<{ userId: string }[]>`
    SELECT user_id AS "userId" FROM membership WHERE workspace_id = ${tx.workspaceId}::uuid AND role = 'ADMIN' ORDER BY user_id FOR UPDATE`;
  return rows.map((row) => row.userId);
};

/** Whether a person belongs to this workspace: work is given to members only. */
export const isMember = async (tx: WorkspaceTx, userId: string): Promise<boolean> =>
  (await tx.db.membership.findFirst({ where: { workspaceId: tx.workspaceId, userId }, select: { userId: true } })) !== null;

/** Names of all members by id, without what each of them owns. */
export const memberNames = async (tx: WorkspaceTx): Promise<Map<string, string>> => {
  const rows = await tx.db.$queryRaw<{ id: string; name: string }[]>`
    SELECT u.id::text AS id, u.name FROM membership m JOIN app_user u ON u.id = m.user_id WHERE m.workspace_id = ${tx.workspaceId}::uuid`;
  return new Map(rows.map(({ id, name }) => [id, name]));
};

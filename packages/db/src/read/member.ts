import type { Prisma } from '../../generated/client.ts';

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

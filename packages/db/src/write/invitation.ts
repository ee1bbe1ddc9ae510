import type { WorkspaceTx } from '../workspace.ts';

export type NewInvitation = { email: string; role: string; tokenHash: Uint8Array; expiresAt: Date; createdBy: string | null; createdAt: Date };

/** Invites an address; an earlier invitation of the same address stops working. */
export const replaceInvitation = async (tx: WorkspaceTx, invitation: NewInvitation) => {
  await tx.db.invitation.deleteMany({ where: { workspaceId: tx.workspaceId, email: invitation.email, acceptedAt: null } });
  return tx.db.invitation.create({
    data: { workspaceId: tx.workspaceId, ...invitation, tokenHash: new Uint8Array(invitation.tokenHash) },
    select: { id: true, email: true, role: true, expiresAt: true, createdAt: true },
  });
};

/** Uses an invitation up: true for one caller only. */
export const claimInvitation = async (tx: WorkspaceTx, id: string, now: Date): Promise<boolean> => {
  const { count } = await tx.db.invitation.updateMany({
    where: { workspaceId: tx.workspaceId, id, acceptedAt: null, expiresAt: { gt: now } },
    data: { acceptedAt: now },
  });
  return count === 1;
};

/** Withdraws an open invitation; answers its address, null when there is none. */
export const deleteInvitation = async (tx: WorkspaceTx, id: string): Promise<string | null> => {
  const found = await tx.db.invitation.findFirst({ where: { workspaceId: tx.workspaceId, id, acceptedAt: null }, select: { email: true } });
  if (!found) return null;
  await tx.db.invitation.deleteMany({ where: { workspaceId: tx.workspaceId, id, acceptedAt: null } });
  return found.email;
};

import type { WorkspaceTx } from '../workspace.ts';

/** Invitations nobody has accepted yet, the newest first; expired ones included, so that they can be renewed. */
export const openInvitations = (tx: WorkspaceTx) =>
  tx.db.invitation.findMany({
    where: { workspaceId: tx.workspaceId, acceptedAt: null },
    select: { id: true, email: true, role: true, expiresAt: true, createdAt: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
  });

/** The invitation a link opens; null when it is unknown, accepted, withdrawn or expired. */
export const invitationByHash = (tx: WorkspaceTx, hash: Uint8Array, now: Date) =>
  tx.db.invitation.findFirst({
    where: { workspaceId: tx.workspaceId, tokenHash: new Uint8Array(hash), acceptedAt: null, expiresAt: { gt: now } },
    select: { id: true, email: true, role: true, expiresAt: true, workspace: { select: { name: true, slug: true } } },
  });

import type { Prisma } from '../../generated/client.ts';

type SystemTx = Prisma.TransactionClient;
type Link = { tokenHash: Uint8Array; expiresAt: Date };
const bytes = (hash: Uint8Array) => new Uint8Array(hash);
/** Unused and not expired: the only links that open anything. */
const open = (hash: Uint8Array, now: Date) => ({ tokenHash: bytes(hash), usedAt: null, expiresAt: { gt: now } });

/** Makes a link to set a password; links made before for this person stop working. System role. */
export const insertPasswordReset = async (tx: SystemTx, userId: string, link: Link): Promise<void> => {
  await tx.passwordReset.deleteMany({ where: { userId } });
  await tx.passwordReset.create({ data: { userId, tokenHash: bytes(link.tokenHash), expiresAt: link.expiresAt }, select: { userId: true } });
};

/** Whose password an open link would set; null when it is unknown, used or expired. System role. */
export const openPasswordReset = (tx: SystemTx, hash: Uint8Array, now: Date) =>
  tx.passwordReset.findFirst({ where: open(hash, now), select: { userId: true, user: { select: { email: true, name: true } } } });

/** Uses the link up: answers whose it was, to one caller only; null otherwise. System role. */
export const claimPasswordReset = async (tx: SystemTx, hash: Uint8Array, now: Date): Promise<string | null> => {
  const [row] = await tx.passwordReset.updateManyAndReturn({ where: open(hash, now), data: { usedAt: now }, select: { userId: true } });
  return row?.userId ?? null;
};

/** Makes the link that sets up the installation; earlier ones stop working. System role. */
export const insertSetupLink = async (tx: SystemTx, link: Link): Promise<void> => {
  await tx.setupLink.deleteMany({ where: {} });
  await tx.setupLink.create({ data: { tokenHash: bytes(link.tokenHash), expiresAt: link.expiresAt }, select: { expiresAt: true } });
};

export const isOpenSetupLink = async (tx: SystemTx, hash: Uint8Array, now: Date): Promise<boolean> =>
  (await tx.setupLink.findFirst({ where: open(hash, now), select: { expiresAt: true } })) !== null;

/** Uses the link up: true for one caller only. System role. */
export const claimSetupLink = async (tx: SystemTx, hash: Uint8Array, now: Date): Promise<boolean> => {
  const { count } = await tx.setupLink.updateMany({ where: open(hash, now), data: { usedAt: now } });
  return count === 1;
};

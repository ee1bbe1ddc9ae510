import type { Prisma } from '../../generated/client.ts';

type SystemTx = Prisma.TransactionClient;

/** Adds a person; null when the address is taken already. `email` in lower case. System role. */
export const insertPerson = async (tx: SystemTx, person: { email: string; name: string; passwordHash: string | null }): Promise<string | null> => {
  const [made] = await tx.appUser.createManyAndReturn({ data: [person], skipDuplicates: true, select: { id: true } });
  return made?.id ?? null;
};

/** Sets a password and ends every session the person has. System role. */
export const setPassword = async (tx: SystemTx, userId: string, passwordHash: string): Promise<void> => {
  await tx.appUser.update({ where: { id: userId }, data: { passwordHash, sessionVersion: { increment: 1 } }, select: { id: true } });
};

/** Ends every session the person has, everywhere. System role. */
export const endSessions = async (tx: SystemTx, userId: string): Promise<void> => {
  await tx.appUser.update({ where: { id: userId }, data: { sessionVersion: { increment: 1 } }, select: { id: true } });
};

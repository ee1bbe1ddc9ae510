import type { Prisma } from '../../generated/client.ts';

type SystemTx = Prisma.TransactionClient;
const credentials = { id: true, email: true, name: true, passwordHash: true, sessionVersion: true } as const;

/** The person behind an e-mail address (lower case), with what sign-in needs. System role. */
export const personByEmail = (tx: SystemTx, email: string) => tx.appUser.findUnique({ where: { email }, select: credentials });

/** A person by id, with what a signed session is checked against. System role. */
export const personById = (tx: SystemTx, id: string) => tx.appUser.findUnique({ where: { id }, select: { ...credentials, passwordHash: false } });

/** The workspaces a person belongs to, by name, each with their role. System role. */
export const workspacesOf = async (tx: SystemTx, userId: string) => {
  const rows = await tx.membership.findMany({
    where: { userId },
    select: { role: true, workspace: { select: { id: true, slug: true, name: true, demo: true } } },
    orderBy: [{ workspace: { name: 'asc' } }, { workspaceId: 'asc' }],
  });
  return rows.map(({ role, workspace }) => ({ ...workspace, role }));
};

/** Whether nobody has set this installation up yet. System role. */
export const isUnclaimed = async (tx: SystemTx): Promise<boolean> => !(await tx.workspace.findFirst({ select: { id: true } }));

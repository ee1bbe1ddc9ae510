import type { Prisma } from '../../generated/client.ts';
import type { WorkspaceTx } from '../workspace.ts';

export type NewWorkspace = {
  slug: string;
  name: string;
  timezone: string;
  currency: string;
  demo?: boolean;
  /** Absent: by the database's clock. */
  createdAt?: Date;
};

/** Makes a workspace; null when its address is taken. System role: inside a workspace none can be made. */
export const insertWorkspace = async (tx: Prisma.TransactionClient, workspace: NewWorkspace): Promise<string | null> => {
  const [made] = await tx.workspace.createManyAndReturn({ data: [workspace], skipDuplicates: true, select: { id: true } });
  return made?.id ?? null;
};

/** What an admin may set. Days as `YYYY-MM-DD`, null = not pinned; ratios as decimal text. */
export type WorkspaceChange = Partial<{
  name: string;
  timezone: string;
  currency: string;
  asOfPin: string | null;
  unknownAccounts: string;
  csmScope: string;
  nrrDefinition: string | null;
  nrrTarget: string;
  newLogoMonths: number;
  retentionDays: number | null;
}>;

export const updateWorkspace = async (tx: WorkspaceTx, { asOfPin, ...change }: WorkspaceChange): Promise<void> => {
  const pin = asOfPin === undefined ? {} : { asOfPin: asOfPin === null ? null : new Date(`${asOfPin}T00:00:00Z`) };
  await tx.db.workspace.update({ where: { id: tx.workspaceId }, data: { ...change, ...pin }, select: { id: true } });
};

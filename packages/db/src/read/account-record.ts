import type { WorkspaceTx } from '../workspace.ts';

const dayText = (date: Date | null): string | null => date && date.toISOString().slice(0, 10);

/**
 * What the workspace keeps about an account, by its own key; null when there is none. Contracts newest first. Of one that was
 * merged: what is kept under its key, and where it went.
 */
export const accountRecord = async (tx: WorkspaceTx, externalId: string) => {
  const row = await tx.db.account.findUnique({
    where: { workspaceId_externalId: { workspaceId: tx.workspaceId, externalId } },
    select: {
      id: true,
      externalId: true,
      name: true,
      status: true,
      ownerId: true,
      industry: true,
      plan: true,
      region: true,
      fields: true,
      contractStart: true,
      createdDay: true,
      createdVia: true,
      survivor: { select: { id: true, externalId: true, name: true } },
      parent: { select: { id: true, externalId: true, name: true, ownerId: true } },
      owner: { select: { user: { select: { id: true, name: true, email: true } } } },
      contracts: { select: { id: true, startDay: true, endDay: true, commitment: true }, orderBy: { startDay: 'desc' } },
    },
  });
  if (!row) return null;
  const { survivor, ...kept } = row;
  return {
    ...kept,
    mergedInto: survivor,
    owner: row.owner?.user ?? null,
    fields: row.fields as Record<string, unknown>,
    contractStart: dayText(row.contractStart),
    createdDay: dayText(row.createdDay),
    contracts: row.contracts.map((term) => ({
      id: term.id,
      startDay: dayText(term.startDay) ?? '',
      endDay: dayText(term.endDay) ?? '',
      commitment: term.commitment?.toFixed() ?? null,
    })),
  };
};
export type AccountRecord = NonNullable<Awaited<ReturnType<typeof accountRecord>>>;

/** The member behind an e-mail address (lower case); null when nobody in the workspace has it. */
export const memberByEmail = async (tx: WorkspaceTx, email: string): Promise<string | null> => {
  const row = await tx.db.membership.findFirst({ where: { workspaceId: tx.workspaceId, user: { email } }, select: { userId: true } });
  return row?.userId ?? null;
};

export const isMember = async (tx: WorkspaceTx, userId: string): Promise<boolean> =>
  (await tx.db.membership.count({ where: { workspaceId: tx.workspaceId, userId } })) > 0;

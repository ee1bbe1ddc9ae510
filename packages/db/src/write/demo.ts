import type { WorkspaceTx } from '../workspace.ts';

export type DemoAccountRow = {
  externalId: string;
  name: string;
  industry: string;
  region: string;
  plan: string;
  ownerId: string | null;
  start: string;
  commitment: { start: string; end: string; amount: number } | null;
};

const dateOf = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** The accounts of a demo business with their contracts, in one go; existing ones stay as they are. */
export const insertDemoAccounts = async (tx: WorkspaceTx, accounts: readonly DemoAccountRow[]): Promise<void> => {
  const { workspaceId } = tx;
  const made = await tx.db.account.createManyAndReturn({
    data: accounts.map(({ externalId, name, industry, region, plan, ownerId, start }) => ({
      workspaceId,
      externalId,
      name,
      industry,
      region,
      plan,
      ownerId,
      contractStart: dateOf(start),
      createdDay: dateOf(start),
      createdVia: 'demo',
    })),
    skipDuplicates: true,
    select: { id: true, externalId: true },
  });
  const ids = new Map(made.map(({ id, externalId }) => [externalId, id]));
  const contracts = accounts.flatMap(({ externalId, commitment }) => {
    const accountId = ids.get(externalId);
    return accountId && commitment
      ? [{ workspaceId, accountId, startDay: dateOf(commitment.start), endDay: dateOf(commitment.end), commitment: commitment.amount.toFixed(0) }]
      : [];
  });
  await tx.db.contract.createMany({ data: contracts });
};

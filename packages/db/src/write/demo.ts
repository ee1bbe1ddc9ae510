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

export type DemoContact = {
  externalId: string;
  account: string;
  name: string;
  email: string;
  title: string;
  role: string;
  leftOn: string | null;
  since: string;
};

/** People of demo accounts, by the accounts' own keys; existing ones stay as they are. */
export const insertDemoContacts = async (tx: WorkspaceTx, contacts: readonly DemoContact[]): Promise<void> => {
  const { workspaceId } = tx;
  const accounts = await tx.db.account.findMany({ where: { workspaceId, createdVia: 'demo' }, select: { id: true, externalId: true } });
  const ids = new Map(accounts.map(({ id, externalId }) => [externalId, id]));
  const rows = contacts.flatMap(({ account, leftOn, since, ...contact }) => {
    const accountId = ids.get(account);
    return accountId
      ? [{ ...contact, workspaceId, accountId, leftOn: leftOn === null ? null : dateOf(leftOn), createdAt: dateOf(since), updatedAt: dateOf(since) }]
      : [];
  });
  await tx.db.contact.createMany({ data: rows, skipDuplicates: true });
};

export type DemoTouch = { accountId: string; byId: string | null; contactId: string | null; kind: string; body: string; day: string; at: Date };

export const insertDemoTouches = async (tx: WorkspaceTx, touches: readonly DemoTouch[]): Promise<void> => {
  await tx.db.touch.createMany({
    data: touches.map(({ day, ...touch }) => ({ ...touch, workspaceId: tx.workspaceId, day: dateOf(day) })),
  });
};

/** Closes tasks as their owners did, and acknowledges the alerts behind them. */
export const closeDemoTasks = async (tx: WorkspaceTx, closed: readonly { id: string; by: string | null; outcome: string; at: Date }[]): Promise<void> => {
  const [ids, bys, outcomes, ats] = [closed.map((t) => t.id), closed.map((t) => t.by), closed.map((t) => t.outcome), closed.map((t) => t.at.toISOString())];
  await tx.db.$executeRaw`
    UPDATE task SET state = 'done', closed_by = done.by, closed_at = done.at, outcome = done.outcome
    FROM unnest(${ids}::uuid[], ${bys}::uuid[], ${outcomes}::text[], ${ats}::timestamptz[]) AS done (id, by, outcome, at)
    WHERE task.workspace_id = ${tx.workspaceId}::uuid AND task.id = done.id AND task.state = 'open'`;
  await tx.db.$executeRaw`
    UPDATE alert SET state = 'acknowledged', acknowledged_at = done.at, acknowledged_by = done.by
    FROM unnest(${ids}::uuid[], ${bys}::uuid[], ${ats}::timestamptz[]) AS done (id, by, at)
    JOIN task ON task.workspace_id = ${tx.workspaceId}::uuid AND task.id = done.id
    WHERE alert.workspace_id = ${tx.workspaceId}::uuid AND alert.id = task.alert_id AND alert.state = 'open'`;
};

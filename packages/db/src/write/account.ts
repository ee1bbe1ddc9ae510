import type { Prisma } from '../../generated/client.ts';
import type { Day } from '@tideline/domain/calendar';
import { plain } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';
import { listInTriage } from './triage-row.ts';

const asDate = (day: Day | null | undefined): Date | null | undefined => (typeof day === 'string' ? new Date(`${day}T00:00:00Z`) : day);

export type AccountChange = {
  name?: string | undefined;
  ownerId?: string | null | undefined;
  status?: string | undefined;
  industry?: string | null | undefined;
  plan?: string | null | undefined;
  region?: string | null | undefined;
  fields?: Record<string, unknown> | undefined;
  contractStart?: Day | null | undefined;
};

/** Keeps what was named; undefined stays as it was. */
const dataOf = ({ fields, contractStart, ...change }: AccountChange, at: Date) => {
  const given = { ...change, fields: fields as Prisma.InputJsonObject | undefined, contractStart: asDate(contractStart), updatedAt: at };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Prisma.AccountUncheckedUpdateManyInput;
};

/** Makes an account that is not there; null when its key is taken. `createdDay`: from when its age counts while unused. */
export const insertAccount = async (
  tx: WorkspaceTx,
  account: AccountChange & { externalId: string; name: string; createdVia: 'api' | 'hand'; createdDay: Day },
  at: Date,
): Promise<string | null> => {
  const { externalId, createdVia, createdDay, ...change } = account;
  const data = {
    ...dataOf(change, at),
    workspaceId: tx.workspaceId,
    externalId,
    name: account.name,
    createdVia,
    createdDay: asDate(createdDay) ?? null,
    createdAt: at,
  };
  const [made] = await tx.db.account.createManyAndReturn({ data: [data as Prisma.AccountCreateManyInput], skipDuplicates: true, select: { id: true } });
  return made?.id ?? null;
};

export const updateAccount = async (tx: WorkspaceTx, id: string, change: AccountChange, at: Date): Promise<void> => {
  await tx.db.account.updateMany({ where: { workspaceId: tx.workspaceId, id }, data: dataOf(change, at) });
  await listInTriage(tx, [id]);
};

/** Sets a term and answers its id; one of the same account with the same start day is replaced, and keeps its key. */
export const replaceContract = async (
  tx: WorkspaceTx,
  accountId: string,
  term: { startDay: Day; endDay: Day; commitment: string | null },
  at: Date,
): Promise<string> => {
  const [startDay, endDay] = [new Date(`${term.startDay}T00:00:00Z`), new Date(`${term.endDay}T00:00:00Z`)];
  const same = { workspaceId: tx.workspaceId, accountId, startDay };
  const keyed = await tx.db.contract.findFirst({ where: { ...same, externalId: { not: null } }, select: { externalId: true } });
  await tx.db.contract.deleteMany({ where: same });
  const made = await tx.db.contract.create({
    data: { ...same, externalId: keyed?.externalId ?? null, endDay, commitment: term.commitment, createdAt: at },
    select: { id: true },
  });
  return made.id;
};

/** Gives accounts to an owner (null: to nobody); answers those that changed, with whom they belonged to. */
export const assignAccounts = async (
  tx: WorkspaceTx,
  accountIds: readonly string[],
  ownerId: string | null,
  at: Date,
): Promise<{ id: string; before: string | null }[]> => {
  const moved = await tx.db.$queryRaw<{ id: string; before: string | null }[]>`
    WITH was AS (
      SELECT id, owner_id FROM account
      WHERE workspace_id = ${tx.workspaceId}::uuid AND id = ANY(${plain(accountIds)}::uuid[]) AND owner_id IS DISTINCT FROM ${ownerId}::uuid ORDER BY id FOR UPDATE)
    UPDATE account a SET owner_id = ${ownerId}::uuid, updated_at = ${at} FROM was
    WHERE a.workspace_id = ${tx.workspaceId}::uuid AND a.id = was.id RETURNING a.id::text, was.owner_id::text AS before`;
  await listInTriage(
    tx,
    moved.map(({ id }) => id),
  );
  return moved;
};

import { Prisma } from '../../generated/client.ts';
import type { Day } from '@tideline/domain/calendar';
import { bytes } from '../array-literal.ts';
import type { StatementTx, WorkspaceTx } from '../workspace.ts';
import type { AccountDay } from './recount-days.ts';

export type CorrectionKind = 'void' | 'void-range' | 'replace' | 'undo';
export type NewCorrection = { kind: CorrectionKind; reason: string; filter: object | null; actor: string; actorId: string | null; at: Date };

export const openCorrection = async (tx: WorkspaceTx, { filter, at, ...made }: NewCorrection): Promise<string> => {
  const data = { workspaceId: tx.workspaceId, ...made, filter: filter === null ? Prisma.DbNull : (filter as Prisma.InputJsonObject), madeAt: at };
  return (await tx.db.correction.create({ data, select: { id: true } })).id;
};

/** A fact that a correction moved: its identity, and the day of the account it counts in. */
export type Moved = AccountDay & { readonly key: string };
const returned = Prisma.sql`encode(key, 'hex') AS key, account_id::text AS "accountId", day::text`;

/** Where raw events with these identities are, by the day their identity was stored under. */
const atTheirDay = (timezone: string): Prisma.Sql => Prisma.sql`
  e.key = k.key AND e.time >= (k.day::timestamp AT TIME ZONE ${timezone}) AND e.time < ((k.day + 1)::timestamp AT TIME ZONE ${timezone})`;

/** Takes facts out of force, into a correction; answers those that were in force. */
export const takeOut = async (tx: StatementTx, correctionId: string, keys: readonly string[], timezone: string): Promise<Moved[]> => {
  const rows = await tx.db.$queryRaw<Moved[]>`
    WITH gone AS (
      DELETE FROM event e USING event_key k
      WHERE e.workspace_id = ${tx.workspaceId}::uuid AND k.workspace_id = ${tx.workspaceId}::uuid AND k.key = ANY(${bytes(keys)}::bytea[]) AND ${atTheirDay(timezone)}
      RETURNING e.*, k.content
    )
    INSERT INTO voided_event (workspace_id, correction_id, key, content, time, day, account_id, name, value, properties, received_at, known_at, known_assumed, sent_as)
    SELECT workspace_id, ${correctionId}::uuid, key, content, time, day, account_id, name, value, properties, received_at, known_at, known_assumed, sent_as FROM gone
    RETURNING ${returned}`;
  await count(tx, correctionId, rows.length);
  return rows;
};

/** Puts the next facts of a correction back in force, with the content they had; answers them, none at the end. */
export const putBack = async (tx: StatementTx, correctionId: string, limit: number): Promise<Moved[]> => tx.db.$queryRaw<Moved[]>`
  WITH back AS (
    DELETE FROM voided_event WHERE workspace_id = ${tx.workspaceId}::uuid AND correction_id = ${correctionId}::uuid
      AND key IN (SELECT key FROM voided_event WHERE workspace_id = ${tx.workspaceId}::uuid AND correction_id = ${correctionId}::uuid ORDER BY key LIMIT ${limit})
    RETURNING *
  ), named AS (
    UPDATE event_key k SET content = back.content, day = back.day FROM back WHERE k.workspace_id = ${tx.workspaceId}::uuid AND k.key = back.key
  )
  INSERT INTO event (workspace_id, time, key, day, account_id, name, value, properties, received_at, known_at, known_assumed, sent_as)
  SELECT workspace_id, time, key, day, account_id, name, value, properties, received_at, known_at, known_assumed, sent_as FROM back
  RETURNING ${returned}`;

/** The identities of the next facts of a correction that are to be put back. */
export const nextToPutBack = async (tx: StatementTx, correctionId: string, limit: number): Promise<string[]> => {
  const rows = await tx.db.$queryRaw<{ key: string }[]>`
    SELECT encode(key, 'hex') AS key FROM voided_event WHERE workspace_id = ${tx.workspaceId}::uuid AND correction_id = ${correctionId}::uuid ORDER BY key LIMIT ${limit}`;
  return rows.map(({ key }) => key);
};

const count = (tx: StatementTx, correctionId: string, events: number): Promise<number> =>
  tx.db.$executeRaw`UPDATE correction SET events = events + ${events} WHERE workspace_id = ${tx.workspaceId}::uuid AND id = ${correctionId}::uuid`;

/** Frees identities, so that the same id can say something else. */
export const freeKeys = (tx: StatementTx, keys: readonly string[]): Promise<number> =>
  tx.db.$executeRaw`DELETE FROM event_key WHERE workspace_id = ${tx.workspaceId}::uuid AND key = ANY(${bytes(keys)}::bytea[])`;

export const markUndone = async (tx: WorkspaceTx, id: string, at: Date): Promise<boolean> => {
  const { count: changed } = await tx.db.correction.updateMany({ where: { workspaceId: tx.workspaceId, id, undoneAt: null }, data: { undoneAt: at } });
  return changed > 0;
};

/** Of these identities, those that are stored, each with its day. */
export const storedKeys = async (tx: StatementTx, keys: readonly string[]): Promise<Map<string, Day>> => {
  const rows = await tx.db.$queryRaw<{ key: string; day: Day }[]>`
    SELECT encode(key, 'hex') AS key, day::text FROM event_key WHERE workspace_id = ${tx.workspaceId}::uuid AND key = ANY(${bytes(keys)}::bytea[])`;
  return new Map(rows.map(({ key, day }) => [key, day]));
};

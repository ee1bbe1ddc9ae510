import type { Prisma } from '../../generated/client.ts';
import { day, type Day } from '@tideline/domain/calendar';
import type { StatementTx, WorkspaceTx } from '../workspace.ts';

/** Notes that raw events before a day are no longer whole: from now on none of them is taken in or corrected. Never moves back. */
export const moveRawFrom = async (tx: StatementTx, rawFrom: Day): Promise<void> => {
  await tx.db.$executeRaw`
    UPDATE workspace SET raw_from = ${rawFrom}::date WHERE id = ${tx.workspaceId}::uuid AND (raw_from IS NULL OR raw_from < ${rawFrom}::date)`;
};

/** Deletes a batch of the raw events before an instant, and what corrections kept of such days; answers how many events. Daily usage and identities stay. */
export const deleteEventsBefore = async (tx: StatementTx, before: Date, rawFrom: Day, limit: number): Promise<number> => {
  await tx.db.$executeRaw`DELETE FROM voided_event WHERE workspace_id = ${tx.workspaceId}::uuid AND day < ${rawFrom}::date`;
  return tx.db.$executeRaw`
    DELETE FROM event e USING (SELECT time, key FROM event WHERE workspace_id = ${tx.workspaceId}::uuid AND time < ${before} ORDER BY time, key LIMIT ${limit}) gone
    WHERE e.workspace_id = ${tx.workspaceId}::uuid AND e.time < ${before} AND e.time = gone.time AND e.key = gone.key`;
};

/** How long notes of what arrived and of what was refused are kept. */
const KEPT_NOTES_DAYS = 90;

export const deleteOldNotes = async (tx: StatementTx, now: Date): Promise<void> => {
  const before = new Date(now.getTime() - KEPT_NOTES_DAYS * 86_400_000);
  await tx.db.$executeRaw`DELETE FROM intake_hour WHERE workspace_id = ${tx.workspaceId}::uuid AND hour < ${before}`;
  await tx.db.$executeRaw`DELETE FROM refused_event WHERE workspace_id = ${tx.workspaceId}::uuid AND last_at < ${before}`;
};

/** Gives a meter version that was counted from raw events the days before them, from the version it takes over from. */
export const inheritDays = async (tx: WorkspaceTx, from: string, to: string, before: Day): Promise<void> => {
  const columns = {
    daily_usage: 'day, quantity, active, last_at, last_key',
    daily_usage_late: 'day, known_on, quantity, active',
    unique_value: 'day, hash',
  };
  for (const [table, own] of Object.entries(columns)) {
    await tx.db.$executeRawUnsafe(
      `INSERT INTO ${table} (workspace_id, account_id, meter_version_id, ${own})
       SELECT workspace_id, account_id, $3::uuid, ${own} FROM ${table} WHERE workspace_id = $1::uuid AND meter_version_id = $2::uuid AND day < $4::date
       ON CONFLICT DO NOTHING`,
      tx.workspaceId,
      from,
      to,
      before,
    );
  }
};

/** The first whole day of raw events of each workspace; null: all are kept. System role. */
export const rawFroms = async (tx: Prisma.TransactionClient): Promise<{ id: string; rawFrom: Day | null }[]> =>
  (await tx.workspace.findMany({ select: { id: true, rawFrom: true } })).map(({ id, rawFrom }) => ({
    id,
    rawFrom: rawFrom && day(rawFrom.toISOString().slice(0, 10)),
  }));

/** The months (first days) of which there is a partition of raw events, the oldest first. System role. */
export const eventMonths = async (tx: Prisma.TransactionClient): Promise<Day[]> => {
  const rows = await tx.$queryRaw<{ month: Day }[]>`
    SELECT to_date(substr(c.relname, 7), 'YYYYMM')::text AS month FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'event'::regclass AND c.relname ~ '^event_\\d{6}$' ORDER BY 1`;
  return rows.map(({ month }) => month);
};

/** Drops a month of raw events when it holds only events of these workspaces; says whether it did. System role. */
export const dropEventMonth = async (tx: Prisma.TransactionClient, month: Day, expired: readonly string[]): Promise<boolean> => {
  const [row] = await tx.$queryRaw<{ dropped: boolean }[]>`SELECT drop_event_partition(${month}::date, ${[...expired]}::uuid[]) AS dropped`;
  return row?.dropped ?? false;
};

import { Prisma } from '../../generated/client.ts';
import { addDays, type Day, dayNumber } from '@tideline/domain/calendar';
import { plain } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';
import type { Basis } from './window.ts';

const WEEKS = 24;
type Row = { id: string; weeks: string };

const cents = (sum: string): number => Math.round(Number(sum) * 100) / 100;

/** The last 24 seven-day weeks ending on `day`, oldest first, of each of these accounts, comma by comma. */
const weekRows = (tx: WorkspaceTx, day: Day, { priced }: Pick<Basis, 'priced'>, accountIds: readonly string[]): Prisma.Sql => Prisma.sql`
  SELECT a.account_id, array_agg(coalesce(k.worth, 0) ORDER BY n.ago DESC) AS weeks
  FROM unnest(${plain(accountIds)}::uuid[]) a (account_id) CROSS JOIN generate_series(0, ${WEEKS - 1}::int) n (ago)
  LEFT JOIN (
    SELECT account_id, (${day}::date - day) / 7 AS ago, sum(${Prisma.raw(priced ? 'revenue' : 'quantity')})::float8 AS worth FROM account_day
    WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ANY(${plain(accountIds)}::uuid[]) AND day > ${addDays(day, -7 * WEEKS)}::date AND day <= ${day}::date
    GROUP BY 1, 2) k ON k.account_id = a.account_id AND k.ago = n.ago
  GROUP BY a.account_id`;

const sumsOf = (rows: readonly Row[]): Map<string, number[]> => new Map(rows.map(({ id, weeks }) => [id, weeks.split(',').map(cents)]));

/** Sums of the last 24 seven-day weeks ending on `day`, oldest first, of these accounts. */
export const readWeeks = async (tx: WorkspaceTx, day: Day, basis: Pick<Basis, 'priced'>, accountIds: readonly string[]): Promise<Map<string, number[]>> => {
  if (accountIds.length === 0) return new Map();
  return sumsOf(
    await tx.db.$queryRaw<Row[]>`SELECT account_id::text AS id, array_to_string(weeks, ',') AS weeks FROM (${weekRows(tx, day, basis, accountIds)}) w`,
  );
};

/**
 * The same, carried by seven days from what was asked for a week ago: the week that ends on `day` is added, the oldest let go. Call after
 * `carryWindows` of the day, which has that week.
 */
export const carriedWeeks = async (tx: WorkspaceTx, day: Day, basis: Pick<Basis, 'priced'>, accountIds: readonly string[]): Promise<Map<string, number[]>> => {
  if (accountIds.length === 0) return new Map();
  const weekday = dayNumber(day) % 7;
  await tx.db.$executeRaw`
    UPDATE account_weeks k SET as_of = ${day}::date, weeks = k.weeks[2:] || w.worth7::float8 FROM account_window w
    WHERE k.workspace_id = ${tx.workspaceId}::uuid AND k.weekday = ${weekday} AND k.as_of = ${addDays(day, -7)}::date AND k.account_id = ANY(${plain(accountIds)}::uuid[])
      AND w.workspace_id = k.workspace_id AND w.account_id = k.account_id`;
  const known = await carriedOf(tx, day, accountIds);
  const missing = accountIds.filter((id) => !known.has(id));
  if (missing.length === 0) return known;
  await tx.db.$executeRaw`
    INSERT INTO account_weeks (workspace_id, weekday, account_id, as_of, weeks)
    SELECT ${tx.workspaceId}::uuid, ${weekday}, w.account_id, ${day}::date, w.weeks FROM (${weekRows(tx, day, basis, missing)}) w
    ON CONFLICT (workspace_id, weekday, account_id) DO UPDATE SET as_of = excluded.as_of, weeks = excluded.weeks`;
  return new Map([...known, ...(await carriedOf(tx, day, missing))]);
};

const carriedOf = async (tx: WorkspaceTx, day: Day, accountIds: readonly string[]): Promise<Map<string, number[]>> =>
  sumsOf(
    await tx.db.$queryRaw<Row[]>`
      SELECT account_id::text AS id, array_to_string(weeks, ',') AS weeks FROM account_weeks
      WHERE workspace_id = ${tx.workspaceId}::uuid AND weekday = ${dayNumber(day) % 7} AND as_of = ${day}::date AND account_id = ANY(${plain(accountIds)}::uuid[])`,
  );

import { Prisma } from '../../generated/client.ts';
import { addDays, type Day, dayNumber } from '@tideline/domain/calendar';
import { plain } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';
import { type Basis, isCarriedTo } from './window.ts';

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

/** Sums of the last 24 seven-day weeks ending on `day`, oldest first, of these accounts: kept ones where they were carried so far. */
export const readWeeks = async (tx: WorkspaceTx, day: Day, basis: Basis, accountIds: readonly string[]): Promise<Map<string, number[]>> => {
  const kept = (await isCarriedTo(tx, day, basis)) ? await keptWeeks(tx, day, accountIds) : new Map<string, number[]>();
  const rest = accountIds.filter((id) => !kept.has(id));
  if (rest.length === 0) return kept;
  const summed = await tx.db.$queryRaw<Row[]>`SELECT account_id::text AS id, array_to_string(weeks, ',') AS weeks FROM (${weekRows(tx, day, basis, rest)}) w`;
  return new Map([...kept, ...sumsOf(summed)]);
};

const keptWeeks = async (tx: WorkspaceTx, day: Day, accountIds: readonly string[]): Promise<Map<string, number[]>> =>
  sumsOf(
    await tx.db.$queryRaw<Row[]>`
      SELECT account_id::text AS id, array_to_string(weeks, ',') AS weeks FROM account_weeks
      WHERE workspace_id = ${tx.workspaceId}::uuid AND weekday = ${dayNumber(day) % 7} AND as_of = ${day}::date AND account_id = ANY(${plain(accountIds)}::uuid[])`,
  );

/**
 * Carries the weeks kept a week ago by the one that ends on `day`, which `carryWindows` of that day has brought, and answers all that are
 * kept now: of the accounts that were ever asked for.
 */
export const carryWeeks = async (tx: WorkspaceTx, day: Day): Promise<Map<string, number[]>> => {
  const theirs = Prisma.sql`k.workspace_id = ${tx.workspaceId}::uuid AND k.weekday = ${dayNumber(day) % 7}`;
  return sumsOf(
    await tx.db.$queryRaw<Row[]>`
      WITH moved AS (
        UPDATE account_weeks k SET as_of = ${day}::date, weeks = k.weeks[2:] || w.worth7::float8 FROM account_window w
        WHERE ${theirs} AND k.as_of = ${addDays(day, -7)}::date AND w.workspace_id = k.workspace_id AND w.account_id = k.account_id
        RETURNING k.account_id, k.weeks)
      SELECT account_id::text AS id, array_to_string(weeks, ',') AS weeks FROM (
        SELECT account_id, weeks FROM moved UNION ALL SELECT k.account_id, k.weeks FROM account_weeks k WHERE ${theirs} AND k.as_of = ${day}::date) kept`,
  );
};

/** The weeks of accounts that are not among the carried ones: summed, and kept from now on. */
export const keepWeeks = async (tx: WorkspaceTx, day: Day, basis: Pick<Basis, 'priced'>, accountIds: readonly string[]): Promise<Map<string, number[]>> => {
  if (accountIds.length === 0) return new Map();
  return sumsOf(
    await tx.db.$queryRaw<Row[]>`
      WITH summed AS (
        INSERT INTO account_weeks (workspace_id, weekday, account_id, as_of, weeks)
        SELECT ${tx.workspaceId}::uuid, ${dayNumber(day) % 7}, w.account_id, ${day}::date, w.weeks FROM (${weekRows(tx, day, basis, accountIds)}) w
        ON CONFLICT (workspace_id, weekday, account_id) DO UPDATE SET as_of = excluded.as_of, weeks = excluded.weeks RETURNING account_id, weeks)
      SELECT account_id::text AS id, array_to_string(weeks, ',') AS weeks FROM summed`,
  );
};

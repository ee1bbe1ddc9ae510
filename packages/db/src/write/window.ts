import { Prisma } from '../../generated/client.ts';
import { addDays, type Day } from '@tideline/domain/calendar';
import { plain } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';

/** Usage days of five windows travel as one number, ten bits each: a year has fewer than 1,024 days, and differences of them add up alike. */
const USED = [28, 84, 112, 182, 364] as const;
/** Windows of money; the week is what the weeks before it are carried by. */
const WORTH = [7, 28, 84, 90, 168, 364] as const;
const FIELD = 1024;
const weightFrom = (i: number): Prisma.Sql => Prisma.raw(String(USED.reduce((weight, _, j) => weight + (j >= i ? FIELD ** j : 0), 0)));

/** Usage days of the last 28, 84, 112, 182 and 364 days. */
export const usedIn = (packed: number): number[] => USED.map((_, i) => Math.floor(packed / FIELD ** i) % FIELD);

/** What the days are summed by: money or, without prices, the main meter's quantity; the bits of meters only where there are several. */
export type Basis = { readonly priced: boolean; readonly manyMeters: boolean };
/** `use`: the last day whose usage counts; `paid`: the last day whose money does. */
type Ends = { readonly use: Day; readonly paid: Day };

const worthOf = ({ priced }: Basis): Prisma.Sql => Prisma.raw(priced ? 'revenue' : 'quantity');
const ago = (day: Day, days: number): Prisma.Sql => Prisma.sql`${addDays(day, -days)}::date`;
const list = (parts: Prisma.Sql[], between = ', '): Prisma.Sql => Prisma.join(parts, between);

/**
 * The windows of these accounts (null: all), one pass over a year of their days; what lies before is in `account_span`. Accounts without a
 * day in them are there with nothing.
 */
export const windowRows = (tx: WorkspaceTx, { use, paid }: Ends, basis: Basis, accountIds: readonly string[] | null): Prisma.Sql => {
  const only = (column: string) => (accountIds === null ? Prisma.empty : Prisma.sql`AND ${Prisma.raw(column)} = ANY(${plain(accountIds)}::uuid[])`);
  const complete = use === paid ? Prisma.empty : Prisma.sql`AND day <= ${paid}::date`;
  // days are compared with days made here: arithmetic on ten million rows costs more than the sums
  const packed = Prisma.sql`CASE WHEN NOT active THEN 0 ${list(
    USED.map((days, i) => Prisma.sql`WHEN day > ${ago(use, days)} THEN ${weightFrom(i)}`),
    ' ',
  )} ELSE 0 END::bigint`;
  const bits = (from: number, to: number) => Prisma.sql`coalesce(bit_or(meters) FILTER (WHERE day > ${ago(use, from)} AND day <= ${ago(use, to)}), 0)`;
  return Prisma.sql`
    SELECT a.id AS account_id, coalesce(y.used, 0) AS used,
      CASE WHEN y.last_day IS NOT NULL THEN y.last_day WHEN s.last_day <= ${use}::date THEN s.last_day ELSE (SELECT max(d.day) FROM account_day d
        WHERE d.workspace_id = a.workspace_id AND d.account_id = a.id AND d.active AND d.day <= ${use}::date) END AS last_day,
      y.year_first, ${list(WORTH.map((days) => Prisma.raw(`coalesce(y.worth${days}, 0) AS worth${days}`)))},
      ${basis.manyMeters ? Prisma.sql`coalesce(y.meters28, 0) AS meters28, coalesce(y.meters_prior84, 0) AS meters_prior84` : Prisma.sql`0::bigint AS meters28, 0::bigint AS meters_prior84`}
    FROM account a
    LEFT JOIN account_span s ON s.workspace_id = a.workspace_id AND s.account_id = a.id AND s.first_day <= ${use}::date
    LEFT JOIN (
      SELECT account_id, max(day) FILTER (WHERE active) AS last_day, min(day) FILTER (WHERE active AND day > ${ago(use, 364)}) AS year_first, sum(${packed})::bigint AS used,
        ${list(WORTH.map((days) => Prisma.sql`sum(${worthOf(basis)}) FILTER (WHERE day > ${ago(paid, days)} ${complete}) AS ${Prisma.raw(`worth${days}`)}`))}
        ${basis.manyMeters ? Prisma.sql`, ${bits(28, 0)} AS meters28, ${bits(112, 28)} AS meters_prior84` : Prisma.empty}
      FROM account_day WHERE workspace_id = ${tx.workspaceId}::uuid AND day > ${ago(paid, 364)} AND day <= ${use}::date ${only('account_id')}
      GROUP BY account_id) y ON y.account_id = a.id
    WHERE a.workspace_id = ${tx.workspaceId}::uuid ${only('a.id')}`;
};

/** Whether windows and weeks were carried to the end of `day` on this basis: what is kept of an account is then as it stands. */
export const isCarriedTo = async (tx: WorkspaceTx, day: Day, { priced, manyMeters }: Basis): Promise<boolean> => {
  const [row] = await tx.db.$queryRaw<{ is: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM carried_day WHERE workspace_id = ${tx.workspaceId}::uuid AND day = ${day}::date AND priced = ${priced} AND many_meters = ${manyMeters}) AS is`;
  return row?.is ?? false;
};

/** What is carried of these accounts (null: of all); who is missing was taken out by rating. */
export const keptWindows = (tx: WorkspaceTx, accountIds: readonly string[] | null): Prisma.Sql => Prisma.sql`
  SELECT * FROM account_window WHERE workspace_id = ${tx.workspaceId}::uuid ${accountIds === null ? Prisma.empty : Prisma.sql`AND account_id = ANY(${plain(accountIds)}::uuid[])`}`;

/**
 * Brings `account_window` to the end of a complete day. From the day before, only the days at the edges of the windows are read;
 * what is missing, because rating took it out or nothing was carried that far, is summed anew. Call under the scoring lock.
 */
export const carryWindows = async (tx: WorkspaceTx, day: Day, basis: Basis): Promise<void> => {
  const [carried] = await tx.db.$queryRaw<{ day: Day; priced: boolean; manyMeters: boolean }[]>`
    SELECT day::text, priced, many_meters AS "manyMeters" FROM carried_day WHERE workspace_id = ${tx.workspaceId}::uuid`;
  const alike = carried && carried.priced === basis.priced && carried.manyMeters === basis.manyMeters;
  await tx.db.$executeRaw`SET LOCAL work_mem = '128MB'`; // the sums of every account are held at once
  if (alike && carried.day === addDays(day, -1)) await moveEdges(tx, day, basis);
  if (alike && carried.day >= addDays(day, -1) && carried.day <= day) await addWindows(tx, day, basis, await missing(tx));
  else await sumAnew(tx, day, basis);
  await tx.db.$executeRaw`
    INSERT INTO carried_day (workspace_id, day, priced, many_meters) VALUES (${tx.workspaceId}::uuid, ${day}::date, ${basis.priced}, ${basis.manyMeters})
    ON CONFLICT (workspace_id) DO UPDATE SET day = excluded.day, priced = excluded.priced, many_meters = excluded.many_meters`;
};

const CARRIED = ['account_window', 'account_weeks'].map((table) => Prisma.raw(table));

const sumAnew = async (tx: WorkspaceTx, day: Day, basis: Basis): Promise<void> => {
  for (const table of CARRIED) await tx.db.$executeRaw`DELETE FROM ${table} WHERE workspace_id = ${tx.workspaceId}::uuid`;
  await addWindows(tx, day, basis, null);
};

const missing = async (tx: WorkspaceTx): Promise<string[]> => {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    SELECT a.id::text FROM account a WHERE a.workspace_id = ${tx.workspaceId}::uuid
      AND NOT EXISTS (SELECT 1 FROM account_window w WHERE w.workspace_id = a.workspace_id AND w.account_id = a.id)`;
  return rows.map(({ id }) => id);
};

/** Read and written in two steps: PostgreSQL sums with all its workers only where a statement writes nothing. */
const addWindows = async (tx: WorkspaceTx, day: Day, basis: Basis, accountIds: readonly string[] | null): Promise<void> => {
  if (accountIds?.length === 0) return;
  const rows = await tx.db.$queryRaw<Record<string, string | null>[]>`
    SELECT ${list(COLUMNS.map(([name]) => Prisma.raw(`${name}::text`)))} FROM (${windowRows(tx, { use: day, paid: day }, basis, accountIds)}) n ORDER BY account_id`;
  const arrays = COLUMNS.map(([name, type]) => Prisma.sql`${plain(rows.map((row) => row[name] ?? null))}::${Prisma.raw(type)}[]`);
  await tx.db.$executeRaw`
    INSERT INTO account_window (workspace_id, ${Prisma.raw(COLUMNS.map(([name]) => name).join(', '))}) SELECT ${tx.workspaceId}::uuid, * FROM unnest(${list(arrays)})`;
};

const COLUMNS = [
  ['account_id', 'uuid'],
  ['used', 'bigint'],
  ['last_day', 'date'],
  ['year_first', 'date'],
  ...WORTH.map((days) => [`worth${days}`, 'numeric'] as const),
  ['meters28', 'bigint'],
  ['meters_prior84', 'bigint'],
] as const;

/** Who was in use a year ago mostly was again within so many days: they are read in a row, the rest one by one. */
const NEAR = 7;

/** The day that came in, and the days that left a window: one row of differences per account that has any of them. */
const moveEdges = async (tx: WorkspaceTx, day: Day, basis: Basis): Promise<void> => {
  const worth = worthOf(basis);
  const edges = [0, ...new Set<number>([...USED, ...WORTH])].map((days) => ago(day, days));
  const at = (days: number) => Prisma.sql`FILTER (WHERE day = ${ago(day, days)})`;
  const used = Prisma.sql`CASE WHEN NOT active THEN 0 WHEN day = ${day}::date THEN ${weightFrom(0)} ${list(
    USED.map((days, i) => Prisma.sql`WHEN day = ${ago(day, days)} THEN ${Prisma.raw(String(-(FIELD ** i)))}`),
    ' ',
  )} ELSE 0 END::bigint`;
  const moved = (days: number) => Prisma.raw(`worth${days} = w.worth${days} + e.came - e.left${days}`);
  await tx.db.$executeRaw`
    WITH edge AS (
      SELECT account_id, sum(${used})::bigint AS used, coalesce(bool_or(active) ${at(0)}, false) AS used_today, coalesce(sum(${worth}) ${at(0)}, 0) AS came,
        ${list(WORTH.map((days) => Prisma.sql`coalesce(sum(${worth}) ${at(days)}, 0) AS ${Prisma.raw(`left${days}`)}`))},
        ${list([0, 28, 112].map((days) => Prisma.sql`coalesce(bit_or(meters) ${at(days)}, 0) AS ${Prisma.raw(`bits${days}`)}`))}
      FROM account_day WHERE workspace_id = ${tx.workspaceId}::uuid AND day IN (${list(edges)}) GROUP BY account_id),
    next AS (
      SELECT account_id, min(day) AS day FROM account_day WHERE workspace_id = ${tx.workspaceId}::uuid AND active AND day > ${ago(day, 364)} AND day <= ${ago(day, 364 - NEAR)}
      GROUP BY account_id)
    UPDATE account_window w SET used = w.used + e.used, last_day = CASE WHEN e.used_today THEN ${day}::date ELSE w.last_day END,
      year_first = CASE WHEN w.year_first > ${ago(day, 364)} THEN w.year_first ELSE coalesce(n.day, (SELECT min(d.day) FROM account_day d
        WHERE d.workspace_id = w.workspace_id AND d.account_id = w.account_id AND d.active AND d.day > ${ago(day, 364)} AND d.day <= ${day}::date)) END,
      ${list(WORTH.map(moved))} ${basis.manyMeters ? Prisma.sql`, ${movedBits(day)}` : Prisma.empty}
    FROM edge e LEFT JOIN next n ON n.account_id = e.account_id WHERE w.workspace_id = ${tx.workspaceId}::uuid AND w.account_id = e.account_id`;
};

/** What leaves a window may have been the last of its meter there: only then are its days read. */
const movedBits = (day: Day): Prisma.Sql => {
  const bits = (from: number, to: number) => Prisma.sql`(SELECT coalesce(bit_or(d.meters), 0) FROM account_day d
    WHERE d.workspace_id = w.workspace_id AND d.account_id = w.account_id AND d.day > ${ago(day, from)} AND d.day <= ${ago(day, to)})`;
  return Prisma.sql`meters28 = CASE WHEN e.bits28 = 0 THEN w.meters28 | e.bits0 ELSE ${bits(28, 0)} END,
    meters_prior84 = CASE WHEN e.bits112 = 0 THEN w.meters_prior84 | e.bits28 ELSE ${bits(112, 28)} END`;
};

/** Takes out what is carried of accounts whose days changed within it. `list`: a statement's `dirty (account_id, from_day)`. */
export const dropCarried = async (tx: WorkspaceTx, dirty: Prisma.Sql): Promise<void> => {
  for (const table of CARRIED) {
    await tx.db.$executeRaw`
      WITH ${dirty} DELETE FROM ${table} w USING dirty d, carried_day c
      WHERE c.workspace_id = ${tx.workspaceId}::uuid AND w.workspace_id = ${tx.workspaceId}::uuid AND w.account_id = d.account_id AND d.from_day <= c.day`;
  }
};

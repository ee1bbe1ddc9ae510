import { Prisma } from '../../generated/client.ts';
import { addDays, type Day, dayNumber } from '@tideline/domain/calendar';
import type { OwnMeasures } from '@tideline/domain/usage-history';
import type { DecimalText } from '@tideline/domain/money';
import type { SegmentState } from '@tideline/domain/segment';
import type { Band } from '@tideline/domain/health';
import { plain } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';

/** Which accounts, as of when. `use`: the last day whose usage counts; `money`: the last day whose revenue does (yesterday under the live rule). */
export type SignalScope = {
  readonly ticks: Ticks;
  readonly use: Day;
  readonly money: Day;
  readonly accountIds: readonly string[] | null;
  readonly priced: boolean;
  readonly manyMeters: boolean;
};

export type AccountSignal = {
  readonly accountId: string;
  readonly live: boolean;
  readonly own: OwnMeasures;
  /** Net money of the last 28 days, exact; without prices the main meter's quantity. */
  readonly netRevenue28: DecimalText;
};

/** How an account stood before it is judged. */
export type Past = {
  /** The judgement before this one; null at first sight. */
  readonly before: { readonly health: number | null; readonly band: Band | null; readonly state: SegmentState } | null;
  /** Health as closed 7 days before; null without a close then. */
  readonly health7: number | null;
  /** A task is past its date. */
  readonly overdue: boolean;
};

/** K by day. */
export type Ticks = (dayNumber: number) => number;

/** Usage days of five windows travel as one number, ten bits each: a year has fewer than 1,024 days. One sum costs less than five counts. */
const WINDOWS = [28, 84, 112, 182, 364] as const;
const FIELD = 1024;
const weightFrom = (i: number): Prisma.Sql => Prisma.raw(String(WINDOWS.reduce((weight, _, j) => weight + (j >= i ? FIELD ** j : 0), 0)));
const packedWindows = (asOf: Day): Prisma.Sql =>
  Prisma.sql`CASE WHEN NOT active THEN 0 ${Prisma.join(
    WINDOWS.map((window, i) => Prisma.sql`WHEN day > ${addDays(asOf, -window)}::date THEN ${weightFrom(i)}`),
    ' ',
  )} ELSE 0 END::bigint`;
const windowsOf = (packed: number): number[] => WINDOWS.map((_, i) => Math.floor(packed / FIELD ** i) % FIELD);

/**
 * One row of measures per account (score.md 4): one pass over a year of its days; what lies before is in `account_span`. The weeks are
 * left out (`readWeeks`): few accounts need them. Accounts that had not started by `use` are absent.
 */
export const readSignals = async (tx: WorkspaceTx, scope: SignalScope): Promise<AccountSignal[]> => {
  const { use, money, accountIds, priced, manyMeters } = scope;
  // The sums of every account are held at once; where they do not fit, the days are fetched one by one in the order of an index.
  if (accountIds === null) await tx.db.$executeRaw`SET LOCAL work_mem = '128MB'`;
  const workspace = Prisma.sql`${tx.workspaceId}::uuid`;
  const [t, r] = [Prisma.sql`${use}::date`, Prisma.sql`${money}::date`];
  const only = (column: string) => (accountIds === null ? Prisma.empty : Prisma.sql`AND ${Prisma.raw(column)} = ANY(${plain(accountIds)}::uuid[])`);
  const worth = Prisma.raw(priced ? 'revenue' : 'quantity');
  // days are compared with days made here: arithmetic on ten million rows costs more than the sums
  const [used, paid] = [(window: number) => Prisma.sql`${addDays(use, -window)}::date`, (window: number) => Prisma.sql`${addDays(money, -window)}::date`];
  const complete = use === money ? Prisma.empty : Prisma.sql`AND day <= ${r}`;
  const rows = await tx.db.$queryRaw<SignalRow[]>`
    WITH year AS (
      SELECT account_id, max(day) FILTER (WHERE active) AS last, min(day) FILTER (WHERE active AND day > ${used(364)}) AS first, sum(${packedWindows(use)})::float8 AS windows,
        sum(${worth}) FILTER (WHERE day > ${paid(28)} ${complete})::text AS revenue28, sum(${worth}) FILTER (WHERE day > ${paid(84)} ${complete})::float8 AS revenue84,
        sum(${worth}) FILTER (WHERE day > ${paid(90)} ${complete})::float8 AS revenue90, sum(${worth}) FILTER (WHERE day > ${paid(168)} ${complete})::float8 AS revenue168,
        sum(${worth}) FILTER (WHERE true ${complete})::float8 AS revenue364
        ${manyMeters ? meterBits(use) : Prisma.empty}
      FROM account_day WHERE workspace_id = ${workspace} AND day > ${paid(364)} AND day <= ${t} ${only('account_id')}
      GROUP BY account_id),
    later AS (
      SELECT account_id, count(*)::int AS days FROM account_day WHERE workspace_id = ${workspace} AND day > ${t} AND active ${only('account_id')} GROUP BY account_id)
    SELECT a.id::text AS id, a.status = 'live' AS live, a.plan, a.industry, a.region, (m.day - ${startDay})::int AS "ttfvDays", ${t} - ${startDay} AS age,
      ${t} - s.first_day AS first, s.usage_days - coalesce(l.days, 0) AS ever, ${t} - y.first AS "yearFirst", y.windows,
      CASE WHEN y.last IS NOT NULL THEN ${t} - y.last WHEN s.last_day <= ${t} THEN ${t} - s.last_day
        ELSE ${t} - (SELECT max(d.day) FROM account_day d WHERE d.workspace_id = a.workspace_id AND d.account_id = a.id AND d.active AND d.day <= ${t}) END AS last,
      y.revenue28, y.revenue84, y.revenue90, y.revenue168, y.revenue364, ${manyMeters ? Prisma.sql`y.meters28, y."metersPrior84"` : Prisma.sql`NULL::int AS meters28, NULL::int AS "metersPrior84"`}
    FROM account a
    LEFT JOIN account_span s ON s.workspace_id = a.workspace_id AND s.account_id = a.id AND s.first_day <= ${t}
    LEFT JOIN year y ON y.account_id = a.id
    LEFT JOIN later l ON l.account_id = a.id
    LEFT JOIN milestone_reached m ON m.workspace_id = a.workspace_id AND m.account_id = a.id AND m.day <= ${t}
      AND m.milestone_id = (SELECT id FROM milestone WHERE workspace_id = ${workspace} AND first_value AND archived_at IS NULL ORDER BY created_at DESC LIMIT 1)
    WHERE a.workspace_id = ${workspace} ${only('a.id')} AND (s.account_id IS NOT NULL OR y.account_id IS NOT NULL OR ${startDay} <= ${t})`;
  return rows.map((row) => ({ accountId: row.id, live: row.live, own: ownMeasures(row, scope), netRevenue28: row.revenue28 ?? '0' }));
};

const meterBits = (asOf: Day): Prisma.Sql => {
  const [ago28, ago112] = [addDays(asOf, -28), addDays(asOf, -112)];
  return Prisma.sql`, bit_count(bit_or(meters) FILTER (WHERE day > ${ago28}::date)::bit(64))::int AS meters28,
        bit_count(bit_or(meters) FILTER (WHERE day > ${ago112}::date AND day <= ${ago28}::date)::bit(64))::int AS "metersPrior84"`;
};

/** Where an account's age counts from while nobody has used it: contract, else creation, which is its first fact where no one said otherwise. */
const startDay = Prisma.raw('coalesce(a.contract_start, a.created_day, a.created_at::date)');

/** Days are given as days before `use`; absent sums are null. */
type SignalRow = {
  id: string;
  live: boolean;
  plan: string | null;
  industry: string | null;
  region: string | null;
  ttfvDays: number | null;
  age: number;
  first: number | null;
  last: number | null;
  yearFirst: number | null;
  ever: number | null;
  windows: number | null;
  revenue364: number | null;
  meters28: number | null;
  metersPrior84: number | null;
  revenue28: DecimalText | null;
  revenue84: number | null;
  revenue90: number | null;
  revenue168: number | null;
};

const cents = (amount: number | null): number => Math.max(0, Math.round((amount ?? 0) * 100) / 100);

/** Today's tick is not known: an account in use today has no silence, and its span ends with the last complete day. */
const ownMeasures = (row: SignalRow, { use, money, ticks, manyMeters }: SignalScope): OwnMeasures => {
  const [asOf, complete] = [dayNumber(use), dayNumber(money)];
  const back = (days: number | null): number | null => (days === null ? null : asOf - days);
  const [days28 = 0, days84 = 0, days112 = 0, days182 = 0, days364 = 0] = windowsOf(row.windows ?? 0);
  const lastTick = row.last === null ? 0 : ticks(Math.min(asOf - row.last, complete));
  return {
    asOf,
    firstDay: back(row.first),
    lastDay: back(row.last),
    yearFirstDay: back(row.yearFirst),
    ageDays: Math.max(0, row.age),
    usageDaysEver: row.ever ?? 0,
    days28,
    days84,
    days182,
    days364,
    daysPrior84: days112 - days28,
    revenue28: cents(Number(row.revenue28 ?? 0)),
    revenue84: cents(row.revenue84),
    revenue90: cents(row.revenue90),
    revenue364: cents(row.revenue364),
    revenuePrior84: cents((row.revenue168 ?? 0) - (row.revenue84 ?? 0)),
    clockSilent: row.last === null ? 0 : ticks(complete) - lastTick,
    clockSpan: row.yearFirst === null ? 0 : lastTick - ticks(Math.min(asOf - row.yearFirst, complete)),
    meters28: manyMeters ? (row.meters28 ?? 0) : null,
    metersPrior84: manyMeters ? (row.metersPrior84 ?? 0) : null,
    weeks: null,
    ttfvDays: row.ttfvDays === null ? null : Math.max(0, row.ttfvDays),
    traits: { plan: row.plan, industry: row.industry, region: row.region },
  };
};

/** Usage days of the first 60 of accounts that started at `firstDay`, as bits (`peer-group.ts`). */
export const readStarters = async (
  tx: WorkspaceTx,
  accounts: readonly { accountId: string; firstDay: Day }[],
): Promise<{ accountId: string; low: number; high: number }[]> => {
  if (accounts.length === 0) return [];
  return tx.db.$queryRaw<{ accountId: string; low: number; high: number }[]>`
    SELECT account_id::text AS "accountId", (bits & 1073741823)::int AS low, (bits >> 30)::int AS high FROM (
      SELECT s.account_id, bit_or(1::bigint << (d.day - s.first)) AS bits
      FROM unnest(${plain(accounts.map((a) => a.accountId))}::uuid[], ${plain(accounts.map((a) => a.firstDay))}::date[]) AS s (account_id, first)
      JOIN account_day d ON d.workspace_id = ${tx.workspaceId}::uuid AND d.account_id = s.account_id AND d.day BETWEEN s.first AND s.first + 59 AND d.active
      GROUP BY s.account_id) starters`;
};

/** How these accounts (null: all) stood, on the day `asOf` is judged. */
export const readPasts = async (tx: WorkspaceTx, asOf: Day, accountIds: readonly string[] | null): Promise<Map<string, Past>> => {
  const only = accountIds === null ? Prisma.empty : Prisma.sql`AND a.id = ANY(${plain(accountIds)}::uuid[])`;
  const rows = await tx.db.$queryRaw<
    { id: string; health: number | null; band: Band | null; state: string | null; health7: number | null; overdue: boolean }[]
  >`
    SELECT a.id::text AS id, s.health, s.band, s.segment_state::text AS state, h.health AS health7, o.account_id IS NOT NULL AS overdue
    FROM account a
    LEFT JOIN score s ON s.workspace_id = a.workspace_id AND s.account_id = a.id
    LEFT JOIN score_history h ON h.workspace_id = a.workspace_id AND h.account_id = a.id AND h.day = ${asOf}::date - 7
    LEFT JOIN (SELECT DISTINCT account_id FROM task WHERE workspace_id = ${tx.workspaceId}::uuid AND state = 'open' AND due_day <= ${asOf}::date) o ON o.account_id = a.id
    WHERE a.workspace_id = ${tx.workspaceId}::uuid ${only}`;
  return new Map(
    rows.map(({ id, health, band, state, health7, overdue }) => [
      id,
      { before: state === null ? null : { health, band, state: JSON.parse(state) as SegmentState }, health7, overdue },
    ]),
  );
};

const WEEKS = 24;

/** Sums of the last 24 seven-day weeks ending on `money`, oldest first, of these accounts; those without a row had nothing. */
export const readWeeks = async (
  tx: WorkspaceTx,
  { money, priced }: Pick<SignalScope, 'money' | 'priced'>,
  accountIds: readonly string[],
): Promise<Map<string, number[]>> => {
  if (accountIds.length === 0) return new Map();
  const rows = await tx.db.$queryRaw<{ id: string; weeks: string }[]>`
    SELECT account_id::text AS id, string_agg(week || ' ' || value, ',') AS weeks
    FROM (SELECT account_id, (${money}::date - day) / 7 AS week, sum(${Prisma.raw(priced ? 'revenue' : 'quantity')})::float8 AS value FROM account_day
      WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ANY(${plain(accountIds)}::uuid[]) AND day > ${money}::date - ${7 * WEEKS}::int AND day <= ${money}::date
      GROUP BY account_id, week) w
    GROUP BY account_id`;
  return new Map(rows.map(({ id, weeks }) => [id, weekSums(weeks)]));
};

/** "weeks ago, sum" pairs as the sums of all weeks, oldest first. */
const weekSums = (text: string): number[] => {
  const sums = Array.from({ length: WEEKS }, () => 0);
  for (const pair of text.split(',')) {
    const [ago = '', sum = ''] = pair.split(' ');
    sums[WEEKS - 1 - Number(ago)] = Math.round(Number(sum) * 100) / 100;
  }
  return sums;
};

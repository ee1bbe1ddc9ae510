import { Prisma } from '../../generated/client.ts';
import { type Day, dayNumber } from '@tideline/domain/calendar';
import type { Measures } from '@tideline/domain/measure';
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

/** What SQL can say of an account alone; `standing` and `onboarding` are relative and added by who knows the others. */
export type OwnMeasures = Omit<Measures, 'standing' | 'onboarding'>;
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

const WEEKS = 24;
const weekSums = Prisma.raw(Array.from({ length: WEEKS }, (_, i) => `coalesce(sum(value) FILTER (WHERE week = ${WEEKS - 1 - i}), 0)::float8`).join(', '));

/**
 * One row of measures per account (score.md 4): one pass over its days, a second over the last 24 weeks. Accounts that had not
 * started by `use` are absent.
 */
export const readSignals = async (tx: WorkspaceTx, scope: SignalScope): Promise<AccountSignal[]> => {
  const { use, money, accountIds, priced } = scope;
  const workspace = Prisma.sql`${tx.workspaceId}::uuid`;
  const [t, r] = [Prisma.sql`${use}::date`, Prisma.sql`${money}::date`];
  const only = (column: string) => (accountIds === null ? Prisma.empty : Prisma.sql`AND ${Prisma.raw(column)} = ANY(${plain(accountIds)}::uuid[])`);
  const value = Prisma.raw(priced ? 'revenue' : 'quantity');
  const rows = await tx.db.$queryRaw<SignalRow[]>`
    WITH year AS (
      SELECT account_id, min(day) AS first_fact, count(*) FILTER (WHERE active)::int AS ever,
        min(day) FILTER (WHERE active) AS first, max(day) FILTER (WHERE active) AS last,
        min(day) FILTER (WHERE active AND day > ${t} - 364) AS year_first,
        count(*) FILTER (WHERE active AND day > ${t} - 182)::int AS days182, count(*) FILTER (WHERE active AND day > ${t} - 364)::int AS days364,
        sum(${value}) FILTER (WHERE day > ${r} - 364 AND day <= ${r})::float8 AS revenue364
      FROM account_day WHERE workspace_id = ${workspace} AND day <= ${t} ${only('account_id')} GROUP BY account_id),
    recent AS (
      SELECT account_id, count(*) FILTER (WHERE used < 28)::int AS days28, count(*) FILTER (WHERE used < 84)::int AS days84,
        count(*) FILTER (WHERE used >= 28 AND used < 112)::int AS prior84,
        bit_count(bit_or(meters) FILTER (WHERE used < 28)::bit(64))::int AS meters28,
        bit_count(bit_or(meters) FILTER (WHERE used >= 28 AND used < 112)::bit(64))::int AS meters_prior84,
        sum(value) FILTER (WHERE week BETWEEN 0 AND 3)::float8 AS revenue28, sum(value) FILTER (WHERE week BETWEEN 0 AND 11)::float8 AS revenue84,
        sum(value) FILTER (WHERE age BETWEEN 0 AND 89)::float8 AS revenue90, sum(value) FILTER (WHERE week BETWEEN 12 AND 23)::float8 AS revenue_prior84,
        (sum(value) FILTER (WHERE week BETWEEN 0 AND 3))::text AS net28, array_to_string(ARRAY[${weekSums}], ' ') AS weeks
      FROM (SELECT account_id, meters, ${value} AS value, CASE WHEN active THEN ${t} - day END AS used, ${r} - day AS age,
          CASE WHEN day <= ${r} THEN (${r} - day) / 7 END AS week
        FROM account_day WHERE workspace_id = ${workspace} AND day > ${r} - 168 AND day <= ${t} ${only('account_id')}) d
      GROUP BY account_id)
    SELECT a.id::text AS id, a.status = 'live' AS live, (m.day - ${startDay})::int AS "ttfvDays",
      ${t} - ${startDay} AS age, ${t} - y.first AS first, ${t} - y.last AS last, ${t} - y.year_first AS "yearFirst",
      y.ever, y.days182, y.days364, y.revenue364, c.days28, c.days84, c.prior84, c.meters28, c.meters_prior84 AS "metersPrior84",
      c.revenue28, c.revenue84, c.revenue90, c.revenue_prior84 AS "revenuePrior84", c.net28, c.weeks
    FROM account a
    LEFT JOIN year y ON y.account_id = a.id
    LEFT JOIN recent c ON c.account_id = a.id
    LEFT JOIN milestone_reached m ON m.workspace_id = a.workspace_id AND m.account_id = a.id AND m.day <= ${t}
      AND m.milestone_id = (SELECT id FROM milestone WHERE workspace_id = ${workspace} AND first_value AND archived_at IS NULL ORDER BY created_at DESC LIMIT 1)
    WHERE a.workspace_id = ${workspace} ${only('a.id')} AND (y.account_id IS NOT NULL OR ${startDay} <= ${t})`;
  return rows.map((row) => ({ accountId: row.id, live: row.live, own: ownMeasures(row, scope), netRevenue28: row.net28 ?? '0' }));
};

/** Where an account's age counts from while nobody has used it: contract, creation, first fact. */
const startDay = Prisma.raw('coalesce(a.contract_start, a.created_day, y.first_fact, a.created_at::date)');

/** Days are given as days before `use`; absent sums are null. */
type SignalRow = {
  id: string;
  live: boolean;
  ttfvDays: number | null;
  age: number;
  first: number | null;
  last: number | null;
  yearFirst: number | null;
  ever: number | null;
  days182: number | null;
  days364: number | null;
  revenue364: number | null;
  days28: number | null;
  days84: number | null;
  prior84: number | null;
  meters28: number | null;
  metersPrior84: number | null;
  revenue28: number | null;
  revenue84: number | null;
  revenue90: number | null;
  revenuePrior84: number | null;
  net28: DecimalText | null;
  weeks: string | null;
};

const cents = (amount: number | null): number => Math.max(0, Math.round((amount ?? 0) * 100) / 100);
const NO_WEEKS = Array.from<number>({ length: WEEKS }).fill(0);

/** Today's tick is not known: an account in use today has no silence, and its span ends with the last complete day. */
const ownMeasures = (row: SignalRow, { use, money, ticks, manyMeters }: SignalScope): OwnMeasures => {
  const [asOf, complete] = [dayNumber(use), dayNumber(money)];
  const back = (days: number | null): number | null => (days === null ? null : asOf - days);
  const lastTick = row.last === null ? 0 : ticks(Math.min(asOf - row.last, complete));
  return {
    asOf,
    firstDay: back(row.first),
    lastDay: back(row.last),
    yearFirstDay: back(row.yearFirst),
    ageDays: Math.max(0, row.age),
    usageDaysEver: row.ever ?? 0,
    days28: row.days28 ?? 0,
    days84: row.days84 ?? 0,
    days182: row.days182 ?? 0,
    days364: row.days364 ?? 0,
    daysPrior84: row.prior84 ?? 0,
    revenue28: cents(row.revenue28),
    revenue84: cents(row.revenue84),
    revenue90: cents(row.revenue90),
    revenue364: cents(row.revenue364),
    revenuePrior84: cents(row.revenuePrior84),
    clockSilent: row.last === null ? 0 : ticks(complete) - lastTick,
    clockSpan: row.yearFirst === null ? 0 : lastTick - ticks(Math.min(asOf - row.yearFirst, complete)),
    meters28: manyMeters ? (row.meters28 ?? 0) : null,
    metersPrior84: manyMeters ? (row.metersPrior84 ?? 0) : null,
    weeks: row.weeks === null ? NO_WEEKS : row.weeks.split(' ').map((value) => Math.round(Number(value) * 100) / 100),
    ttfvDays: row.ttfvDays === null ? null : Math.max(0, row.ttfvDays),
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

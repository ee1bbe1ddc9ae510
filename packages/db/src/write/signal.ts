import { Prisma } from '../../generated/client.ts';
import { type Day, dayNumber } from '@tideline/domain/calendar';
import type { OwnMeasures } from '@tideline/domain/usage-history';
import type { DecimalText } from '@tideline/domain/money';
import type { SegmentState } from '@tideline/domain/segment';
import type { Band } from '@tideline/domain/health';
import { plain } from '../array-literal.ts';
import type { StatementTx, WorkspaceTx } from '../workspace.ts';
import { carryWindows, isCarriedTo, keptWindows, usedIn, windowRows } from './window.ts';

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

/**
 * One row of measures per account (score.md 4), by the sums of its windows: carried where all accounts are asked for, on a complete day.
 * The weeks are left out (`weeks.ts`): few accounts need them. Accounts that had not started by `use` are absent.
 */
export const readSignals = async (tx: WorkspaceTx, scope: SignalScope): Promise<AccountSignal[]> => {
  const { use, money, accountIds, ...basis } = scope;
  if (accountIds === null) {
    await carryWindows(tx, use, basis);
    return signalsOf(tx, scope, keptWindows(tx, null));
  }
  const anew = (ids: readonly string[]) => signalsOf(tx, { ...scope, accountIds: ids }, windowRows(tx, { use, paid: money }, basis, ids));
  if (use !== money || !(await isCarriedTo(tx, use, basis))) return anew(accountIds);
  const kept = await signalsOf(tx, scope, keptWindows(tx, accountIds));
  const found = new Set(kept.map(({ accountId }) => accountId));
  const rest = accountIds.filter((id) => !found.has(id));
  return rest.length === 0 ? kept : [...kept, ...(await anew(rest))];
};

/** By these windows, a row per account. */
const signalsOf = async (tx: WorkspaceTx, scope: SignalScope, windows: Prisma.Sql): Promise<AccountSignal[]> => {
  const workspace = Prisma.sql`${tx.workspaceId}::uuid`;
  const t = Prisma.sql`${scope.use}::date`;
  const { accountIds } = scope;
  const only = (column: string) => (accountIds === null ? Prisma.empty : Prisma.sql`AND ${Prisma.raw(column)} = ANY(${plain(accountIds)}::uuid[])`);
  const rows = await tx.db.$queryRaw<SignalRow[]>`
    WITH later AS (
      SELECT account_id, count(*)::int AS days FROM account_day WHERE workspace_id = ${workspace} AND day > ${t} AND active ${only('account_id')} GROUP BY account_id)
    SELECT a.id::text AS id, a.status = 'live' AS live, a.plan, a.industry, a.region, (m.day - ${startDay})::int AS "ttfvDays", ${t} - ${startDay} AS age,
      ${t} - s.first_day AS first, s.usage_days - coalesce(l.days, 0) AS ever, ${t} - y.year_first AS "yearFirst", y.used::float8 AS used, ${t} - y.last_day AS last,
      trim_scale(y.worth28)::text AS "worth28", ${Prisma.raw([84, 90, 168, 364].map((days) => `y.worth${days}::float8 AS worth${days}`).join(', '))},
      bit_count(y.meters28::bit(64))::int AS meters28, bit_count(y.meters_prior84::bit(64))::int AS "metersPrior84"
    FROM account a
    JOIN (${windows}) y ON y.account_id = a.id
    LEFT JOIN account_span s ON s.workspace_id = a.workspace_id AND s.account_id = a.id AND s.first_day <= ${t}
    LEFT JOIN later l ON l.account_id = a.id
    LEFT JOIN milestone_reached m ON m.workspace_id = a.workspace_id AND m.account_id = a.id AND m.day <= ${t}
      AND m.milestone_id = (SELECT id FROM milestone WHERE workspace_id = ${workspace} AND first_value AND archived_at IS NULL ORDER BY created_at DESC LIMIT 1)
    WHERE a.workspace_id = ${workspace} AND (s.account_id IS NOT NULL OR ${startDay} <= ${t}
      OR (SELECT d.day FROM account_day d WHERE d.workspace_id = a.workspace_id AND d.account_id = a.id AND d.day <= ${t} LIMIT 1) IS NOT NULL)`;
  return rows.map((row) => ({ accountId: row.id, live: row.live, own: ownMeasures(row, scope), netRevenue28: row.worth28 }));
};

/** Where an account's age counts from while nobody has used it: contract, else creation, which is its first fact where no one said otherwise. */
const startDay = Prisma.raw('coalesce(a.contract_start, a.created_day, a.created_at::date)');

/** Days are given as days before `use`; null: there is none. */
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
  /** days of the windows, packed */
  used: number;
  meters28: number;
  metersPrior84: number;
  worth28: DecimalText;
  worth84: number;
  worth90: number;
  worth168: number;
  worth364: number;
};

const cents = (amount: number): number => Math.max(0, Math.round(amount * 100) / 100);

/** Today's tick is not known: an account in use today has no silence, and its span ends with the last complete day. */
const ownMeasures = (row: SignalRow, { use, money, ticks, manyMeters }: SignalScope): OwnMeasures => {
  const [asOf, complete] = [dayNumber(use), dayNumber(money)];
  const back = (days: number | null): number | null => (days === null ? null : asOf - days);
  const [days28 = 0, days84 = 0, days112 = 0, days182 = 0, days364 = 0] = usedIn(row.used);
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
    revenue28: cents(Number(row.worth28)),
    revenue84: cents(row.worth84),
    revenue90: cents(row.worth90),
    revenue364: cents(row.worth364),
    revenuePrior84: cents(row.worth168 - row.worth84),
    clockSilent: row.last === null ? 0 : ticks(complete) - lastTick,
    clockSpan: row.yearFirst === null ? 0 : lastTick - ticks(Math.min(asOf - row.yearFirst, complete)),
    meters28: manyMeters ? row.meters28 : null,
    metersPrior84: manyMeters ? row.metersPrior84 : null,
    weeks: null,
    ttfvDays: row.ttfvDays === null ? null : Math.max(0, row.ttfvDays),
    traits: { plan: row.plan, industry: row.industry, region: row.region },
  };
};

/** Usage days of the first 60 of these accounts, as bits (`peer-group.ts`). */
export const readStarters = (tx: WorkspaceTx, accountIds: readonly string[]): Promise<{ accountId: string; low: number; high: number }[]> =>
  tx.db.$queryRaw<{ accountId: string; low: number; high: number }[]>`
    SELECT account_id::text AS "accountId", (start_days & 1073741823)::int AS low, (start_days >> 30)::int AS high
    FROM account_span WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ANY(${plain(accountIds)}::uuid[])`;

/** How these accounts (null: all) stood, on the day `asOf` is judged. */
export const readPasts = async (tx: StatementTx, asOf: Day, accountIds: readonly string[] | null): Promise<Map<string, Past>> => {
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

import { type Day, dayNumber } from '@tideline/domain/calendar';
import type { WorkspaceTx } from '../workspace.ts';
import type { AccountSignal, OwnMeasures, SignalScope } from './signal.ts';

/** Account-days that one process holds to walk a history in memory; a larger workspace reads each day by SQL. */
const MOST_ROWS = 1_500_000;

/** One account's whole past, ascending; `valueTo[i]` and `usedTo[i]` add up everything before row i. */
type History = {
  readonly accountId: string;
  readonly live: boolean;
  /** Day its age counts from, and the day it reached first value. */
  readonly start: number;
  readonly reached: number | null;
  readonly days: Int32Array;
  readonly valueTo: Float64Array;
  readonly usedDays: Int32Array;
  /** Meters used on each of `usedDays`, as bits. */
  readonly meters: readonly number[];
};

/** Measures of every account on a day, and the weeks of those that need them. */
export type SignalsOn = { on(day: Day): AccountSignal[]; weeks(day: Day, accountIds: readonly string[]): Map<string, number[]> };

/**
 * Reads every account's days once and measures any day up to `through` from memory: what `readSignals` says by SQL, for walks over
 * hundreds of days. Sums are doubles rounded to the cent. Null when the workspace is too large to hold.
 */
export const loadHistories = async (tx: WorkspaceTx, through: Day, scope: Pick<SignalScope, 'priced' | 'manyMeters' | 'ticks'>): Promise<SignalsOn | null> => {
  const [size] = await tx.db.$queryRaw<{ rows: number }[]>`
    SELECT count(*)::int AS rows FROM (SELECT 1 FROM account_day WHERE workspace_id = ${tx.workspaceId}::uuid AND day <= ${through}::date LIMIT ${MOST_ROWS + 1}) few`;
  if ((size?.rows ?? 0) > MOST_ROWS) return null;
  const rows = await tx.db.$queryRaw<HistoryRow[]>`
    SELECT a.id::text AS id, a.status = 'live' AS live, coalesce(a.contract_start, a.created_day, a.created_at::date)::text AS start, m.day::text AS reached, d.days
    FROM account a
    LEFT JOIN (
      SELECT account_id, string_agg((day - '1970-01-01'::date) || ' ' || CASE WHEN active THEN meters ELSE -1 END || ' ' || CASE WHEN ${scope.priced} THEN revenue ELSE quantity END, ',' ORDER BY day) AS days
      FROM account_day WHERE workspace_id = ${tx.workspaceId}::uuid AND day <= ${through}::date GROUP BY account_id) d ON d.account_id = a.id
    LEFT JOIN milestone_reached m ON m.workspace_id = a.workspace_id AND m.account_id = a.id
      AND m.milestone_id = (SELECT id FROM milestone WHERE workspace_id = ${tx.workspaceId}::uuid AND first_value AND archived_at IS NULL ORDER BY created_at DESC LIMIT 1)
    WHERE a.workspace_id = ${tx.workspaceId}::uuid`;
  const histories = rows.map(historyOf);
  const byId = new Map(histories.map((history) => [history.accountId, history]));
  return {
    on: (day) => {
      const asOf = dayNumber(day);
      return histories.flatMap((history) => {
        const own = measuresOn(history, asOf, scope);
        return own ? [{ accountId: history.accountId, live: history.live, own: own.measures, netRevenue28: own.net28.toFixed(2) }] : [];
      });
    },
    weeks: (day, accountIds) =>
      new Map(
        accountIds.flatMap((id) => {
          const history = byId.get(id);
          return history ? [[id, weeksOn(history, dayNumber(day))]] : [];
        }),
      ),
  };
};

type HistoryRow = { id: string; live: boolean; start: Day; reached: Day | null; days: string | null };

const historyOf = ({ id, live, start, reached, days }: HistoryRow): History => {
  const rows = (days ?? '').split(',').flatMap((row) => {
    const [day = '', meters = '', value = ''] = row.split(' ');
    return row === '' ? [] : [{ day: Number(day), meters: Number(meters), value: Number(value) }];
  });
  const used = rows.filter((row) => row.meters >= 0);
  const valueTo = new Float64Array(rows.length + 1);
  for (const [i, { value }] of rows.entries()) valueTo[i + 1] = (valueTo[i] ?? 0) + value;
  return {
    accountId: id,
    live,
    start: dayNumber(start),
    reached: reached === null ? null : dayNumber(reached),
    days: Int32Array.from(rows, (row) => row.day),
    valueTo,
    usedDays: Int32Array.from(used, (row) => row.day),
    meters: used.map((row) => row.meters),
  };
};

/** How many of the ascending days are on or before `day`. */
const upTo = (days: Int32Array, day: number): number => {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] ?? 0) <= day) low = middle + 1;
    else high = middle;
  }
  return low;
};

const cents = (amount: number): number => Math.round(amount * 100) / 100;
const WEEK_ENDS = Array.from({ length: 24 }, (_, i) => 7 * (23 - i));

const weeksOn = ({ days, valueTo }: History, asOf: number): number[] => {
  const valueUpTo = (ago: number) => valueTo[upTo(days, asOf - ago)] ?? 0;
  return WEEK_ENDS.map((end) => cents(valueUpTo(end) - valueUpTo(end + 7)));
};

const measuresOn = (
  history: History,
  asOf: number,
  { ticks, manyMeters }: Pick<SignalScope, 'ticks' | 'manyMeters'>,
): { measures: OwnMeasures; net28: number } | null => {
  const { days, valueTo, usedDays, start, reached } = history;
  if (start > asOf && (days[0] ?? Infinity) > asOf) return null;
  const usedTo = (ago: number) => upTo(usedDays, asOf - ago);
  const valueUpTo = (ago: number) => valueTo[upTo(days, asOf - ago)] ?? 0;
  const [now, ago28, ago112, ago364] = [usedTo(0), usedTo(28), usedTo(112), usedTo(364)];
  const net = (from: number, to = 0) => cents(valueUpTo(to) - valueUpTo(from));
  const money = (from: number, to = 0) => Math.max(0, net(from, to));
  const firstDay = now > 0 ? (usedDays[0] ?? null) : null;
  const lastDay = now > 0 ? (usedDays[now - 1] ?? null) : null;
  const yearFirstDay = now > ago364 ? (usedDays[ago364] ?? null) : null;
  const net28 = net(28);
  const measures = {
    asOf,
    firstDay,
    lastDay,
    yearFirstDay,
    ageDays: Math.max(0, asOf - start),
    usageDaysEver: now,
    days28: now - ago28,
    days84: now - usedTo(84),
    days182: now - usedTo(182),
    days364: now - ago364,
    daysPrior84: ago28 - ago112,
    revenue28: Math.max(0, net28),
    revenue84: money(84),
    revenue90: money(90),
    revenue364: money(364),
    revenuePrior84: money(168, 84),
    clockSilent: lastDay === null ? 0 : ticks(asOf) - ticks(lastDay),
    clockSpan: lastDay === null || yearFirstDay === null ? 0 : ticks(lastDay) - ticks(yearFirstDay),
    meters28: manyMeters ? metersIn(history, ago28, now) : null,
    metersPrior84: manyMeters ? metersIn(history, ago112, ago28) : null,
    weeks: null,
    ttfvDays: reached === null || reached > asOf ? null : Math.max(0, reached - start),
  };
  return { measures, net28 };
};

/** Bits go up to 62 and do not fit a 32-bit operation: counted in halves. */
const metersIn = ({ meters }: History, from: number, to: number): number => {
  let [low, high] = [0, 0];
  for (let i = from; i < to; i++) {
    const bits = meters[i] ?? 0;
    low |= bits % 2 ** 31;
    high |= Math.floor(bits / 2 ** 31);
  }
  return bitCount(low) + bitCount(high);
};

const bitCount = (bits: number): number => {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
};

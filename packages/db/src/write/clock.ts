import { type Day, dayFromNumber, dayNumber } from '@tideline/domain/calendar';
import { regularityOf, workspaceClock } from '@tideline/domain/clock';
import { plain } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';
import type { Ticks } from './signal.ts';

/** The workspace clock: its first day, and K by day number; days before count as its start, days after as its end. */
export type Clock = { readonly firstDay: Day; readonly ticks: Ticks };

const clockOf = (firstDay: Day, clock: ArrayLike<number>): Clock => {
  const first = dayNumber(firstDay);
  return { firstDay, ticks: (day) => (day < first ? 0 : (clock[Math.min(day - first, clock.length - 1)] ?? 0)) };
};

/** The clock as the last close left it; null before the first usage. */
export const readClock = async (tx: WorkspaceTx): Promise<Clock | null> => {
  const rows = await tx.db.$queryRaw<
    { day: Day; clock: number }[]
  >`SELECT day::text, clock FROM clock_tick WHERE workspace_id = ${tx.workspaceId}::uuid ORDER BY day`;
  const [first] = rows;
  return first
    ? clockOf(
        first.day,
        rows.map(({ clock }) => clock),
      )
    : null;
};

/**
 * Brings the clock up to a day: counts live accounts with usage on days that are new or that late facts reached, and writes
 * K from the first of them on. Null when nothing was used by then.
 */
export const refreshClock = async (tx: WorkspaceTx, through: Day): Promise<Clock | null> => {
  const first = await firstUsageDay(tx, through);
  if (!first) return null;
  await tx.db.$executeRaw`DELETE FROM clock_tick WHERE workspace_id = ${tx.workspaceId}::uuid AND day < ${first}::date`;
  const known = await tx.db.$queryRaw<{ day: Day; active: number | null }[]>`
    SELECT day::text, active_accounts AS active FROM clock_tick WHERE workspace_id = ${tx.workspaceId}::uuid AND day <= ${through}::date ORDER BY day`;
  const length = dayNumber(through) - dayNumber(first) + 1;
  const active = Array.from<number | null>({ length }).fill(null);
  for (const { day, active: count } of known) active[dayNumber(day) - dayNumber(first)] = count;
  const stale = active.indexOf(null);
  const counts = stale === -1 ? new Map<Day, number>() : await countActive(tx, dayFromNumber(dayNumber(first) + stale), through);
  for (let i = stale; i >= 0 && i < length; i++) active[i] = counts.get(dayFromNumber(dayNumber(first) + i)) ?? 0;
  const clock = workspaceClock(active.map((count) => count ?? 0));
  const refreshed = clockOf(first, clock);
  if (stale === -1) return refreshed;
  const rows = active.map((count, i) => ({ day: dayFromNumber(dayNumber(first) + i), count, clock: clock[i] ?? 0 })).slice(stale);
  await tx.db.$executeRaw`
    INSERT INTO clock_tick (workspace_id, day, active_accounts, clock)
    SELECT ${tx.workspaceId}::uuid, * FROM unnest(${plain(rows.map((r) => r.day))}::date[], ${plain(rows.map((r) => r.count))}::int[], ${plain(rows.map((r) => r.clock))}::float8[])
    ON CONFLICT (workspace_id, day) DO UPDATE SET active_accounts = excluded.active_accounts, clock = excluded.clock`;
  return refreshed;
};

const firstUsageDay = async (tx: WorkspaceTx, through: Day): Promise<Day | null> => {
  const [row] = await tx.db.$queryRaw<{ day: Day }[]>`
    SELECT d.day::text FROM account_day d JOIN account a ON a.workspace_id = d.workspace_id AND a.id = d.account_id
    WHERE d.workspace_id = ${tx.workspaceId}::uuid AND d.day <= ${through}::date AND d.active AND a.status = 'live' ORDER BY d.day LIMIT 1`;
  return row?.day ?? null;
};

const countActive = async (tx: WorkspaceTx, from: Day, through: Day): Promise<Map<Day, number>> => {
  const rows = await tx.db.$queryRaw<{ day: Day; active: number }[]>`
    SELECT d.day::text, count(*)::int AS active FROM account_day d JOIN account a ON a.workspace_id = d.workspace_id AND a.id = d.account_id
    WHERE d.workspace_id = ${tx.workspaceId}::uuid AND d.day BETWEEN ${from}::date AND ${through}::date AND d.active AND a.status = 'live' GROUP BY d.day`;
  return new Map(rows.map(({ day, active }) => [day, active]));
};

/**
 * k at its grid day (score.md 4.2): of each account, the last 13 usage days inside (g-364, g] give up to six disjoint
 * pairs of gaps on the clock; SQL delivers how many, and their variance.
 */
export const regularityAt = async (tx: WorkspaceTx, grid: Day): Promise<number> => {
  const [row] = await tx.db.$queryRaw<{ pairs: number; variance: number | null }[]>`
    SELECT count(*)::int AS pairs, var_pop((k[2 * j] - k[2 * j + 1]) / (k[2 * j - 1] - k[2 * j + 1])) AS variance
    FROM account a
    CROSS JOIN LATERAL (
      SELECT array_agg(t.clock ORDER BY d.day DESC) AS k FROM (
        SELECT day FROM account_day WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = a.id AND active
          AND day > ${grid}::date - 364 AND day <= ${grid}::date ORDER BY day DESC LIMIT 13) d
      JOIN clock_tick t ON t.workspace_id = ${tx.workspaceId}::uuid AND t.day = d.day) ticks
    CROSS JOIN generate_series(1, 6) j
    WHERE a.workspace_id = ${tx.workspaceId}::uuid AND a.status = 'live' AND cardinality(k) >= 2 * j + 1`;
  return regularityOf(row?.pairs ?? 0, row?.variance ?? 0);
};

import { Prisma } from '../../generated/client.ts';
import type { Day } from '@tideline/domain/calendar';
import { plain } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';
import { dropCarried } from './window.ts';

/** An account whose usage changed, and the earliest day that did. */
export type Dirty = { accountId: string; fromDay: Day };

/** Takes up to `limit` accounts out of the list of what is owed, longest waiting first. They come back when the transaction fails. */
export const claimDirty = (tx: WorkspaceTx, limit: number): Promise<Dirty[]> =>
  tx.db.$queryRaw<Dirty[]>`
    DELETE FROM rescore r USING (
      SELECT account_id FROM rescore WHERE workspace_id = ${tx.workspaceId}::uuid ORDER BY marked_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) taken
    WHERE r.workspace_id = ${tx.workspaceId}::uuid AND r.account_id = taken.account_id
    RETURNING r.account_id::text AS "accountId", r.from_day::text AS "fromDay"`;

/** What is owed, in the order of accounts behind one; it stays owed. */
export const owedAfter = (tx: WorkspaceTx, after: string | null, limit: number): Promise<Dirty[]> =>
  tx.db.$queryRaw<Dirty[]>`
    SELECT account_id::text AS "accountId", from_day::text AS "fromDay" FROM rescore
    WHERE workspace_id = ${tx.workspaceId}::uuid AND (${after}::uuid IS NULL OR account_id > ${after}::uuid) ORDER BY account_id LIMIT ${limit}`;

/** Takes these accounts out of the list of what is owed, those that are in it. */
export const claimOwed = (tx: WorkspaceTx, ids: readonly string[]): Promise<Dirty[]> =>
  tx.db.$queryRaw<Dirty[]>`
    DELETE FROM rescore WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ANY(${plain(ids)}::uuid[])
    RETURNING account_id::text AS "accountId", from_day::text AS "fromDay"`;

/** Accounts that hold a level (`LAST`) which earns, or is the main meter: each day adds to them without an event. */
export const accountsWithLevels = async (tx: WorkspaceTx): Promise<string[]> => {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    WITH ${metersNow(tx)}
    SELECT DISTINCT u.account_id::text AS id FROM daily_usage u JOIN meters m ON m.version_id = u.meter_version_id
    WHERE u.workspace_id = ${tx.workspaceId}::uuid AND m.aggregation = 'LAST' AND (m.main OR m.priced)`;
  return rows.map(({ id }) => id);
};

/**
 * Daily usage → money → what the score reads, for these accounts from their day on (metrics.md, Rating). Days before it cannot
 * change: a period only adds up forwards. `through`: the last complete day, to which levels are carried.
 */
export const rateAccounts = async (tx: WorkspaceTx, dirty: readonly Dirty[], through: Day): Promise<void> => {
  if (dirty.length === 0) return;
  const list = Prisma.sql`dirty AS MATERIALIZED (SELECT * FROM unnest(${plain(dirty.map((d) => d.accountId))}::uuid[], ${plain(dirty.map((d) => d.fromDay))}::date[]) AS d (account_id, from_day))`;
  await rateRevenue(tx, list, through);
  await sumAccountDays(tx, list, through);
  await reachMilestones(tx, list);
  await staleTicks(tx, list);
  await dropCarried(tx, list);
};

/** The current version of each meter: its place among the meters, whether it is the main one, whether it has a price. */
export const metersNow = (tx: WorkspaceTx): Prisma.Sql => Prisma.sql`
  meters AS MATERIALIZED (
    SELECT m.id AS meter_id, v.id AS version_id, v.aggregation, v.counts_activity, w.currency,
      CASE WHEN v.counts_activity THEN 1::bigint << least(62, m.place - 1)::int ELSE 0 END AS bit,
      m.id = coalesce(w.main_meter_id, m.first_id) AS main,
      EXISTS (SELECT 1 FROM price p WHERE p.workspace_id = w.id AND p.meter_id = m.id AND p.currency = w.currency) AS priced
    FROM workspace w
    JOIN (SELECT *, row_number() OVER (ORDER BY created_at, id) AS place, first_value(id) OVER (ORDER BY archived_at IS NOT NULL, position, created_at, id) AS first_id
      FROM meter WHERE workspace_id = ${tx.workspaceId}::uuid) m ON m.workspace_id = w.id
    JOIN meter_version v ON v.workspace_id = w.id AND v.meter_id = m.id AND v.state = 'current'
    WHERE w.id = ${tx.workspaceId}::uuid)`;

/**
 * Levels of `LAST` meters, carried over the days without events: one row per account, meter and day. A day whose events all
 * left it (`last_key` is empty) says nothing of the level.
 */
const levels = (tx: WorkspaceTx, through: Day): Prisma.Sql => Prisma.sql`
  levels AS (
    SELECT d.account_id, d.from_day, m.meter_id, m.main, m.priced, m.currency, g::date AS day, l.quantity
    FROM dirty d CROSS JOIN meters m
    CROSS JOIN LATERAL (SELECT min(u.day) AS day FROM daily_usage u
      WHERE u.workspace_id = ${tx.workspaceId}::uuid AND u.account_id = d.account_id AND u.meter_version_id = m.version_id AND u.last_key <> '') first
    CROSS JOIN LATERAL generate_series(greatest(date_trunc('month', d.from_day)::date, first.day), ${through}::date, interval '1 day') g
    CROSS JOIN LATERAL (SELECT u.quantity FROM daily_usage u
      WHERE u.workspace_id = ${tx.workspaceId}::uuid AND u.account_id = d.account_id AND u.meter_version_id = m.version_id AND u.day <= g::date AND u.last_key <> ''
      ORDER BY u.day DESC LIMIT 1) l
    WHERE m.aggregation = 'LAST' AND (m.main OR m.priced))`;

/**
 * Amount per account, meter and day under the price in force that day. A level owes its share of the month; its running amount is
 * kept to 18 places, so that days add up exactly (`rating.ts` is the slow way; the test holds this against it).
 */
const rateRevenue = async (tx: WorkspaceTx, list: Prisma.Sql, through: Day): Promise<void> => {
  await tx.db.$executeRaw`
    WITH ${list} DELETE FROM daily_revenue r USING dirty d
    WHERE r.workspace_id = ${tx.workspaceId}::uuid AND r.account_id = d.account_id AND r.day >= d.from_day`;
  await tx.db.$executeRaw`
    WITH ${list}, ${metersNow(tx)}, ${levels(tx, through)}, quantities AS (
      SELECT u.account_id, m.meter_id, m.currency, u.day, u.quantity AS after, 0::numeric AS before, 1 AS divisor
      FROM dirty d JOIN daily_usage u ON u.workspace_id = ${tx.workspaceId}::uuid AND u.account_id = d.account_id AND u.day >= d.from_day
      JOIN meters m ON m.version_id = u.meter_version_id AND m.priced AND m.aggregation IN ('SUM', 'COUNT')
      UNION ALL
      SELECT account_id, meter_id, currency, day, count(*), 0, 1 FROM (
        SELECT u.account_id, m.meter_id, m.currency, d.from_day, min(u.day) AS day
        FROM dirty d JOIN unique_value u ON u.workspace_id = ${tx.workspaceId}::uuid AND u.account_id = d.account_id AND u.day >= date_trunc('month', d.from_day)::date
        JOIN meters m ON m.version_id = u.meter_version_id AND m.priced AND m.aggregation = 'UNIQUE'
        GROUP BY u.account_id, m.meter_id, m.currency, d.from_day, date_trunc('month', u.day), u.hash) firsts
      WHERE day >= from_day GROUP BY account_id, meter_id, currency, day
      UNION ALL
      SELECT account_id, meter_id, currency, day, top, coalesce(lag(top) OVER (PARTITION BY account_id, meter_id, date_trunc('month', day) ORDER BY day), 0), 1 FROM (
        SELECT u.account_id, m.meter_id, m.currency, u.day, max(u.quantity) OVER (PARTITION BY u.account_id, m.meter_id, date_trunc('month', u.day) ORDER BY u.day) AS top
        FROM dirty d JOIN daily_usage u ON u.workspace_id = ${tx.workspaceId}::uuid AND u.account_id = d.account_id AND u.day >= date_trunc('month', d.from_day)::date
        JOIN meters m ON m.version_id = u.meter_version_id AND m.priced AND m.aggregation = 'MAX') tops
      UNION ALL
      SELECT account_id, meter_id, currency, day, total, total - quantity, extract(day FROM date_trunc('month', day) + interval '1 month - 1 day')::int FROM (
        SELECT *, sum(quantity) OVER (PARTITION BY account_id, meter_id, date_trunc('month', day) ORDER BY day) AS total FROM levels WHERE priced) running)
    INSERT INTO daily_revenue (workspace_id, account_id, meter_id, day, amount)
    SELECT ${tx.workspaceId}::uuid, account_id, meter_id, day, amount FROM (
      SELECT q.account_id, q.meter_id, q.day, CASE WHEN q.divisor = 1 THEN (q.after - q.before) * p.unit
        ELSE round((q.after * p.unit)::numeric(1000, 40) / q.divisor, 18) - round((q.before * p.unit)::numeric(1000, 40) / q.divisor, 18) END AS amount
      FROM quantities q JOIN dirty d ON d.account_id = q.account_id AND q.day >= d.from_day
      CROSS JOIN LATERAL (SELECT (p.plan->>'unitPrice')::numeric AS unit FROM price p
        WHERE p.workspace_id = ${tx.workspaceId}::uuid AND p.meter_id = q.meter_id AND p.currency = q.currency AND p.effective_from <= q.day
        ORDER BY p.effective_from DESC LIMIT 1) p) rated
    WHERE amount <> 0`;
};

/**
 * Active on any meter that counts, money of all meters, quantity of the main one: one row per day with a fact or money. With them moves what
 * stands of all days of an account in `account_span`, by the days that went and came: what scoring would otherwise scan years for.
 */
const sumAccountDays = async (tx: WorkspaceTx, list: Prisma.Sql, through: Day): Promise<void> => {
  const workspace = Prisma.sql`${tx.workspaceId}::uuid`;
  await tx.db.$executeRaw`
    WITH ${list}, gone AS (
      DELETE FROM account_day a USING dirty d WHERE a.workspace_id = ${workspace} AND a.account_id = d.account_id AND a.day >= d.from_day RETURNING a.account_id, a.active),
    left_over AS (SELECT d.account_id, d.from_day, count(*) FILTER (WHERE g.active) AS days FROM dirty d LEFT JOIN gone g USING (account_id) GROUP BY d.account_id, d.from_day)
    UPDATE account_span s SET usage_days = s.usage_days - l.days::int, start_days = s.start_days & ((1::bigint << least(60, greatest(0, l.from_day - s.first_day))) - 1),
      last_day = coalesce((SELECT max(a.day) FROM account_day a WHERE a.workspace_id = s.workspace_id AND a.account_id = s.account_id AND a.active AND a.day < l.from_day), s.last_day)
    FROM left_over l WHERE s.workspace_id = ${workspace} AND s.account_id = l.account_id AND s.last_day >= l.from_day`;
  await tx.db.$executeRaw`
    WITH ${list} DELETE FROM account_span s USING dirty d WHERE s.workspace_id = ${workspace} AND s.account_id = d.account_id AND s.first_day >= d.from_day`;
  await tx.db.$executeRaw`
    WITH ${list}, ${metersNow(tx)}, ${levels(tx, through)}, fresh AS (
    INSERT INTO account_day (workspace_id, account_id, day, active, revenue, quantity, meters)
    SELECT ${workspace}, account_id, day, bool_or(active), sum(revenue), sum(quantity), bit_or(bit) FROM (
      SELECT u.account_id, u.day, m.counts_activity AND u.active > 0 AS active, 0::numeric AS revenue,
        CASE WHEN m.main AND m.aggregation <> 'LAST' THEN u.quantity ELSE 0 END AS quantity, CASE WHEN u.active > 0 THEN m.bit ELSE 0 END AS bit
      FROM dirty d JOIN daily_usage u ON u.workspace_id = ${workspace} AND u.account_id = d.account_id AND u.day >= d.from_day
      JOIN meters m ON m.version_id = u.meter_version_id
      UNION ALL
      SELECT r.account_id, r.day, false, r.amount, 0, 0
      FROM dirty d JOIN daily_revenue r ON r.workspace_id = ${workspace} AND r.account_id = d.account_id AND r.day >= d.from_day
      UNION ALL
      SELECT account_id, day, false, 0, quantity, 0 FROM levels WHERE main AND day >= from_day) parts
    GROUP BY account_id, day RETURNING account_id, day, active),
    used AS (
      SELECT f.account_id, f.day, coalesce(s.first_day, min(f.day) OVER (PARTITION BY f.account_id)) AS first_day, coalesce(s.usage_days, 0) AS usage_days, coalesce(s.start_days, 0) AS start_days
      FROM fresh f LEFT JOIN account_span s ON s.workspace_id = ${workspace} AND s.account_id = f.account_id WHERE f.active)
    INSERT INTO account_span (workspace_id, account_id, first_day, last_day, usage_days, start_days)
    SELECT ${workspace}, account_id, first_day, max(day), usage_days + count(*)::int, start_days | coalesce(bit_or(1::bigint << (day - first_day)) FILTER (WHERE day < first_day + 60), 0)
    FROM used GROUP BY account_id, first_day, usage_days, start_days
    ON CONFLICT (workspace_id, account_id) DO UPDATE SET last_day = excluded.last_day, usage_days = excluded.usage_days, start_days = excluded.start_days`;
};

/** The first day the total of a meter reaches a milestone: of days for amounts, of distinct values ever for `UNIQUE`, the day's own figure for a gauge. */
const reachMilestones = async (tx: WorkspaceTx, list: Prisma.Sql): Promise<void> => {
  await tx.db.$executeRaw`
    WITH ${list} DELETE FROM milestone_reached r USING dirty d
    WHERE r.workspace_id = ${tx.workspaceId}::uuid AND r.account_id = d.account_id AND r.day >= d.from_day`;
  await tx.db.$executeRaw`
    WITH ${list}, ${metersNow(tx)}, owed AS (
      SELECT d.account_id, s.id AS milestone_id, s.threshold, m.version_id, m.aggregation
      FROM dirty d CROSS JOIN milestone s JOIN meters m ON m.meter_id = s.meter_id
      WHERE s.workspace_id = ${tx.workspaceId}::uuid AND s.archived_at IS NULL AND NOT EXISTS (SELECT 1 FROM milestone_reached r
        WHERE r.workspace_id = s.workspace_id AND r.account_id = d.account_id AND r.milestone_id = s.id)),
    totals AS (
      SELECT o.account_id, o.milestone_id, o.threshold, u.day,
        CASE WHEN o.aggregation IN ('MAX', 'LAST') THEN u.quantity ELSE sum(u.quantity) OVER (PARTITION BY o.account_id, o.milestone_id ORDER BY u.day) END AS total
      FROM owed o JOIN daily_usage u ON u.workspace_id = ${tx.workspaceId}::uuid AND u.account_id = o.account_id AND u.meter_version_id = o.version_id
      WHERE o.aggregation <> 'UNIQUE'
      UNION ALL
      SELECT account_id, milestone_id, threshold, day, sum(fresh) OVER (PARTITION BY account_id, milestone_id ORDER BY day) FROM (
        SELECT account_id, milestone_id, threshold, day, count(*) AS fresh FROM (
          SELECT o.account_id, o.milestone_id, o.threshold, min(u.day) AS day
          FROM owed o JOIN unique_value u ON u.workspace_id = ${tx.workspaceId}::uuid AND u.account_id = o.account_id AND u.meter_version_id = o.version_id
          WHERE o.aggregation = 'UNIQUE' GROUP BY o.account_id, o.milestone_id, o.threshold, u.hash) firsts
        GROUP BY account_id, milestone_id, threshold, day) days)
    INSERT INTO milestone_reached (workspace_id, account_id, milestone_id, day)
    SELECT ${tx.workspaceId}::uuid, account_id, milestone_id, min(day) FROM totals WHERE total >= threshold GROUP BY account_id, milestone_id
    ON CONFLICT DO NOTHING`;
};

/** Days of the clock that late facts reached are counted again at the next close; until then they stay as they were. */
const staleTicks = async (tx: WorkspaceTx, list: Prisma.Sql): Promise<void> => {
  await tx.db.$executeRaw`
    WITH ${list} UPDATE clock_tick SET active_accounts = NULL
    WHERE workspace_id = ${tx.workspaceId}::uuid AND day >= (SELECT min(from_day) FROM dirty) AND active_accounts IS NOT NULL`;
};

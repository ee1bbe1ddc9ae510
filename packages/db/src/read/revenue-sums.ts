import { addMonths, firstDayOf, lastDayOf, type Day, type Month } from '@tideline/domain/calendar';
import { retentionDefinitions, retentionSpans, type RetentionKey } from '@tideline/domain/retention';
import { Prisma } from '../../generated/client.ts';
import { plain, texts } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';

/**
 * A sum of the revenue screen. What the columns hold, by `figure` (`slice` and `value` are '' but where said):
 * - `month`: `now` revenue of the month; `accounts` with any, `kept` with more than none.
 * - `movement`: `value` its kind, `now` the amount, `accounts` that moved.
 * - `bridge_3`, `bridge_12`, of the last full month only: the same between windows; `value` also `opening` and `closing`.
 * - a definition of retention: `base`, `now`, `keptBase` = Σ min(now, base), `accounts` in the cohort, `kept` of them with
 *   revenue now. With a `slice`: of the accounts with that `value` ('' = none), last full month only.
 * - `cohort`: `slice` 'quarter', `value` the quarter accounts started in, `month` the first of a later quarter, `now` their revenue in it.
 * - `expansion`, `new_logo`: `now` by month (metrics.md, Expansion against new logo).
 * - `top`: `now` revenue in 12 months of the ten largest, `base` of all.
 * - `closed`: `now` revenue of a month as it was when it was first closed.
 */
export type RevenueSum = {
  figure: string;
  month: Month;
  slice: string;
  value: string;
  base: string;
  now: string;
  keptBase: string;
  accounts: number;
  kept: number;
};

export const REVENUE_SLICES = ['segment', 'owner', 'industry', 'region', 'plan', 'tenure'] as const;
export type RevenueSlice = (typeof REVENUE_SLICES)[number];
/** Points of one cohort and two windows. The mean definitions are made of them: Datadog's of `month_year_ago`. */
export const POINT_FIGURES = [
  'trailing_12',
  'quarter_year_ago',
  'quarter_on_quarter',
  'month_year_ago',
  'snowflake',
  'twilio',
] as const satisfies readonly RetentionKey[];

/** Whose revenue: all live accounts, those of one owner, or of one slice. */
export type RevenueScope = {
  ownerId?: string | null | undefined;
  industry?: string | null | undefined;
  region?: string | null | undefined;
  plan?: string | null | undefined;
};
/** What to sum: months from `from` to `last`; `first` is the first full month of data. */
export type SumRange = { first: Month; from: Month; last: Month; newLogoMonths: number };

const is = (column: Prisma.Sql, value: string | null | undefined): Prisma.Sql =>
  value === undefined ? Prisma.empty : value === null ? Prisma.sql`AND ${column} IS NULL` : Prisma.sql`AND ${column} = ${value}`;

/** Live accounts within the scope: internal, test and closed ones count nowhere. */
export const liveAccounts = (tx: WorkspaceTx, scope: RevenueScope): Prisma.Sql => Prisma.sql`
  live AS MATERIALIZED (SELECT a.id FROM account a WHERE a.workspace_id = ${tx.workspaceId}::uuid AND a.status = 'live'
    ${scope.ownerId === undefined ? Prisma.empty : scope.ownerId === null ? Prisma.sql`AND a.owner_id IS NULL` : Prisma.sql`AND a.owner_id = ${scope.ownerId}::uuid`}
    ${is(Prisma.sql`a.industry`, scope.industry)} ${is(Prisma.sql`a.region`, scope.region)} ${is(Prisma.sql`a.plan`, scope.plan)})`;

const columns = Prisma.sql`'' AS slice, '' AS value`;
const none = Prisma.sql`0::numeric::text`;
const monthText = (column: Prisma.Sql): Prisma.Sql => Prisma.sql`to_char(${column}, 'YYYY-MM') AS month`;

/** Every sum of the range, for the accounts of the scope. Seconds for 100,000 accounts: kept as rows for the whole workspace. */
export const revenueSums = async (tx: WorkspaceTx, range: SumRange, scope: RevenueScope = {}): Promise<RevenueSum[]> => {
  const live = liveAccounts(tx, scope);
  const parts = [await months(tx, range, live), await moved(tx, range, live), await windows(tx, range, live), await slices(tx, range, live)];
  for (const figure of POINT_FIGURES) parts.push(await points(tx, figure, range, live));
  parts.push(await cohorts(tx, range, live), await growth(tx, range, live), await top(tx, range, live));
  return parts.flat();
};

const months = (tx: WorkspaceTx, { from, last }: SumRange, live: Prisma.Sql): Promise<RevenueSum[]> => tx.db.$queryRaw`
  WITH ${live}
  SELECT 'month' AS figure, ${monthText(Prisma.sql`r.month`)}, ${columns}, ${none} AS base, sum(r.amount)::text AS now, ${none} AS "keptBase",
    count(*) FILTER (WHERE r.amount <> 0)::int AS accounts, count(*) FILTER (WHERE r.amount > 0)::int AS kept
  FROM monthly_revenue r JOIN live l ON l.id = r.account_id
  WHERE r.workspace_id = ${tx.workspaceId}::uuid AND r.month BETWEEN ${firstDayOf(from)}::date AND ${firstDayOf(last)}::date
  GROUP BY r.month`;

const moved = (tx: WorkspaceTx, { from, last }: SumRange, live: Prisma.Sql): Promise<RevenueSum[]> => tx.db.$queryRaw`
  WITH ${live}
  SELECT 'movement' AS figure, ${monthText(Prisma.sql`m.month`)}, '' AS slice, m.kind AS value, ${none} AS base, sum(m.amount)::text AS now, ${none} AS "keptBase",
    count(*)::int AS accounts, sum(m.logos)::int AS kept
  FROM movement m JOIN live l ON l.id = m.account_id
  WHERE m.workspace_id = ${tx.workspaceId}::uuid AND m.month BETWEEN ${firstDayOf(from)}::date AND ${firstDayOf(last)}::date
  GROUP BY m.month, m.kind`;

/** The bridge between windows of 3 and 12 months. */
const windows = (tx: WorkspaceTx, { last }: SumRange, live: Prisma.Sql): Promise<RevenueSum[]> => tx.db.$queryRaw`
  WITH ${live}, w AS (
    SELECT CASE w.span WHEN 'trailing_12' THEN 'bridge_12' ELSE 'bridge_3' END AS figure, w.* FROM revenue_window w JOIN live l ON l.id = w.account_id
    WHERE w.workspace_id = ${tx.workspaceId}::uuid AND w.span IN ('trailing_12', 'quarter_on_quarter')
  ), lines AS (
    SELECT w.figure, x.value, x.amount FROM w CROSS JOIN LATERAL (VALUES
      ('opening', w.base), ('closing', w.now), ('net_credits', least(w.now, 0) - least(w.base, 0))) AS x (value, amount)
    WHERE x.amount <> 0
    UNION ALL
    SELECT w.figure, w.kind, abs(greatest(w.now, 0) - greatest(w.base, 0)) FROM w WHERE w.kind IS NOT NULL
  )
  SELECT figure, ${last}::text AS month, '' AS slice, value, ${none} AS base, sum(amount)::text AS now, ${none} AS "keptBase", count(*)::int AS accounts, 0 AS kept
  FROM lines GROUP BY figure, value`;

/** Retention by what accounts have in common; the segment as on the eve of the window that is judged. */
const slices = (tx: WorkspaceTx, { last, newLogoMonths }: SumRange, live: Prisma.Sql): Promise<RevenueSum[]> => {
  const spans = POINT_FIGURES.slice(0, 4);
  return tx.db.$queryRaw`
    WITH ${live}, opening AS (
      SELECT * FROM unnest(${texts(spans)}::text[], ${plain(spans.map((span) => openingOf(span, last)))}::date[]) AS o (span, eve)
    ), cohort AS (
      SELECT w.span, w.base, w.now, a.owner_id::text AS owner, a.industry, a.region, a.plan, h.segment,
        CASE WHEN n.month > o.eve - make_interval(months => ${newLogoMonths}::int) THEN 'first_year' ELSE 'later' END AS tenure
      FROM revenue_window w JOIN live l ON l.id = w.account_id JOIN opening o ON o.span = w.span
      JOIN account a ON a.workspace_id = ${tx.workspaceId}::uuid AND a.id = w.account_id
      LEFT JOIN score_history h ON h.workspace_id = ${tx.workspaceId}::uuid AND h.account_id = w.account_id AND h.day = o.eve
      LEFT JOIN movement n ON n.workspace_id = ${tx.workspaceId}::uuid AND n.account_id = w.account_id AND n.kind = 'new'
      WHERE w.workspace_id = ${tx.workspaceId}::uuid AND w.base > 0
    )
    SELECT c.span AS figure, ${last}::text AS month, x.slice, coalesce(x.value, '') AS value, sum(c.base)::text AS base, sum(c.now)::text AS now,
      sum(least(c.now, c.base))::text AS "keptBase", count(*)::int AS accounts, count(*) FILTER (WHERE c.now > 0)::int AS kept
    FROM cohort c CROSS JOIN LATERAL (VALUES
      ('segment', c.segment), ('owner', c.owner), ('industry', c.industry), ('region', c.region), ('plan', c.plan), ('tenure', c.tenure)) AS x (slice, value)
    GROUP BY c.span, x.slice, x.value`;
};

/** The day before the judged window of a definition starts: where slices are read. */
export const openingOf = (key: RetentionKey, last: Month): Day => lastDayOf(addMonths(retentionSpans(key, last)[0]?.now.from ?? last, -1));

const cohortTest = {
  earned: Prisma.sql`coalesce(sum(r.amount) FILTER (WHERE r.month BETWEEN p.base_from AND p.base_to), 0) > 0`,
  used_first_month: Prisma.sql`bool_or(r.month = p.base_from AND r.usage_days > 0)`,
  active_last_month: Prisma.sql`bool_or(r.month = p.base_to AND r.usage_days > 0)`,
} as const;

/** The windows of a definition that end with each month, as a list of points. */
const pointList = (figure: RetentionKey, ends: readonly Month[]): Prisma.Sql => {
  const spans = ends.map((month) => retentionSpans(figure, month)[0]).filter((span) => span !== undefined);
  const days = (pick: (span: (typeof spans)[number]) => Month) => plain(spans.map((span) => firstDayOf(pick(span))));
  return Prisma.sql`point AS (SELECT * FROM unnest(${plain(ends.map(firstDayOf))}::date[], ${days((s) => s.base.from)}::date[], ${days((s) => s.base.to)}::date[],
    ${days((s) => s.now.from)}::date[], ${days((s) => s.now.to)}::date[]) AS p (month, base_from, base_to, now_from, now_to))`;
};

/** Base and now of each account of a definition's cohort at each point: the CTEs `point` and `per` (month, account_id, base, now). */
export const cohortAccounts = (tx: WorkspaceTx, figure: RetentionKey, ends: readonly Month[]): Prisma.Sql => Prisma.sql`
  ${pointList(figure, ends)}, per AS (
    SELECT p.month, r.account_id, coalesce(sum(r.amount) FILTER (WHERE r.month BETWEEN p.base_from AND p.base_to), 0) AS base,
      coalesce(sum(r.amount) FILTER (WHERE r.month BETWEEN p.now_from AND p.now_to), 0) AS now
    FROM point p JOIN monthly_revenue r ON r.workspace_id = ${tx.workspaceId}::uuid
      AND (r.month BETWEEN p.base_from AND p.base_to OR r.month BETWEEN p.now_from AND p.now_to)
    JOIN live l ON l.id = r.account_id
    GROUP BY p.month, r.account_id HAVING ${cohortTest[retentionDefinitions[figure].cohort]}
  )`;

/** How far back the trend of retention goes. */
const TREND_MONTHS = 24;

/** Months in which a point of the definition stands on full months alone. */
export const pointMonths = (figure: RetentionKey, { first, from, last }: Pick<SumRange, 'first' | 'from' | 'last'>): Month[] => {
  const ends: Month[] = [];
  for (let month = last, n = 0; n < TREND_MONTHS + 12 && month >= from; month = addMonths(month, -1), n++) {
    if ((retentionSpans(figure, month)[0]?.base.from ?? '') < first) break;
    ends.push(month);
  }
  return ends;
};

const points = async (tx: WorkspaceTx, figure: RetentionKey, range: SumRange, live: Prisma.Sql): Promise<RevenueSum[]> => {
  const ends = pointMonths(figure, range);
  if (ends.length === 0) return [];
  return tx.db.$queryRaw`
    WITH ${live}, ${cohortAccounts(tx, figure, ends)}
    SELECT ${figure}::text AS figure, ${monthText(Prisma.sql`month`)}, ${columns}, sum(base)::text AS base, sum(now)::text AS now,
      sum(least(now, base))::text AS "keptBase", count(*)::int AS accounts, count(*) FILTER (WHERE now > 0)::int AS kept
    FROM per GROUP BY month`;
};

/** Quarters shown in the triangle, starts and columns. */
const COHORT_QUARTERS = 14;

/** Revenue by quarter of the accounts that started in one: a cohort is fixed when it is formed. */
const cohorts = (tx: WorkspaceTx, { last }: SumRange, live: Prisma.Sql): Promise<RevenueSum[]> => tx.db.$queryRaw`
  WITH ${live}, started AS (
    SELECT m.account_id, date_trunc('quarter', m.month)::date AS quarter FROM movement m JOIN live l ON l.id = m.account_id
    WHERE m.workspace_id = ${tx.workspaceId}::uuid AND m.kind = 'new' AND m.month <= ${firstDayOf(last)}::date
      AND m.month >= date_trunc('quarter', ${firstDayOf(last)}::date) - make_interval(months => ${COHORT_QUARTERS * 3})
  )
  SELECT 'cohort' AS figure, ${monthText(Prisma.sql`q.month`)}, 'quarter' AS slice, to_char(q.quarter, 'YYYY-MM') AS value, ${none} AS base, sum(q.amount)::text AS now,
    ${none} AS "keptBase", s.accounts, count(*) FILTER (WHERE q.amount > 0)::int AS kept
  FROM (
    SELECT s.quarter, date_trunc('quarter', r.month)::date AS month, r.account_id, sum(r.amount) AS amount
    FROM started s JOIN monthly_revenue r ON r.workspace_id = ${tx.workspaceId}::uuid AND r.account_id = s.account_id
    WHERE r.month <= ${firstDayOf(last)}::date GROUP BY s.quarter, 2, r.account_id) q
  JOIN (SELECT quarter, count(*)::int AS accounts FROM started GROUP BY quarter) s ON s.quarter = q.quarter
  WHERE q.month + interval '2 months' <= ${firstDayOf(last)}::date OR q.month = q.quarter
  GROUP BY q.month, q.quarter, s.accounts`;

/** What accounts past their first months added against a year ago, and what those within them bring. */
const growth = (tx: WorkspaceTx, { from, last, newLogoMonths }: SumRange, live: Prisma.Sql): Promise<RevenueSum[]> => tx.db.$queryRaw`
  WITH ${live}, started AS (
    SELECT m.account_id, m.month FROM movement m JOIN live l ON l.id = m.account_id
    WHERE m.workspace_id = ${tx.workspaceId}::uuid AND m.kind = 'new'
  ), pair AS (
    SELECT account_id, month, sum(now) AS now, sum(before) AS before FROM (
      SELECT account_id, month, amount AS now, 0 AS before FROM monthly_revenue
      WHERE workspace_id = ${tx.workspaceId}::uuid AND month BETWEEN ${firstDayOf(from)}::date AND ${firstDayOf(last)}::date
      UNION ALL
      SELECT account_id, (month + interval '12 months')::date, 0, amount FROM monthly_revenue
      WHERE workspace_id = ${tx.workspaceId}::uuid AND month BETWEEN ${firstDayOf(addMonths(from, -12))}::date AND ${firstDayOf(addMonths(last, -12))}::date) sides
    GROUP BY account_id, month
  )
  SELECT x.figure, ${monthText(Prisma.sql`p.month`)}, ${columns}, ${none} AS base, sum(x.amount)::text AS now, ${none} AS "keptBase",
    count(*) FILTER (WHERE x.amount > 0)::int AS accounts, 0 AS kept
  FROM pair p JOIN started s ON s.account_id = p.account_id AND s.month <= p.month
  CROSS JOIN LATERAL (SELECT s.month > p.month - make_interval(months => ${newLogoMonths}::int) AS fresh) f
  CROSS JOIN LATERAL (SELECT CASE WHEN f.fresh THEN 'new_logo' ELSE 'expansion' END AS figure,
    CASE WHEN f.fresh THEN p.now ELSE greatest(p.now - p.before, 0) END AS amount) x
  GROUP BY x.figure, p.month`;

const top = (tx: WorkspaceTx, { last }: SumRange, live: Prisma.Sql): Promise<RevenueSum[]> => tx.db.$queryRaw`
  WITH ${live}, year AS (
    SELECT w.now, row_number() OVER (ORDER BY w.now DESC, w.account_id) AS place FROM revenue_window w JOIN live l ON l.id = w.account_id
    WHERE w.workspace_id = ${tx.workspaceId}::uuid AND w.span = 'trailing_12' AND w.now <> 0
  )
  SELECT 'top' AS figure, ${last}::text AS month, ${columns}, sum(now)::text AS base, coalesce(sum(now) FILTER (WHERE place <= 10), 0)::text AS now, ${none} AS "keptBase",
    count(*)::int AS accounts, 0 AS kept
  FROM year HAVING count(*) > 0`;

/** The sums as they were last made, for the whole workspace. */
export const storedSums = (tx: WorkspaceTx): Promise<RevenueSum[]> => tx.db.$queryRaw`
  SELECT figure, ${monthText(Prisma.sql`month`)}, slice, value, base::text AS base, now::text AS now, kept_base::text AS "keptBase", accounts, kept
  FROM revenue_total WHERE workspace_id = ${tx.workspaceId}::uuid`;

/** The first day with any usage or revenue; null when there is none. */
export const firstRevenueDay = async (tx: WorkspaceTx): Promise<Day | null> => {
  const [row] = await tx.db.$queryRaw<{ day: Day | null }[]>`SELECT min(day)::text AS day FROM account_day WHERE workspace_id = ${tx.workspaceId}::uuid`;
  return row?.day ?? null;
};

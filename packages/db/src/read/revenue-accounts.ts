import { addMonths, firstDayOf, type Day, type Month } from '@tideline/domain/calendar';
import type { RetentionKey } from '@tideline/domain/retention';
import type { MovementKind } from '@tideline/domain/revenue';
import { Prisma } from '../../generated/client.ts';
import type { WorkspaceTx } from '../workspace.ts';
import { cohortAccounts, liveAccounts, openingOf, POINT_FIGURES, type RevenueScope, type RevenueSlice } from './revenue-sums.ts';

/** Windows kept per account, by the length of the bridge they make. */
const bridgeSpans = { 3: 'quarter_on_quarter', 12: 'trailing_12' } as const;

/** A number of the revenue screen, as a question for the accounts it is made of. */
export type RevenueNumber =
  | { of: 'retention'; definition: RetentionKey; month: Month; last: Month; slice?: { name: RevenueSlice; value: string; newLogoMonths: number } | undefined }
  | { of: 'movement'; kind: MovementKind; month: Month; length: 1 | 3 | 12 }
  | { of: 'opening' | 'closing'; month: Month; length: 1 | 3 | 12 }
  | { of: 'cohort'; quarter: Month; month: Month }
  | { of: 'expansion' | 'new_logo'; month: Month; newLogoMonths: number }
  | { of: 'top' };

const spanOf = (length: 3 | 12): Prisma.Sql => Prisma.sql`${bridgeSpans[length]}::text`;
const windowsOf = (tx: WorkspaceTx, span: Prisma.Sql, where: Prisma.Sql): Prisma.Sql => Prisma.sql`
  per AS (SELECT w.account_id, w.base, w.now FROM revenue_window w JOIN live l ON l.id = w.account_id
    WHERE w.workspace_id = ${tx.workspaceId}::uuid AND w.span = ${span} AND ${where})`;
const amountIn = (tx: WorkspaceTx, account: Prisma.Sql, month: Month): Prisma.Sql => Prisma.sql`
  coalesce((SELECT r.amount FROM monthly_revenue r WHERE r.workspace_id = ${tx.workspaceId}::uuid AND r.account_id = ${account} AND r.month = ${firstDayOf(month)}::date), 0)`;
const monthPair = (tx: WorkspaceTx, month: Month, base: Month, where: Prisma.Sql): Prisma.Sql => Prisma.sql`
  per AS (
    SELECT * FROM (
      SELECT r.account_id, coalesce(sum(r.amount) FILTER (WHERE r.month = ${firstDayOf(base)}::date), 0) AS base,
        coalesce(sum(r.amount) FILTER (WHERE r.month = ${firstDayOf(month)}::date), 0) AS now
      FROM monthly_revenue r JOIN live l ON l.id = r.account_id
      WHERE r.workspace_id = ${tx.workspaceId}::uuid AND r.month IN (${firstDayOf(month)}::date, ${firstDayOf(base)}::date) GROUP BY r.account_id) p
    WHERE ${where})`;
const started = (tx: WorkspaceTx, account: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(SELECT n.month FROM movement n WHERE n.workspace_id = ${tx.workspaceId}::uuid AND n.account_id = ${account} AND n.kind = 'new')`;

/** CTEs that end in `per` (account_id, base, now): the accounts of a number. */
const accountsOf = (tx: WorkspaceTx, number: RevenueNumber): Prisma.Sql => {
  switch (number.of) {
    case 'retention':
      return retained(tx, number);
    case 'movement':
      return number.length === 1 ? movedIn(tx, number.kind, number.month) : windowsOf(tx, spanOf(number.length), kindIs(number.kind));
    case 'opening':
    case 'closing': {
      const side = number.of === 'opening' ? Prisma.sql`base <> 0` : Prisma.sql`now <> 0`;
      return number.length === 1 ? monthPair(tx, number.month, addMonths(number.month, -1), side) : windowsOf(tx, spanOf(number.length), side);
    }
    case 'cohort':
      return cohortOf(tx, number.quarter, number.month);
    case 'expansion': {
      const past = Prisma.sql`now > base AND ${started(tx, Prisma.sql`p.account_id`)} <= ${firstDayOf(addMonths(number.month, -number.newLogoMonths))}::date`;
      return monthPair(tx, number.month, addMonths(number.month, -12), past);
    }
    case 'new_logo': {
      // credits before the first revenue are nobody's new logo yet
      const fresh = Prisma.sql`now <> 0 AND ${started(tx, Prisma.sql`p.account_id`)} BETWEEN ${firstDayOf(addMonths(number.month, 1 - number.newLogoMonths))}::date AND ${firstDayOf(number.month)}::date`;
      return monthPair(tx, number.month, addMonths(number.month, -1), fresh);
    }
    case 'top':
      return Prisma.sql`per AS (SELECT w.account_id, w.base, w.now FROM revenue_window w JOIN live l ON l.id = w.account_id
        WHERE w.workspace_id = ${tx.workspaceId}::uuid AND w.span = 'trailing_12' AND w.now <> 0 ORDER BY w.now DESC, w.account_id LIMIT 10)`;
  }
};

const kindIs = (kind: MovementKind): Prisma.Sql => (kind === 'net_credits' ? Prisma.sql`least(w.now, 0) <> least(w.base, 0)` : Prisma.sql`w.kind = ${kind}`);

const movedIn = (tx: WorkspaceTx, kind: MovementKind, month: Month): Prisma.Sql => Prisma.sql`
  per AS (
    SELECT m.account_id, ${amountIn(tx, Prisma.sql`m.account_id`, addMonths(month, -1))} AS base, ${amountIn(tx, Prisma.sql`m.account_id`, month)} AS now
    FROM movement m JOIN live l ON l.id = m.account_id
    WHERE m.workspace_id = ${tx.workspaceId}::uuid AND m.month = ${firstDayOf(month)}::date AND m.kind = ${kind})`;

const cohortOf = (tx: WorkspaceTx, quarter: Month, month: Month): Prisma.Sql => {
  const within = (from: Month) => Prisma.sql`coalesce((SELECT sum(r.amount) FROM monthly_revenue r WHERE r.workspace_id = ${tx.workspaceId}::uuid
    AND r.account_id = m.account_id AND r.month BETWEEN ${firstDayOf(from)}::date AND ${firstDayOf(addMonths(from, 2))}::date), 0)`;
  return Prisma.sql`per AS (
    SELECT m.account_id, ${within(addMonths(quarter, 3))} AS base, ${within(month)} AS now FROM movement m JOIN live l ON l.id = m.account_id
    WHERE m.workspace_id = ${tx.workspaceId}::uuid AND m.kind = 'new' AND m.month BETWEEN ${firstDayOf(quarter)}::date AND ${firstDayOf(addMonths(quarter, 2))}::date)`;
};

type Retained = Extract<RevenueNumber, { of: 'retention' }>;
const retained = (tx: WorkspaceTx, { definition, month, last, slice }: Retained): Prisma.Sql => {
  const kept = month === last && (POINT_FIGURES.slice(0, 4) as readonly string[]).includes(definition);
  const sliced = slice ? Prisma.sql`AND w.account_id IN (${inSlice(tx, slice, openingOf(definition, last))})` : Prisma.empty;
  if (kept) return windowsOf(tx, Prisma.sql`${definition}::text`, Prisma.sql`w.base > 0 ${sliced}`);
  return cohortAccounts(tx, definition, [month]);
};

const inSlice = (tx: WorkspaceTx, { name, value, newLogoMonths }: NonNullable<Retained['slice']>, eve: Day): Prisma.Sql => {
  const own = Prisma.sql`SELECT a.id FROM account a WHERE a.workspace_id = ${tx.workspaceId}::uuid AND`;
  const wanted = value === '' ? null : value;
  switch (name) {
    case 'segment':
      return Prisma.sql`${own} (SELECT h.segment FROM score_history h WHERE h.workspace_id = a.workspace_id AND h.account_id = a.id AND h.day = ${eve}::date)
        IS NOT DISTINCT FROM ${wanted}::text`;
    case 'tenure': {
      const first = Prisma.sql`coalesce(${started(tx, Prisma.sql`a.id`)} > ${eve}::date - make_interval(months => ${newLogoMonths}::int), false)`;
      return Prisma.sql`${own} ${first} = ${value === 'first_year'}`;
    }
    case 'owner':
      return Prisma.sql`${own} a.owner_id IS NOT DISTINCT FROM ${wanted}::uuid`;
    default: {
      const column = { industry: Prisma.sql`a.industry`, region: Prisma.sql`a.region`, plan: Prisma.sql`a.plan` }[name];
      return Prisma.sql`${own} ${column} IS NOT DISTINCT FROM ${wanted}::text`;
    }
  }
};

export type RevenueAccountRow = {
  id: string;
  externalId: string;
  name: string;
  owner: string | null;
  segment: string | null;
  base: string;
  now: string;
  /** What the list is ordered by: the larger the change (or, where there is none to speak of, the revenue), the earlier. */
  weight: string;
};
export type RevenueCursor = { weight: string; id: string };

/** Lists that are about a level, not about a change. */
const LEVELS: readonly RevenueNumber['of'][] = ['opening', 'closing', 'new_logo', 'top', 'cohort'];

/** A page of the accounts a number is made of, the largest first. */
export const revenueAccounts = (
  tx: WorkspaceTx,
  number: RevenueNumber,
  scope: RevenueScope,
  cursor: RevenueCursor | null,
  limit: number,
): Promise<RevenueAccountRow[]> => {
  const weight = LEVELS.includes(number.of) ? Prisma.sql`greatest(abs(p.now), abs(p.base))` : Prisma.sql`abs(p.now - p.base)`;
  return tx.db.$queryRaw<RevenueAccountRow[]>`
    WITH ${liveAccounts(tx, scope)}, ${accountsOf(tx, number)}, page AS (
      SELECT p.account_id, p.base, p.now, ${weight} AS weight FROM per p
      ${cursor ? Prisma.sql`WHERE (${weight}, p.account_id) < (${cursor.weight}::numeric, ${cursor.id}::uuid)` : Prisma.empty}
      ORDER BY weight DESC, p.account_id DESC LIMIT ${limit}
    )
    SELECT a.id::text AS id, a.external_id AS "externalId", a.name, u.name AS owner, s.segment, p.base::text AS base, p.now::text AS now, p.weight::text AS weight
    FROM page p JOIN account a ON a.workspace_id = ${tx.workspaceId}::uuid AND a.id = p.account_id
    LEFT JOIN app_user u ON u.id = a.owner_id
    LEFT JOIN score s ON s.workspace_id = ${tx.workspaceId}::uuid AND s.account_id = a.id
    ORDER BY p.weight DESC, p.account_id DESC`;
};

/** How many they are and what they add up to. */
export const revenueAccountsTotal = async (
  tx: WorkspaceTx,
  number: RevenueNumber,
  scope: RevenueScope,
): Promise<{ accounts: number; base: string; now: string }> => {
  const [row] = await tx.db.$queryRaw<{ accounts: number; base: string; now: string }[]>`
    WITH ${liveAccounts(tx, scope)}, ${accountsOf(tx, number)}
    SELECT count(*)::int AS accounts, coalesce(sum(base), 0)::text AS base, coalesce(sum(now), 0)::text AS now FROM per`;
  return row ?? { accounts: 0, base: '0', now: '0' };
};

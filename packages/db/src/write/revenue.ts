import { firstDayOf, type Day, type Month } from '@tideline/domain/calendar';
import { plain, texts } from '../array-literal.ts';
import type { RevenueSum } from '../read/revenue-sums.ts';
import type { WorkspaceTx } from '../workspace.ts';

/** An account whose days changed, and the earliest of them. */
export type DirtyAccount = { readonly accountId: string; readonly fromDay: Day };

/** Net revenue and usage days per calendar month, from the days of these accounts; months before their first changed day stay. */
export const sumMonths = async (tx: WorkspaceTx, dirty: readonly DirtyAccount[]): Promise<void> => {
  const [ids, days] = [plain(dirty.map((one) => one.accountId)), plain(dirty.map((one) => one.fromDay))];
  await tx.db.$executeRaw`
    DELETE FROM monthly_revenue r USING unnest(${ids}::uuid[], ${days}::date[]) AS d (account_id, from_day)
    WHERE r.workspace_id = ${tx.workspaceId}::uuid AND r.account_id = d.account_id AND r.month >= date_trunc('month', d.from_day)`;
  await tx.db.$executeRaw`
    INSERT INTO monthly_revenue (workspace_id, account_id, month, amount, usage_days)
    SELECT ${tx.workspaceId}::uuid, d.account_id, m.* FROM unnest(${ids}::uuid[], ${days}::date[]) AS d (account_id, from_day)
    CROSS JOIN LATERAL (
      SELECT date_trunc('month', a.day)::date, sum(a.revenue), count(*) FILTER (WHERE a.active) FROM account_day a
      WHERE a.workspace_id = ${tx.workspaceId}::uuid AND a.account_id = d.account_id AND a.day >= date_trunc('month', d.from_day)::date
      GROUP BY 1 HAVING sum(a.revenue) <> 0 OR count(*) FILTER (WHERE a.active) > 0) m
    ON CONFLICT (workspace_id, account_id, month) DO UPDATE SET amount = excluded.amount, usage_days = excluded.usage_days`;
};

export type MovementRow = { accountId: string; month: Month; kind: string; amount: string; logos: number };

/** Replaces the movements of these accounts: what is no longer so goes, what stayed the same is not written again. */
export const writeMovements = async (tx: WorkspaceTx, accountIds: readonly string[], rows: readonly MovementRow[]): Promise<void> => {
  const [ids, months] = [plain(rows.map((row) => row.accountId)), plain(rows.map((row) => firstDayOf(row.month)))];
  const [kinds, amounts] = [texts(rows.map((row) => row.kind)), plain(rows.map((row) => row.amount))];
  await tx.db.$executeRaw`
    DELETE FROM movement m
    WHERE m.workspace_id = ${tx.workspaceId}::uuid AND m.account_id = ANY(${plain(accountIds)}::uuid[])
      AND NOT EXISTS (SELECT 1 FROM unnest(${ids}::uuid[], ${months}::date[], ${kinds}::text[]) AS f (account_id, month, kind)
        WHERE f.account_id = m.account_id AND f.month = m.month AND f.kind = m.kind)`;
  await tx.db.$executeRaw`
    INSERT INTO movement AS m (workspace_id, account_id, month, kind, amount, logos)
    SELECT ${tx.workspaceId}::uuid, f.* FROM unnest(${ids}::uuid[], ${months}::date[], ${kinds}::text[], ${amounts}::numeric[], ${plain(rows.map((row) => row.logos))}::int[])
      AS f (account_id, month, kind, amount, logos)
    ON CONFLICT (workspace_id, account_id, month, kind) DO UPDATE SET amount = excluded.amount, logos = excluded.logos
    WHERE (m.amount, m.logos) IS DISTINCT FROM (excluded.amount, excluded.logos)`;
};

export type WindowRow = { accountId: string; span: string; base: string; now: string; kind: string | null };

/** Replaces the windows of these accounts. */
export const writeWindows = async (tx: WorkspaceTx, accountIds: readonly string[], rows: readonly WindowRow[]): Promise<void> => {
  const [ids, spans] = [plain(rows.map((row) => row.accountId)), texts(rows.map((row) => row.span))];
  await tx.db.$executeRaw`
    DELETE FROM revenue_window w
    WHERE w.workspace_id = ${tx.workspaceId}::uuid AND w.account_id = ANY(${plain(accountIds)}::uuid[])
      AND NOT EXISTS (SELECT 1 FROM unnest(${ids}::uuid[], ${spans}::text[]) AS f (account_id, span) WHERE f.account_id = w.account_id AND f.span = w.span)`;
  await tx.db.$executeRaw`
    INSERT INTO revenue_window AS w (workspace_id, account_id, span, base, now, kind)
    SELECT ${tx.workspaceId}::uuid, f.* FROM unnest(${ids}::uuid[], ${spans}::text[], ${plain(rows.map((row) => row.base))}::numeric[],
      ${plain(rows.map((row) => row.now))}::numeric[], ${texts(rows.map((row) => row.kind))}::text[]) AS f (account_id, span, base, now, kind)
    ON CONFLICT (workspace_id, span, account_id) DO UPDATE SET base = excluded.base, now = excluded.now, kind = excluded.kind
    WHERE (w.base, w.now, w.kind) IS DISTINCT FROM (excluded.base, excluded.now, excluded.kind)`;
};

/** Says that months from this one on were restated, so that the sums are made again. */
export const markRevenueStale = async (tx: WorkspaceTx, from: Month): Promise<void> => {
  await tx.db.$executeRaw`
    INSERT INTO revenue_state AS s (workspace_id, stale_from, changes) VALUES (${tx.workspaceId}::uuid, ${firstDayOf(from)}::date, 1)
    ON CONFLICT (workspace_id) DO UPDATE SET stale_from = least(s.stale_from, excluded.stale_from), changes = s.changes + 1`;
};

/** What a settlement was made from, as read before the sums were. */
export type Settled = { through: Month; changes: bigint; members: string; /** As text: microseconds do not fit a Date. */ accountsAt: string | null; at: Date };

/** Notes that the sums are made. What was restated meanwhile stays stale, because its count moved on. */
export const markSettled = async (tx: WorkspaceTx, { through, changes, members, accountsAt, at }: Settled): Promise<void> => {
  await tx.db.$executeRaw`
    INSERT INTO revenue_state AS s (workspace_id, through_month, members, accounts_at, settled_at)
    VALUES (${tx.workspaceId}::uuid, ${firstDayOf(through)}::date, ${members}, ${accountsAt}::timestamptz, ${at})
    ON CONFLICT (workspace_id) DO UPDATE SET through_month = excluded.through_month, members = excluded.members,
      accounts_at = excluded.accounts_at, settled_at = excluded.settled_at,
      stale_from = CASE WHEN s.changes = ${changes} THEN NULL ELSE s.stale_from END`;
};

/** Replaces the sums of months from `from` on, and all that stand for the last full month only; what was first reported of a month stays. */
export const writeSums = async (tx: WorkspaceTx, rows: readonly RevenueSum[], from: Month, last: Month): Promise<void> => {
  await tx.db.$executeRaw`
    DELETE FROM revenue_total WHERE workspace_id = ${tx.workspaceId}::uuid AND figure <> 'closed'
      AND (month >= ${firstDayOf(from)}::date OR month > ${firstDayOf(last)}::date OR slice <> '' OR figure IN ('bridge_3', 'bridge_12', 'top'))`;
  await tx.db.$executeRaw`
    INSERT INTO revenue_total (workspace_id, figure, month, slice, value, base, now, kept_base, accounts, kept)
    SELECT ${tx.workspaceId}::uuid, f.* FROM unnest(${texts(rows.map((r) => r.figure))}::text[], ${plain(rows.map((r) => firstDayOf(r.month)))}::date[],
      ${texts(rows.map((r) => r.slice))}::text[], ${texts(rows.map((r) => r.value))}::text[], ${plain(rows.map((r) => r.base))}::numeric[],
      ${plain(rows.map((r) => r.now))}::numeric[], ${plain(rows.map((r) => r.keptBase))}::numeric[], ${plain(rows.map((r) => r.accounts))}::int[],
      ${plain(rows.map((r) => r.kept))}::int[]) AS f
    ON CONFLICT (workspace_id, figure, month, slice, value) DO UPDATE SET base = excluded.base, now = excluded.now, kept_base = excluded.kept_base,
      accounts = excluded.accounts, kept = excluded.kept`;
};

/** Remembers the revenue of months from this one on as first reported, so that a later restatement can be told. */
export const keepAsClosed = async (tx: WorkspaceTx, from: Month): Promise<void> => {
  await tx.db.$executeRaw`
    INSERT INTO revenue_total (workspace_id, figure, month, slice, value, base, now, kept_base, accounts, kept)
    SELECT workspace_id, 'closed', month, '', '', 0, now, 0, accounts, kept FROM revenue_total
    WHERE workspace_id = ${tx.workspaceId}::uuid AND figure = 'month' AND month >= ${firstDayOf(from)}::date
    ON CONFLICT DO NOTHING`;
};

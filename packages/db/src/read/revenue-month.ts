import { firstDayOf, type Month } from '@tideline/domain/calendar';
import { plain } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';

/** One account's months with revenue or usage, oldest first; the three lists go together. */
export type AccountMonths = { accountId: string; months: Month[]; amounts: string[]; usageDays: number[] };

export const monthsOfAccounts = (tx: WorkspaceTx, accountIds: readonly string[], last: Month): Promise<AccountMonths[]> =>
  tx.db.$queryRaw<AccountMonths[]>`
    SELECT account_id::text AS "accountId", array_agg(to_char(month, 'YYYY-MM') ORDER BY month) AS months,
      array_agg(amount::text ORDER BY month) AS amounts, array_agg(usage_days ORDER BY month) AS "usageDays"
    FROM monthly_revenue
    WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ANY(${plain(accountIds)}::uuid[]) AND month <= ${firstDayOf(last)}::date
    GROUP BY account_id`;

/** A month without revenue after the first with some: days of silence at its end (null: never used) and the median gap in days until then. */
export type QuietMonth = { accountId: string; month: Month; silentDays: number | null; gap: number | null };

/** Only months that brought nothing are asked about: whoever earns has not left. Gaps are read once per last usage day, not per month. */
export const quietMonths = (tx: WorkspaceTx, accountIds: readonly string[], last: Month): Promise<QuietMonth[]> =>
  tx.db.$queryRaw<QuietMonth[]>`
    WITH started AS (
      SELECT account_id, min(month) AS month FROM monthly_revenue
      WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ANY(${plain(accountIds)}::uuid[]) AND amount > 0 AND month <= ${firstDayOf(last)}::date
      GROUP BY account_id
    ), quiet AS MATERIALIZED (
      SELECT s.account_id, g::date AS month, (g + interval '1 month - 1 day')::date AS month_end
      FROM started s CROSS JOIN LATERAL generate_series(s.month, ${firstDayOf(last)}::date, interval '1 month') g
      LEFT JOIN monthly_revenue r ON r.workspace_id = ${tx.workspaceId}::uuid AND r.account_id = s.account_id AND r.month = g::date
      WHERE coalesce(r.amount, 0) <= 0
    ), lasts AS MATERIALIZED (
      SELECT q.account_id, q.month, q.month_end, (
        SELECT d.day FROM account_day d
        WHERE d.workspace_id = ${tx.workspaceId}::uuid AND d.account_id = q.account_id AND d.active AND d.day <= q.month_end
        ORDER BY d.day DESC LIMIT 1) AS last_day
      FROM quiet q
    ), rhythm AS (
      SELECT l.account_id, l.last_day, (
        SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY gap) FROM (
          SELECT d.day - lag(d.day) OVER (ORDER BY d.day) AS gap FROM account_day d
          WHERE d.workspace_id = ${tx.workspaceId}::uuid AND d.account_id = l.account_id AND d.active AND d.day <= l.last_day) gaps) AS gap
      FROM (SELECT DISTINCT account_id, last_day FROM lasts WHERE last_day IS NOT NULL) l
    )
    SELECT l.account_id::text AS "accountId", to_char(l.month, 'YYYY-MM') AS month, l.month_end - l.last_day AS "silentDays", r.gap
    FROM lasts l LEFT JOIN rhythm r ON r.account_id = l.account_id AND r.last_day = l.last_day`;

/** Accounts with revenue or usage in any month, in pages by id. */
export const accountsWithMonths = async (tx: WorkspaceTx, after: string | null, limit: number): Promise<string[]> => {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    SELECT a.id::text AS id FROM account a
    WHERE a.workspace_id = ${tx.workspaceId}::uuid AND a.id > ${after ?? '00000000-0000-0000-0000-000000000000'}::uuid
      AND EXISTS (SELECT 1 FROM monthly_revenue r WHERE r.workspace_id = a.workspace_id AND r.account_id = a.id)
    ORDER BY a.id LIMIT ${limit}`;
  return rows.map(({ id }) => id);
};

/** Where the sums of revenue stand. `members`: fingerprint of the live accounts they were made from; `accountsAt`, `latest`: last change of an account then and now. */
export type RevenueState = {
  through: Month | null;
  staleFrom: Month | null;
  changes: bigint;
  members: string;
  settledAt: Date | null;
  accountsAt: string | null;
  latest: string | null;
};

export const revenueState = async (tx: WorkspaceTx): Promise<RevenueState> => {
  const [row] = await tx.db.$queryRaw<RevenueState[]>`
    SELECT to_char(s.through_month, 'YYYY-MM') AS through, to_char(s.stale_from, 'YYYY-MM') AS "staleFrom", coalesce(s.changes, 0) AS changes,
      coalesce(s.members, '') AS members, s.settled_at AS "settledAt", s.accounts_at::text AS "accountsAt",
      (SELECT max(updated_at) FROM account WHERE workspace_id = ${tx.workspaceId}::uuid)::text AS latest
    FROM workspace w LEFT JOIN revenue_state s ON s.workspace_id = w.id WHERE w.id = ${tx.workspaceId}::uuid`;
  if (!row) throw new Error(`workspace ${tx.workspaceId} is gone`);
  return row;
};

/** Changes when an account starts or stops being live; apart from slices, the sums depend on accounts in nothing else. */
export const liveFingerprint = async (tx: WorkspaceTx): Promise<string> => {
  const [row] = await tx.db.$queryRaw<{ members: string }[]>`
    SELECT count(*) || ':' || coalesce(sum(hashtextextended(id::text, 0)::numeric), 0) AS members
    FROM account WHERE workspace_id = ${tx.workspaceId}::uuid AND status = 'live'`;
  return row?.members ?? '0:0';
};

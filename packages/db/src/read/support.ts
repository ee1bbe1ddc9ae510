import type { Day } from '@tideline/domain/calendar';
import { TICKET_DAYS, TICKET_RATE_DAYS, type SupportSums } from '@tideline/domain/support';
import { plain } from '../array-literal.ts';
import type { StatementTx } from '../workspace.ts';

export type SupportRow = SupportSums & { accountId: string; day: Day };

/**
 * Sums over tickets for these accounts and days, as a day ended in the workspace's zone. An account without a row for a
 * day had no ticket open on it, nor opened within the 84 days that end with it: `noSupport`.
 */
export const supportSums = async (tx: StatementTx, accounts: readonly string[], days: readonly Day[], timezone: string): Promise<SupportRow[]> => {
  type Row = { accountId: string; day: Day; urgent: number; high: number; normal: number; low: number; opened14: number; opened84: number };
  const rows = await tx.db.$queryRaw<Row[]>`
    WITH d AS (SELECT day, (day + 1)::timestamp AT TIME ZONE ${timezone} AS ended, (day - ${TICKET_DAYS - 1}::int)::timestamp AT TIME ZONE ${timezone} AS lately,
        (day - ${TICKET_RATE_DAYS - 1}::int)::timestamp AT TIME ZONE ${timezone} AS usually FROM unnest(${plain(days)}::date[]) AS day),
      t AS (SELECT d.day, d.lately, d.usually, t.account_id, t.severity, t.opened_at, t.closed_at IS NULL OR t.closed_at >= d.ended AS open,
          least(1, extract(epoch FROM d.ended - t.opened_at)::float8 / (${TICKET_DAYS}::int * 86400)) AS aged
        FROM d JOIN ticket t ON t.workspace_id = ${tx.workspaceId}::uuid AND t.account_id = ANY(${plain(accounts)}::uuid[]) AND t.opened_at < d.ended
          AND (t.closed_at IS NULL OR t.closed_at >= d.ended OR t.opened_at >= d.usually))
    SELECT account_id::text AS "accountId", day::text, coalesce(sum(aged) FILTER (WHERE open AND severity = 'urgent'), 0) AS urgent,
      coalesce(sum(aged) FILTER (WHERE open AND severity = 'high'), 0) AS high, coalesce(sum(aged) FILTER (WHERE open AND severity = 'normal'), 0) AS normal,
      coalesce(sum(aged) FILTER (WHERE open AND severity = 'low'), 0) AS low, count(*) FILTER (WHERE opened_at >= lately)::int AS opened14,
      count(*) FILTER (WHERE opened_at >= usually)::int AS opened84
    FROM t GROUP BY account_id, day`;
  return rows.map(({ accountId, day, urgent, high, normal, low, opened14, opened84 }) => ({
    accountId,
    day,
    aged: { urgent, high, normal, low },
    opened14,
    opened84,
  }));
};

/** The sums of an account without a row. */
export const noSupport: SupportSums = { aged: { urgent: 0, high: 0, normal: 0, low: 0 }, opened14: 0, opened84: 0 };

/** The day on which the first ticket of the workspace was opened: before it, and where it is null, support is missing. */
export const ticketsSince = async (tx: StatementTx, timezone: string): Promise<Day | null> => {
  const [row] = await tx.db.$queryRaw<{ day: Day | null }[]>`
    SELECT (min(opened_at) AT TIME ZONE ${timezone})::date::text AS day FROM ticket WHERE workspace_id = ${tx.workspaceId}::uuid`;
  return row?.day ?? null;
};

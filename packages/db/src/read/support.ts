import { Prisma } from '../../generated/client.ts';
import type { Day } from '@tideline/domain/calendar';
import { TICKET_DAYS, TICKET_RATE_DAYS, type SupportSums } from '@tideline/domain/support';
import { plain } from '../array-literal.ts';
import type { StatementTx } from '../workspace.ts';

export type SupportRow = SupportSums & { accountId: string; day: Day };

/**
 * Sums over tickets for these accounts (null: all) and days, as a day ended in the workspace's zone. `known`: facts through this day count
 * too, with ages as the day ended (the live rule: what happened today counts at once). An account without a row for a day had no ticket
 * open on it, nor opened within the 84 days that end with it: `noSupport`.
 */
export const supportSums = async (
  tx: StatementTx,
  accounts: readonly string[] | null,
  days: readonly Day[],
  timezone: string,
  known: Day | null = null,
): Promise<SupportRow[]> => {
  type Row = { accountId: string; day: Day; open: number; urgent: number; high: number; normal: number; low: number; opened14: number; opened84: number };
  const only = accounts === null ? Prisma.empty : Prisma.sql`AND t.account_id = ANY(${plain(accounts)}::uuid[])`;
  const rows = await tx.db.$queryRaw<Row[]>`
    WITH d AS (SELECT day, (day + 1)::timestamp AT TIME ZONE ${timezone} AS ended, (greatest(day, ${known}::date) + 1)::timestamp AT TIME ZONE ${timezone} AS known,
        (day - ${TICKET_DAYS - 1}::int)::timestamp AT TIME ZONE ${timezone} AS lately, (day - ${TICKET_RATE_DAYS - 1}::int)::timestamp AT TIME ZONE ${timezone} AS usually
        FROM unnest(${plain(days)}::date[]) AS day),
      t AS (SELECT d.day, d.lately, d.usually, t.account_id, t.severity, t.opened_at, t.closed_at IS NULL OR t.closed_at >= d.known AS open,
          greatest(0, least(1, extract(epoch FROM d.ended - t.opened_at)::float8 / (${TICKET_DAYS}::int * 86400))) AS aged
        FROM d JOIN ticket t ON t.workspace_id = ${tx.workspaceId}::uuid ${only} AND t.opened_at < d.known
          AND (t.closed_at IS NULL OR t.closed_at >= d.known OR t.opened_at >= d.usually))
    SELECT account_id::text AS "accountId", day::text, count(*) FILTER (WHERE open)::int AS open, coalesce(sum(aged) FILTER (WHERE open AND severity = 'urgent'), 0) AS urgent,
      coalesce(sum(aged) FILTER (WHERE open AND severity = 'high'), 0) AS high, coalesce(sum(aged) FILTER (WHERE open AND severity = 'normal'), 0) AS normal,
      coalesce(sum(aged) FILTER (WHERE open AND severity = 'low'), 0) AS low, count(*) FILTER (WHERE opened_at >= lately)::int AS opened14,
      count(*) FILTER (WHERE opened_at >= usually)::int AS opened84
    FROM t GROUP BY account_id, day`;
  return rows.map(({ accountId, day, open, urgent, high, normal, low, opened14, opened84 }) => ({
    accountId,
    day,
    open,
    aged: { urgent, high, normal, low },
    opened14,
    opened84,
  }));
};

/** The sums of an account without a row. */
export const noSupport: SupportSums = { open: 0, aged: { urgent: 0, high: 0, normal: 0, low: 0 }, opened14: 0, opened84: 0 };

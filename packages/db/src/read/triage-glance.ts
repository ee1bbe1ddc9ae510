import { Prisma } from '../../generated/client.ts';
import type { Day } from '@tideline/domain/calendar';
import type { DecimalText } from '@tideline/domain/money';
import type { WorkspaceTx } from '../workspace.ts';
import { clearedOn } from './work-account.ts';

/** Usage of one account on each of the last `days` complete days, zeros included: revenue where anything is priced, else quantity. */
export const dailyValues = (tx: WorkspaceTx, accountId: string, closed: Day, days: number, priced: boolean): Promise<{ day: Day; value: DecimalText }[]> =>
  tx.db.$queryRaw<{ day: Day; value: DecimalText }[]>`
    SELECT g.day::date::text AS day, coalesce(d.${Prisma.raw(priced ? 'revenue' : 'quantity')}, 0)::text AS value
    FROM generate_series(${closed}::date - ${days - 1}::int, ${closed}::date, '1 day') g(day)
    LEFT JOIN account_day d ON d.workspace_id = ${tx.workspaceId}::uuid AND d.account_id = ${accountId}::uuid AND d.day = g.day::date
    ORDER BY g.day`;

/** The run rate as closed on a day; null without a close then, or without one. */
export const runRateOn = async (tx: WorkspaceTx, accountId: string, day: Day): Promise<DecimalText | null> => {
  const [row] = await tx.db.$queryRaw<{ runRate: DecimalText | null }[]>`
    SELECT run_rate::text AS "runRate" FROM score_history WHERE workspace_id = ${tx.workspaceId}::uuid AND day = ${day}::date AND account_id = ${accountId}::uuid`;
  return row?.runRate ?? null;
};

/** Open tasks by due day, and those closed in the last 14 days. */
export const tasksOf = (tx: WorkspaceTx, accountId: string, today: Day) =>
  tx.db.$queryRaw<{ id: string; title: string; dueDay: Day | null; done: boolean; alertClearedOn: Day | null }[]>`
    SELECT t.id::text, t.title, t.due_day::text AS "dueDay", t.state <> 'open' AS done, ${clearedOn} AS "alertClearedOn"
    FROM task t LEFT JOIN alert al ON al.workspace_id = t.workspace_id AND al.id = t.alert_id
    WHERE t.workspace_id = ${tx.workspaceId}::uuid AND t.account_id = ${accountId}::uuid
      AND (t.state = 'open' OR (t.state = 'done' AND t.closed_at > ${today}::date - 14))
    ORDER BY t.state = 'open', t.due_day NULLS LAST, t.created_at LIMIT 8`;

export type Happening = { kind: string; text: string; day: Day };

/** What happened last: touches and notes, alerts, changes of segment; newest first. `text` is a code where kind is `segment`. */
export const happenings = (tx: WorkspaceTx, accountId: string, limit: number) =>
  tx.db.$queryRaw<Happening[]>`
    (SELECT kind, body AS text, day::text, at FROM touch WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ${accountId}::uuid ORDER BY at DESC LIMIT ${limit})
    UNION ALL
    (SELECT 'alert', sentence, opened_on::text, opened_at FROM alert
      WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ${accountId}::uuid ORDER BY opened_at DESC LIMIT ${limit})
    UNION ALL
    (SELECT 'segment', to_segment, day::text, day::timestamptz FROM segment_transition
      WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ${accountId}::uuid AND from_segment IS NOT NULL ORDER BY segment_transition.day DESC LIMIT ${limit})
    ORDER BY 4 DESC LIMIT ${limit}`;

/** Days within the last `days` on which an alert opened. */
export const alertDays = async (tx: WorkspaceTx, accountId: string, closed: Day, days: number): Promise<Day[]> => {
  const rows = await tx.db.$queryRaw<{ day: Day }[]>`
    SELECT DISTINCT opened_on::text AS day FROM alert
    WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ${accountId}::uuid AND opened_on > ${closed}::date - ${days}::int ORDER BY day`;
  return rows.map((row) => row.day);
};

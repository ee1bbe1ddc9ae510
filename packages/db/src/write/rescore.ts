import type { Day } from '@tideline/domain/calendar';
import { plain } from '../array-literal.ts';
import type { StatementTx } from '../workspace.ts';

/** Notes that the judgement of these accounts is out of date from a day on. */
export const markRescore = async (tx: StatementTx, fromDays: ReadonlyMap<string, Day>, at: Date): Promise<void> => {
  if (fromDays.size === 0) return;
  const rows = [...fromDays].toSorted(([a], [b]) => (a < b ? -1 : 1));
  await tx.db.$executeRaw`
    INSERT INTO rescore AS r (workspace_id, account_id, from_day, marked_at)
    SELECT ${tx.workspaceId}::uuid, *, ${at} FROM unnest(${plain(rows.map(([id]) => id))}::uuid[], ${plain(rows.map(([, day]) => day))}::date[])
    ON CONFLICT (workspace_id, account_id) DO UPDATE SET from_day = least(r.from_day, excluded.from_day), marked_at = excluded.marked_at`;
};

/** Marks every account with usage on these meters, from its first day there that is not before `since` (null: ever). */
export const markMeterUsers = async (tx: StatementTx, meterIds: readonly string[], since: Day | null, at: Date): Promise<void> => {
  await tx.db.$executeRaw`
    INSERT INTO rescore AS r (workspace_id, account_id, from_day, marked_at)
    SELECT d.workspace_id, d.account_id, greatest(min(d.day), ${since}::date), ${at}
    FROM daily_usage d JOIN meter_version v ON v.workspace_id = d.workspace_id AND v.id = d.meter_version_id
    WHERE d.workspace_id = ${tx.workspaceId}::uuid AND v.meter_id = ANY(${plain(meterIds)}::uuid[])
    GROUP BY d.workspace_id, d.account_id HAVING max(d.day) >= ${since ?? '-infinity'}::date OR bool_or(v.aggregation = 'LAST') ORDER BY d.account_id
    ON CONFLICT (workspace_id, account_id) DO UPDATE SET from_day = least(r.from_day, excluded.from_day), marked_at = excluded.marked_at`;
};

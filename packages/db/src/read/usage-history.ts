import { Prisma } from '../../generated/client.ts';
import { type Day, dayNumber } from '@tideline/domain/calendar';
import type { LateDay } from '@tideline/domain/known-history';
import type { Traits } from '@tideline/domain/profile';
import { type Stand, type UsageHistory, usageHistory } from '@tideline/domain/usage-history';
import type { WorkspaceTx } from '../workspace.ts';
import { metersNow } from '../write/rate.ts';

/** An account with its whole past in memory. */
export type AccountHistory = {
  readonly accountId: string;
  readonly externalId: string;
  readonly name: string;
  readonly live: boolean;
  readonly stand: Stand;
  readonly traits: Traits;
  readonly history: UsageHistory;
};

/** Account-days of a workspace up to a day, counted no further than `most` + 1. */
export const countAccountDays = async (tx: WorkspaceTx, through: Day, most: number): Promise<number> => {
  const [size] = await tx.db.$queryRaw<{ rows: number }[]>`
    SELECT count(*)::int AS rows FROM (SELECT 1 FROM account_day WHERE workspace_id = ${tx.workspaceId}::uuid AND day <= ${through}::date LIMIT ${most + 1}) few`;
  return size?.rows ?? 0;
};

const only = (column: string, id: string | null) => (id === null ? Prisma.empty : Prisma.sql`AND ${Prisma.raw(column)} = ${id}::uuid`);

/** Every account's days up to `through`, or those of one, read once: revenue, or the main meter's quantity where nothing is priced. */
export const readHistories = async (tx: WorkspaceTx, through: Day, { priced }: { priced: boolean }, id: string | null = null): Promise<AccountHistory[]> => {
  const rows = await tx.db.$queryRaw<HistoryRow[]>`
    SELECT a.id::text AS id, a.external_id AS "externalId", a.name, a.status = 'live' AS live, a.plan, a.industry, a.region,
      coalesce(a.contract_start, a.created_day, a.created_at::date)::text AS start, m.day::text AS reached, d.days
    FROM account a
    LEFT JOIN (
      SELECT account_id, string_agg((day - '1970-01-01'::date) || ' ' || CASE WHEN active THEN meters ELSE -1 END || ' ' || CASE WHEN ${priced} THEN revenue ELSE quantity END, ',' ORDER BY day) AS days
      FROM account_day WHERE workspace_id = ${tx.workspaceId}::uuid AND day <= ${through}::date ${only('account_id', id)} GROUP BY account_id) d ON d.account_id = a.id
    LEFT JOIN milestone_reached m ON m.workspace_id = a.workspace_id AND m.account_id = a.id
      AND m.milestone_id = (SELECT id FROM milestone WHERE workspace_id = ${tx.workspaceId}::uuid AND first_value AND archived_at IS NULL ORDER BY created_at DESC LIMIT 1)
    WHERE a.workspace_id = ${tx.workspaceId}::uuid ${only('a.id', id)}`;
  return rows.map(({ id: accountId, externalId, name, live, plan, industry, region, start, reached, days }) => ({
    accountId,
    externalId,
    name,
    live,
    traits: { plan, industry, region },
    stand: { start: dayNumber(start), reached: reached === null ? null : dayNumber(reached) },
    history: usageHistory(daysOf(days ?? '')),
  }));
};

type HistoryRow = Traits & { id: string; externalId: string; name: string; live: boolean; start: Day; reached: Day | null; days: string | null };

const daysOf = (text: string) =>
  text.split(',').flatMap((row) => {
    const [day = '', meters = '', value = ''] = row.split(' ');
    return row === '' ? [] : [{ day: Number(day), meters: Number(meters), value: Number(value) }];
  });

/**
 * What became known of days after they were over, of current meters. `value` is what it added to the value of the day: money of what adds up at the
 * price of the day, or the main meter's quantity. Levels and highest values are not taken apart: their money is as it is known now.
 */
export const lateDays = (tx: WorkspaceTx, through: Day, { priced }: { priced: boolean }, id: string | null = null): Promise<LateDay[]> =>
  tx.db.$queryRaw<LateDay[]>`
    WITH ${metersNow(tx)}
    SELECT l.account_id::text AS "accountId", l.day - '1970-01-01'::date AS day, l.known_on - '1970-01-01'::date AS "knownOn", m.bit::float8 AS bit,
      l.active, coalesce(u.active, 0) AS "activeNow",
      (CASE WHEN NOT ${priced} THEN CASE WHEN m.main AND m.aggregation <> 'LAST' THEN l.quantity ELSE 0 END
        WHEN m.priced AND m.aggregation IN ('SUM', 'COUNT', 'UNIQUE') THEN l.quantity * coalesce((SELECT (p.plan->>'unitPrice')::numeric FROM price p
          WHERE p.workspace_id = l.workspace_id AND p.meter_id = m.meter_id AND p.currency = m.currency AND p.effective_from <= l.day
          ORDER BY p.effective_from DESC LIMIT 1), 0) ELSE 0 END)::float8 AS value
    FROM daily_usage_late l JOIN meters m ON m.version_id = l.meter_version_id
    LEFT JOIN daily_usage u ON u.workspace_id = l.workspace_id AND u.account_id = l.account_id AND u.meter_version_id = l.meter_version_id AND u.day = l.day
    WHERE l.workspace_id = ${tx.workspaceId}::uuid AND l.day <= ${through}::date ${only('l.account_id', id)}
    ORDER BY l.known_on, l.account_id, l.day`;

/** How the usage up to a day arrived: events in all, those taken as known when they happened, and whether older ones are gone. */
export type Arrivals = { readonly events: number; readonly assumed: number; readonly rawFrom: Day | null };

export const arrivals = async (tx: WorkspaceTx, through: Day): Promise<Arrivals> => {
  const [row] = await tx.db.$queryRaw<Arrivals[]>`
    SELECT count(e.time)::int AS events, count(e.time) FILTER (WHERE e.known_assumed)::int AS assumed, w.raw_from::text AS "rawFrom"
    FROM workspace w LEFT JOIN event e ON e.workspace_id = w.id AND e.day <= ${through}::date
    WHERE w.id = ${tx.workspaceId}::uuid GROUP BY w.raw_from`;
  return row ?? { events: 0, assumed: 0, rawFrom: null };
};

/** The first day on which any account was used; null when nothing was by `through`. */
export const firstUsageDay = async (tx: WorkspaceTx, through: Day): Promise<Day | null> => {
  const [row] = await tx.db.$queryRaw<{ day: Day | null }[]>`
    SELECT min(first_day)::text AS day FROM account_span WHERE workspace_id = ${tx.workspaceId}::uuid AND first_day <= ${through}::date`;
  return row?.day ?? null;
};

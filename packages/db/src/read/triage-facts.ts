import { Prisma } from '../../generated/client.ts';
import type { Day } from '@tideline/domain/calendar';
import type { Band } from '@tideline/domain/health';
import type { DecimalText } from '@tideline/domain/money';
import { packedAt } from '@tideline/domain/measure-pack';
import { SPARK_WEEKS } from '@tideline/domain/spark';
import { plain } from '../array-literal.ts';
import type { StatementTx, WorkspaceTx } from '../workspace.ts';
import { judged, needsYou, type TriageView } from './triage.ts';

/** What a row shows of an account, before it is put into words. Days as `YYYY-MM-DD`, `firstDay` as day number. */
export type TriageFacts = {
  id: string;
  externalId: string;
  name: string;
  ownerId: string | null;
  ownerName: string | null;
  industry: string | null;
  plan: string | null;
  region: string | null;
  segment: string;
  segmentSince: Day;
  health: number | null;
  band: string | null;
  /** Health at the close 28 and 7 days before the last. */
  health28: number | null;
  health7: number | null;
  provisional: boolean;
  live: boolean;
  why: string;
  reason: { text: string; strong?: boolean }[];
  nextAction: string;
  badges: string[];
  runRate: DecimalText | null;
  stake: DecimalText;
  urgency: number;
  alerts: number;
  touchedOn: Day | null;
  touchKind: string | null;
  snoozedUntil: Day | null;
  snoozeReason: string | null;
  doneOn: Day | null;
  doneBy: string | null;
  /** What somebody says of its health against the model, while that holds. */
  saidBand: Band | null;
  saidUntil: Day | null;
  saidReason: string | null;
  saidBy: string | null;
  needsYou: boolean;
  firstDay: number | null;
  pSilent: number | null;
  scoredAt: Date;
};

/** Facts of some accounts, in no particular order; accounts that are not live or not judged are absent. */
export const triageFacts = (tx: WorkspaceTx, view: TriageView, ids: readonly string[]): Promise<TriageFacts[]> =>
  tx.db.$queryRaw<TriageFacts[]>`
    SELECT a.id::text, a.external_id AS "externalId", a.name, a.owner_id::text AS "ownerId", u.name AS "ownerName", a.industry, a.plan, a.region,
      s.segment, c.segment_since::text AS "segmentSince", s.health, s.band, h28.health AS health28, h7.health AS health7, c.provisional, c.live,
      s.why, c.reason, c.next_action AS "nextAction", c.badges, s.run_rate::text AS "runRate", s.stake::text AS stake, c.urgency,
      (SELECT count(*)::int FROM alert o WHERE o.workspace_id = s.workspace_id AND o.account_id = a.id AND o.state <> 'resolved') AS alerts,
      t.day::text AS "touchedOn", t.kind AS "touchKind", z.until_day::text AS "snoozedUntil", z.reason AS "snoozeReason",
      d.day::text AS "doneOn", b.name AS "doneBy", ${needsYou} AS "needsYou",
      v.band AS "saidBand", v.until_day::text AS "saidUntil", v.reason AS "saidReason", vu.name AS "saidBy",
      (c.measures ->> ${packedAt('firstDay')}::int)::int AS "firstDay", c.p_silent AS "pSilent", c.scored_at AS "scoredAt"
    ${judged(tx, view)}
    JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
    JOIN score c ON c.workspace_id = s.workspace_id AND c.account_id = s.account_id
    LEFT JOIN app_user u ON u.id = a.owner_id
    LEFT JOIN app_user b ON b.id = d.by_id
    LEFT JOIN health_override v ON v.workspace_id = s.workspace_id AND v.account_id = a.id AND v.ended_on IS NULL AND v.until_day > ${view.today}::date
    LEFT JOIN app_user vu ON vu.id = v.set_by
    LEFT JOIN score_history h28 ON h28.workspace_id = s.workspace_id AND h28.account_id = a.id AND h28.day = ${view.closed}::date - 28
    LEFT JOIN score_history h7 ON h7.workspace_id = s.workspace_id AND h7.account_id = a.id AND h7.day = ${view.closed}::date - 7
    LEFT JOIN LATERAL (SELECT day, kind FROM touch WHERE touch.workspace_id = s.workspace_id AND touch.account_id = a.id AND kind <> 'note'
      ORDER BY at DESC LIMIT 1) t ON true
    WHERE s.workspace_id = ${tx.workspaceId}::uuid AND s.account_id = ANY(${plain(ids)}::uuid[])`;

/** Sums of the last 13 complete seven-day weeks by account, oldest first: revenue where anything is priced, else quantity. */
export const weeklyUsage = async (tx: WorkspaceTx, closed: Day | null, ids: readonly string[], priced: boolean): Promise<Map<string, number[]>> => {
  const rows = await tx.db.$queryRaw<{ id: string; week: number; value: number }[]>`
    SELECT account_id::text AS id, (${closed}::date - day) / 7 AS week, sum(${Prisma.raw(priced ? 'revenue' : 'quantity')})::float8 AS value
    FROM account_day WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ANY(${plain(ids)}::uuid[])
      AND day > ${closed}::date - ${SPARK_WEEKS * 7}::int AND day <= ${closed}::date
    GROUP BY 1, 2`;
  const weeks = new Map<string, number[]>();
  for (const { id, week, value } of rows) {
    const own = weeks.get(id) ?? Array.from({ length: SPARK_WEEKS }, () => 0);
    own[SPARK_WEEKS - 1 - week] = value;
    weeks.set(id, own);
  }
  return weeks;
};

export type CurrentCommitment = { id: string; amount: DecimalText; start: Day; end: Day; consumed: DecimalText };

/** The commitment each of these accounts (null: all) is in on the last closed day, the one begun last where terms overlap, with what it has consumed of it. */
export const currentCommitments = async (tx: StatementTx, closed: Day | null, ids: readonly string[] | null): Promise<Map<string, CurrentCommitment>> => {
  const rows = await tx.db.$queryRaw<CurrentCommitment[]>`
    SELECT c.account_id::text AS id, c.commitment::text AS amount, c.start_day::text AS start, c.end_day::text AS end, coalesce(r.consumed, 0)::text AS consumed
    FROM (SELECT DISTINCT ON (account_id) * FROM contract
      WHERE workspace_id = ${tx.workspaceId}::uuid ${ids === null ? Prisma.empty : Prisma.sql`AND account_id = ANY(${plain(ids)}::uuid[])`} AND commitment > 0
        AND start_day <= ${closed}::date AND end_day >= ${closed}::date
      ORDER BY account_id, start_day DESC, id) c
    LEFT JOIN LATERAL (SELECT sum(revenue) AS consumed FROM account_day
      WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = c.account_id AND day >= c.start_day AND day <= ${closed}::date) r ON true`;
  return new Map(rows.map((row) => [row.id, row]));
};

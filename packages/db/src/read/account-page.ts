import type { Day } from '@tideline/domain/calendar';
import type { ModelConfig } from '@tideline/domain/model-config';
import type { OtherReadings } from '@tideline/domain/other-signal';
import { profiled } from '@tideline/domain/profile';
import type { DecimalText } from '@tideline/domain/money';
import type { WorkspaceTx } from '../workspace.ts';
import { clearedOn } from './work-account.ts';

export type AccountRecord = {
  id: string;
  externalId: string;
  name: string;
  status: string;
  ownerId: string | null;
  ownerName: string | null;
  industry: string | null;
  plan: string | null;
  region: string | null;
  fields: Record<string, unknown>;
  contractStart: Day | null;
  createdDay: Day;
};

/** One account as the workspace keeps it; null when this person may not see it, or it is another workspace's. */
export const accountById = async (tx: WorkspaceTx, id: string, onlyOwner: string | null): Promise<AccountRecord | null> => {
  const [row] = await tx.db.$queryRaw<AccountRecord[]>`
    SELECT a.id::text, a.external_id AS "externalId", a.name, a.status, a.owner_id::text AS "ownerId", u.name AS "ownerName", a.industry, a.plan, a.region,
      a.fields, a.contract_start::text AS "contractStart", coalesce(a.created_day, a.created_at::date)::text AS "createdDay"
    FROM account a LEFT JOIN app_user u ON u.id = a.owner_id
    WHERE a.workspace_id = ${tx.workspaceId}::uuid AND a.id = ${id}::uuid AND (${onlyOwner}::uuid IS NULL OR a.owner_id = ${onlyOwner}::uuid)`;
  return row ?? null;
};

export type JudgedAccount = {
  asOf: Day;
  live: boolean;
  scoredAt: Date;
  modelVersion: number;
  config: ModelConfig;
  segment: string;
  segmentSince: Day;
  why: string;
  reason: { text: string; strong?: boolean }[];
  nextAction: string;
  badges: string[];
  health: number | null;
  band: string | null;
  provisional: boolean;
  pSilent: number | null;
  runRate: DecimalText | null;
  stake: DecimalText;
  lastDay: Day | null;
  measures: (number | null)[];
  /** What was read beside usage, and the share of the model's weight that had data. */
  others: OtherReadings | null;
  coverage: number;
  /** Name of the profile that judged it; `config` is the model as that has it. */
  profile: string | null;
  /** Run rate at the closes 28 and 364 days before the last. */
  runRate28: DecimalText | null;
  runRate364: DecimalText | null;
  /** Place by money at stake among the live accounts of its owner, and how many they are. */
  place: number;
  book: number;
};

/** The present judgement and the model that made it; null before the first. */
export const judgementOf = async (tx: WorkspaceTx, id: string, closed: Day | null): Promise<JudgedAccount | null> => {
  const [row] = await tx.db.$queryRaw<JudgedAccount[]>`
    SELECT s.as_of::text AS "asOf", s.live, s.scored_at AS "scoredAt", h.version AS "modelVersion", h.config, s.segment, s.segment_since::text AS "segmentSince", s.why, s.reason,
      s.next_action AS "nextAction", s.badges, s.health, s.band, s.provisional, s.p_silent AS "pSilent", s.run_rate::text AS "runRate", s.stake::text AS stake,
      s.last_day::text AS "lastDay", s.measures, s.others, s.coverage, s.profile, h28.run_rate::text AS "runRate28", h364.run_rate::text AS "runRate364", b.place, b.book
    FROM score s
    JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
    JOIN health_model h ON h.workspace_id = s.workspace_id AND h.id = s.model_id
    LEFT JOIN score_history h28 ON h28.workspace_id = s.workspace_id AND h28.account_id = s.account_id AND h28.day = ${closed}::date - 28
    LEFT JOIN score_history h364 ON h364.workspace_id = s.workspace_id AND h364.account_id = s.account_id AND h364.day = ${closed}::date - 364
    CROSS JOIN LATERAL (
      SELECT 1 + count(*) FILTER (WHERE o.stake > s.stake)::int AS place, count(*)::int AS book
      FROM score o JOIN account c ON c.workspace_id = o.workspace_id AND c.id = o.account_id AND c.status = 'live' AND c.owner_id IS NOT DISTINCT FROM a.owner_id
      WHERE o.workspace_id = s.workspace_id) b
    WHERE s.workspace_id = ${tx.workspaceId}::uuid AND s.account_id = ${id}::uuid`;
  if (!row) return null;
  const name = row.config.profiles?.find(({ key }) => key === row.profile)?.name ?? null;
  return { ...row, config: profiled(row.config, row.profile), profile: name };
};

/** Consumption since a day, summed up to the end of each seventh day and to the last. */
export const consumedLine = (tx: WorkspaceTx, id: string, start: Day, closed: Day): Promise<{ day: Day; consumed: DecimalText }[]> =>
  tx.db.$queryRaw<{ day: Day; consumed: DecimalText }[]>`
    SELECT day::text, trim_scale(consumed)::text AS consumed FROM (
      SELECT g.day::date AS day, sum(coalesce(d.revenue, 0)) OVER (ORDER BY g.day) AS consumed
      FROM generate_series(${start}::date, ${closed}::date, '1 day') g(day)
      LEFT JOIN account_day d ON d.workspace_id = ${tx.workspaceId}::uuid AND d.account_id = ${id}::uuid AND d.day = g.day::date) line
    WHERE (${closed}::date - day) % 7 = 0 OR day = ${start}::date ORDER BY day`;

export type TaskRow = {
  id: string;
  title: string;
  note: string;
  dueDay: Day | null;
  ownerId: string | null;
  ownerName: string | null;
  state: string;
  alertClearedOn: Day | null;
};

/** Open tasks by due day, then the last `closed` that were closed. */
export const accountTasks = (tx: WorkspaceTx, id: string, closed: number): Promise<TaskRow[]> =>
  tx.db.$queryRaw<TaskRow[]>`
    SELECT t.id::text, t.title, t.note, t.due_day::text AS "dueDay", t.owner_id::text AS "ownerId", u.name AS "ownerName", t.state, ${clearedOn} AS "alertClearedOn"
    FROM (SELECT *, row_number() OVER (PARTITION BY state = 'open' ORDER BY closed_at DESC) AS place FROM task
      WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ${id}::uuid) t
    LEFT JOIN app_user u ON u.id = t.owner_id
    LEFT JOIN alert al ON al.workspace_id = t.workspace_id AND al.id = t.alert_id
    WHERE t.state = 'open' OR t.place <= ${closed}
    ORDER BY t.state <> 'open', CASE WHEN t.state = 'open' THEN t.due_day END NULLS LAST, t.closed_at DESC, t.created_at, t.id`;

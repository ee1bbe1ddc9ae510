import { addDays, type Day, daysFromTo } from '@tideline/domain/calendar';
import type { Band } from '@tideline/domain/health';
import type { ModelConfig } from '@tideline/domain/model-config';
import type { ClosedDay } from '@tideline/domain/moved';
import type { OtherReadings } from '@tideline/domain/other-signal';
import { profiled } from '@tideline/domain/profile';
import type { Segment } from '@tideline/domain/segment';
import { plain } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';
import { judged, type TriageView } from './triage.ts';

/** What the closes of the last `days` days kept of an account's judgements, oldest first; `version` of the model that made each. */
export const closesOf = (tx: WorkspaceTx, id: string, closed: Day, days: number): Promise<(ClosedDay & { day: Day; version: number })[]> =>
  tx.db.$queryRaw<(ClosedDay & { day: Day; version: number })[]>`
    SELECT s.day::text, h.version, s.health, s.raw, s.log10p, s.cadence, s.silence, s.standing, s.momentum, s.others
    FROM score_history s JOIN health_model h ON h.workspace_id = s.workspace_id AND h.id = s.model_id
    WHERE s.workspace_id = ${tx.workspaceId}::uuid AND s.account_id = ${id}::uuid AND s.day = ANY(${plain(daysFromTo(addDays(closed, 1 - days), closed))}::date[])
    ORDER BY s.day`;

/** What the close of one day kept of an account's judgement; null where none did. `at`: when it was judged. */
export type ClosedJudgement = ClosedDay & {
  day: Day;
  version: number;
  /** As the account was judged by it: with the weights and bands of its profile. */
  config: ModelConfig;
  profile: string | null;
  band: Band | null;
  segment: Segment;
  backfilled: boolean;
  at: Date;
};

export const closeOn = async (tx: WorkspaceTx, id: string, day: Day): Promise<ClosedJudgement | null> => {
  const [row] = await tx.db.$queryRaw<ClosedJudgement[]>`
    SELECT s.day::text, h.version, h.config, s.health, s.raw, s.log10p, s.cadence, s.silence, s.standing, s.momentum, s.others, s.profile, s.band, s.segment, s.backfilled, s.written_at AS at
    FROM score_history s JOIN health_model h ON h.workspace_id = s.workspace_id AND h.id = s.model_id
    WHERE s.workspace_id = ${tx.workspaceId}::uuid AND s.account_id = ${id}::uuid AND s.day = ${day}::date`;
  return row ? { ...row, config: profiled(row.config, row.profile) } : null;
};

/** The first and last day that an account has a score of; null without any. */
export const scoredSpan = async (tx: WorkspaceTx, id: string): Promise<{ first: Day; last: Day } | null> => {
  const [row] = await tx.db.$queryRaw<{ first: Day | null; last: Day | null }[]>`
    SELECT min(day)::text AS first, max(day)::text AS last FROM score_history
    WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ${id}::uuid AND health IS NOT NULL`;
  return row?.first && row.last ? { first: row.first, last: row.last } : null;
};

/** The measures of the present judgement and the model that made it: all that is needed to open it. */
export type Measured = {
  asOf: Day;
  modelVersion: number;
  config: ModelConfig;
  profile: string | null;
  measures: (number | null)[];
  others: OtherReadings | null;
};

export const measuredOf = async (tx: WorkspaceTx, id: string): Promise<Measured | null> => {
  const [row] = await tx.db.$queryRaw<Measured[]>`
    SELECT s.as_of::text AS "asOf", h.version AS "modelVersion", h.config, s.profile, s.measures, s.others
    FROM score s JOIN health_model h ON h.workspace_id = s.workspace_id AND h.id = s.model_id
    WHERE s.workspace_id = ${tx.workspaceId}::uuid AND s.account_id = ${id}::uuid`;
  return row ? { ...row, config: profiled(row.config, row.profile) } : null;
};

export type TriageMarks = { until: Day | null; reason: string | null; doneOn: Day | null; doneBy: string | null };

/** Whether it stands out of triage, and why; null when it is not in this person's triage at all. */
export const triageMarks = async (tx: WorkspaceTx, view: TriageView, id: string): Promise<TriageMarks | null> => {
  const [row] = await tx.db.$queryRaw<TriageMarks[]>`
    SELECT z.until_day::text AS until, z.reason, d.day::text AS "doneOn", b.name AS "doneBy" ${judged(tx, view)}
    LEFT JOIN app_user b ON b.id = d.by_id
    WHERE s.workspace_id = ${tx.workspaceId}::uuid AND s.account_id = ${id}::uuid`;
  return row ?? null;
};

import { type Day, dayNumber } from '@tideline/domain/calendar';
import type { Measures } from '@tideline/domain/measure';
import { packMeasures } from '@tideline/domain/measure-pack';
import { defaultModelConfig } from '@tideline/domain/model-config';
import { anAccount, aRow, type Arrange, listedInTriage } from '@tideline/testkit/build';

/** The day everything is judged on in these tests; today is the day after, as `testDeps` starts on 22 November. */
export const CLOSED = '2026-11-21' as Day;
export const TODAY = '2026-11-22' as Day;

type Judged = {
  name?: string;
  owner?: string | null;
  industry?: string | null;
  status?: string;
  segment?: string;
  why?: string;
  health?: number | null;
  band?: string | null;
  runRate?: number;
  stake?: number;
  urgency?: number;
};

export const aModel = (arrange: Arrange, workspaceId: string): Promise<string> =>
  aRow(arrange, 'health_model', {
    workspace_id: workspaceId,
    version: 1,
    state: 'published',
    config: JSON.stringify(defaultModelConfig),
  });

/** An account that was in use for years. */
const MEASURES: Measures = {
  asOf: dayNumber(CLOSED),
  firstDay: 20_000,
  lastDay: dayNumber(CLOSED) - 12,
  yearFirstDay: dayNumber(CLOSED) - 363,
  ageDays: 500,
  usageDaysEver: 300,
  days28: 10,
  days84: 40,
  days182: 90,
  days364: 180,
  daysPrior84: 45,
  revenue28: 75,
  revenue84: 250,
  revenue90: 270,
  revenue364: 1_000,
  revenuePrior84: 260,
  clockSilent: 12,
  clockSpan: 350,
  meters28: null,
  metersPrior84: null,
  standing: 60,
  onboarding: 50,
  ttfvDays: null,
  weeks: null,
};

/** An account with its current judgement, as scoring would have left it. */
export const aJudgedAccount = async (arrange: Arrange, workspaceId: string, modelId: string, given: Judged = {}): Promise<string> => {
  const { name = 'Acme', owner = null, industry = null, status = 'live', segment = 'churn_risk', why = 'gone_quiet', health = 40, band = 'at_risk' } = given;
  const { runRate = 1000, stake = 100, urgency = 1 } = given;
  const id = await anAccount(arrange, workspaceId, { name, owner_id: owner, industry, status });
  await arrange(
    `INSERT INTO score (workspace_id, account_id, as_of, live, scored_at, model_id, health, raw, band, cadence, silence, standing, momentum, segment, segment_since,
       segment_reason, segment_state, badges, why, reason, next_action, measures, run_rate, stake, urgency, rank)
     VALUES ($1, $2, $3, false, $4, $5, $6::float8, $6::float8, $7, 50, 40, 60, 50, $8, $3, $9, '{}', '{}', $9, '[{"text":"Silent "},{"text":"12 days","strong":true}]', 'Call',
       $10, $11, $12::numeric, $13::float8, $12::float8 * $13::float8)`,
    [workspaceId, id, CLOSED, `${TODAY}T05:00:00Z`, modelId, health, band, segment, why, JSON.stringify(packMeasures(MEASURES)), runRate, stake, urgency],
  );
  await listedInTriage(arrange, workspaceId);
  return id;
};

/** The judgement at an earlier close. */
export const aHistoryDay = (
  arrange: Arrange,
  workspaceId: string,
  modelId: string,
  accountId: string,
  day: Day,
  row: { health: number; stake?: number; runRate?: number; segment?: string },
) =>
  arrange(
    `INSERT INTO score_history (workspace_id, account_id, day, model_id, health, raw, segment, cadence, silence, standing, momentum, stake, run_rate, backfilled, written_at)
     VALUES ($1, $2, $3, $4, $5::float8, $5::float8, $6, 60, 100, 60, 50, $7, $8, false, $9)`,
    [workspaceId, accountId, day, modelId, row.health, row.segment ?? 'steady', row.stake ?? 0, row.runRate ?? 0, `${day}T05:00:00Z`],
  );

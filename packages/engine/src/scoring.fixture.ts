import { type Day, dayNumber } from '@tideline/domain/calendar';
import { defaultModelConfig, type ModelConfig } from '@tideline/domain/model-config';
import { aRow, aWorkspace, type Arrange } from '@tideline/testkit/build';
import type { UsageRow } from '@tideline/testkit/score-oracle';

/** The rules the golden segments were walked by: the doors of score.md 5.1 off. */
export const measuredRules: ModelConfig = {
  ...defaultModelConfig,
  segments: { ...defaultModelConfig.segments, doors: { room: true, growth: false, milestone: false } },
};

export const aModel = (arrange: Arrange, workspaceId: string, config: ModelConfig = defaultModelConfig): Promise<string> =>
  aRow(arrange, 'health_model', { workspace_id: workspaceId, version: 1, state: 'published', config: JSON.stringify(config), published_at: '2026-01-01' });

/** A workspace with a model and one priced main meter `spend` that counts as activity. */
export const aScoredWorkspace = async (
  arrange: Arrange,
  row: Record<string, unknown> = {},
  config?: ModelConfig,
): Promise<{ workspaceId: string; versionId: string; meterId: string }> => {
  const workspaceId = await aWorkspace(arrange, { currency: 'GBP', ...row });
  await aModel(arrange, workspaceId, config);
  const { meterId, versionId } = await aMeter(arrange, workspaceId, { key: 'spend', unitPrice: '1' });
  return { workspaceId, meterId, versionId };
};

type MeterRow = { key: string; unitPrice?: string; aggregation?: string; counts?: boolean; createdAt?: string };

export const aMeter = async (
  arrange: Arrange,
  workspaceId: string,
  { key, unitPrice, aggregation = 'SUM', counts = true, createdAt = '2020-01-01' }: MeterRow,
) => {
  const meterId = await aRow(arrange, 'meter', { workspace_id: workspaceId, key, name: key, unit: 'units', created_at: createdAt });
  const version = { workspace_id: workspaceId, meter_id: meterId, version: 1, event_name: key, aggregation, counts_activity: counts };
  const versionId = await aRow(arrange, 'meter_version', version);
  if (unitPrice !== undefined) {
    const plan = JSON.stringify({ kind: 'flat', unitPrice });
    await aRow(arrange, 'price', { workspace_id: workspaceId, meter_id: meterId, currency: 'GBP', plan, effective_from: '2000-01-01' });
  }
  return { meterId, versionId };
};

/** Accounts by external id, and their days as usage of one meter, owed to be rated. */
export const sendUsage = async (arrange: Arrange, workspaceId: string, versionId: string, rows: readonly UsageRow[]): Promise<void> => {
  const names = [...new Set(rows.map((row) => row.account))];
  await arrange(
    `INSERT INTO account (workspace_id, external_id, name, created_day) SELECT $1, n, n, d FROM unnest($2::text[], $3::date[]) AS u (n, d) ON CONFLICT DO NOTHING`,
    [workspaceId, names, names.map((name) => firstDayOf(rows, name))],
  );
  await arrange(
    `INSERT INTO daily_usage (workspace_id, account_id, meter_version_id, day, quantity, active, last_at, last_key)
     SELECT $1, a.id, $2, u.day, u.quantity, u.active, u.day, '\\x00' FROM unnest($3::text[], $4::date[], $5::numeric[], $6::int[]) AS u (name, day, quantity, active)
     JOIN account a ON a.workspace_id = $1 AND a.external_id = u.name`,
    [workspaceId, versionId, rows.map((r) => r.account), rows.map((r) => r.day), rows.map((r) => r.revenue.toFixed(2)), rows.map((r) => r.events)],
  );
  await arrange(
    `INSERT INTO rescore (workspace_id, account_id, from_day, marked_at)
     SELECT $1, a.id, u.day, now() FROM unnest($2::text[], $3::date[]) AS u (name, day) JOIN account a ON a.workspace_id = $1 AND a.external_id = u.name
     ON CONFLICT (workspace_id, account_id) DO UPDATE SET from_day = least(rescore.from_day, excluded.from_day)`,
    [workspaceId, names, names.map((name) => firstDayOf(rows, name))],
  );
};

const firstDayOf = (rows: readonly UsageRow[], name: string): Day =>
  rows.filter((row) => row.account === name).reduce((a, row) => (dayNumber(row.day) < dayNumber(a.day) ? row : a)).day;

export const aRun = (arrange: Arrange, workspaceId: string): Promise<string> =>
  aRow(arrange, 'background_run', { workspace_id: workspaceId, kind: 'score.backfill', label: 'History' });

/** The milestone that says "first value". */
export const aMilestone = (arrange: Arrange, workspaceId: string, meterId: string, threshold: number): Promise<string> =>
  aRow(arrange, 'milestone', { workspace_id: workspaceId, name: 'First value', meter_id: meterId, threshold, first_value: true });

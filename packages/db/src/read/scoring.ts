import type { Day } from '@tideline/domain/calendar';
import type { ModelConfig } from '@tideline/domain/model-config';
import type { OnboardingCounts } from '@tideline/domain/peer-group';
import type { ClosedDay } from '../write/day-close.ts';
import { plain } from '../array-literal.ts';
import type { Db } from '../client.ts';
import type { WorkspaceTx } from '../workspace.ts';

/** What scoring needs to know of a workspace. */
export type Scoring = {
  readonly timezone: string;
  readonly asOfPin: Day | null;
  readonly closedThrough: Day | null;
  /** Any price in the workspace's currency: then money counts, otherwise the main meter's quantity. */
  readonly priced: boolean;
  readonly manyMeters: boolean;
  readonly milestoneSet: boolean;
  readonly model: { readonly id: string; readonly config: ModelConfig };
};

/** Throws when the workspace has no published health model: every workspace is set up with one. */
export const scoringOf = async (tx: WorkspaceTx): Promise<Scoring> => {
  const [row] = await tx.db.$queryRaw<(Omit<Scoring, 'model'> & { modelId: string | null; config: ModelConfig | null })[]>`
    SELECT w.timezone, w.as_of_pin::text AS "asOfPin", w.closed_through::text AS "closedThrough",
      EXISTS (SELECT 1 FROM price p WHERE p.workspace_id = w.id AND p.currency = w.currency) AS priced,
      (SELECT count(*) > 1 FROM meter m WHERE m.workspace_id = w.id AND m.archived_at IS NULL) AS "manyMeters",
      EXISTS (SELECT 1 FROM milestone s WHERE s.workspace_id = w.id AND s.first_value AND s.archived_at IS NULL) AS "milestoneSet",
      h.id::text AS "modelId", h.config
    FROM workspace w LEFT JOIN health_model h ON h.workspace_id = w.id AND h.state = 'published'
    WHERE w.id = ${tx.workspaceId}::uuid`;
  if (!row?.modelId || !row.config) throw new Error(`Workspace ${tx.workspaceId} has no published health model`);
  const { modelId, config, ...scoring } = row;
  return { ...scoring, model: { id: modelId, config } };
};

const known = new WeakMap<Db, Map<string, { at: number; closed: ClosedDay }>>();

/**
 * The last day closed on or before a day; null before the first. Its lists are as long as the workspace has accounts, so each process
 * keeps the newest it read, by the time it was closed at.
 */
export const closedDay = async (tx: WorkspaceTx, db: Db, through: Day): Promise<ClosedDay | null> => {
  const [head] = await tx.db.$queryRaw<{ day: Day; at: Date }[]>`
    SELECT day::text, closed_at AS at FROM day_close WHERE workspace_id = ${tx.workspaceId}::uuid AND day <= ${through}::date ORDER BY day DESC LIMIT 1`;
  if (!head) return null;
  const kept = known.get(db)?.get(tx.workspaceId);
  if (kept && kept.closed.day === head.day && kept.at === head.at.getTime()) return kept.closed;
  const [row] = await tx.db.$queryRaw<{ k: number; vbar: number; peers: number[]; onboarding: OnboardingCounts; median: number | null; milestone: boolean }[]>`
    SELECT regularity AS k, vbar, peers, onboarding, median_ttfv AS median,
      EXISTS (SELECT 1 FROM milestone s WHERE s.workspace_id = c.workspace_id AND s.first_value AND s.archived_at IS NULL) AS milestone
    FROM day_close c WHERE workspace_id = ${tx.workspaceId}::uuid AND day = ${head.day}::date`;
  if (!row) return null;
  const relative = { k: row.k, vbar: row.vbar, milestoneSet: row.milestone, medianTtfvDays: row.median };
  const closed = { day: head.day, relative, group: { peers: row.peers, onboarding: row.onboarding } };
  const own = known.get(db) ?? new Map<string, { at: number; closed: ClosedDay }>();
  if (own.size >= 50) own.clear();
  known.set(db, own.set(tx.workspaceId, { at: head.at.getTime(), closed }));
  return closed;
};

/** Which of these accounts (null: of all) were active on a day. */
export const activeOn = async (tx: WorkspaceTx, day: Day, accountIds: readonly string[] | null): Promise<string[]> => {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    SELECT account_id::text AS id FROM account_day WHERE workspace_id = ${tx.workspaceId}::uuid AND day = ${day}::date AND active
      AND (${accountIds === null} OR account_id = ANY(${plain(accountIds ?? [])}::uuid[]))`;
  return rows.map(({ id }) => id);
};

/** Every account, live or not, in the order of ids. */
export const accountIdsOf = async (tx: WorkspaceTx): Promise<string[]> => {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`SELECT id::text FROM account WHERE workspace_id = ${tx.workspaceId}::uuid ORDER BY id`;
  return rows.map(({ id }) => id);
};

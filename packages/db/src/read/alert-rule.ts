import type { Day } from '@tideline/domain/calendar';
import type { WorkspaceTx } from '../workspace.ts';

export type AlertRuleRow = {
  id: string;
  name: string;
  kind: string;
  config: Record<string, unknown>;
  enabled: boolean;
  open: number;
  fired: number;
  /** Since the day asked about. */
  firedSince: number;
  lastFiredAt: Date | null;
  updatedAt: Date;
};

/** The rules and how often they fired, ever and since a day; all, or one by id. */
export const alertRules = (tx: WorkspaceTx, since: Day, id: string | null = null): Promise<AlertRuleRow[]> =>
  tx.db.$queryRaw<AlertRuleRow[]>`
    SELECT r.id, r.name, r.kind, r.config, r.enabled, r.updated_at AS "updatedAt", count(a.id)::int AS fired,
      count(a.id) FILTER (WHERE a.opened_on >= ${since}::date)::int AS "firedSince",
      count(a.id) FILTER (WHERE a.state <> 'resolved')::int AS open, max(a.opened_at) AS "lastFiredAt"
    FROM alert_rule r LEFT JOIN alert a ON a.workspace_id = r.workspace_id AND a.rule_id = r.id
    WHERE r.workspace_id = ${tx.workspaceId}::uuid AND (${id}::uuid IS NULL OR r.id = ${id}::uuid)
    GROUP BY r.workspace_id, r.id ORDER BY r.created_at, r.id`;

/** A live account as a condition sees it. `stake` as decimal text. */
export type JudgedAccount = { id: string; name: string; health: number | null; segment: string; stake: string };

/** Every live account with a score, the dearest first: what a condition is tried on. */
export const judgedAccounts = (tx: WorkspaceTx): Promise<JudgedAccount[]> =>
  tx.db.$queryRaw<JudgedAccount[]>`
    SELECT a.id, a.name, s.health, s.segment, s.stake::text AS stake
    FROM score s JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id AND a.status = 'live'
    WHERE s.workspace_id = ${tx.workspaceId}::uuid ORDER BY s.stake DESC, a.name, a.id`;

import { Prisma } from '../../generated/client.ts';
import type { Day } from '@tideline/domain/calendar';
import { plain } from '../array-literal.ts';
import type { StatementTx, WorkspaceTx } from '../workspace.ts';

/** A rule as it is stored: its condition is in `config`, to be read with its kind. */
export type StoredRule = { id: string; name: string; kind: string; config: unknown; enabled: boolean };

/** The rules to judge: those switched on, and those switched off that still have an alert to resolve. */
export const rulesToJudge = (tx: StatementTx): Promise<StoredRule[]> =>
  tx.db.$queryRaw<StoredRule[]>`
    SELECT r.id, r.name, r.kind, r.config, r.enabled FROM alert_rule r
    WHERE r.workspace_id = ${tx.workspaceId}::uuid AND (r.enabled OR EXISTS (
      SELECT 1 FROM alert a WHERE a.workspace_id = r.workspace_id AND a.rule_id = r.id AND a.state <> 'resolved'))
    ORDER BY r.created_at, r.id`;

/** The newest alert of a rule for an account. `told`: its opening was made known, alone or in a digest. */
export type NewestAlert = { id: string; ruleId: string; accountId: string; open: boolean; resolvedOn: Day | null; byHand: boolean; told: boolean };

/** The newest alert per rule for each of these accounts; null: of all. */
export const newestAlerts = (tx: StatementTx, accountIds: readonly string[] | null): Promise<NewestAlert[]> =>
  tx.db.$queryRaw<NewestAlert[]>`
    SELECT DISTINCT ON (a.rule_id, a.account_id) a.id, a.rule_id AS "ruleId", a.account_id AS "accountId", a.state <> 'resolved' AS open,
      a.resolved_on::text AS "resolvedOn", a.resolved_by IS NOT NULL AS "byHand", NOT a.digest OR a.digest_task_id IS NOT NULL AS told
    FROM alert a WHERE a.workspace_id = ${tx.workspaceId}::uuid ${accountIds ? Prisma.sql`AND a.account_id = ANY(${plain(accountIds)}::uuid[])` : Prisma.empty}
    ORDER BY a.rule_id, a.account_id, a.state = 'resolved', a.opened_at DESC, a.id`;

/** The first day the workspace has any usage; null without. */
export const firstUsageDay = async (tx: StatementTx): Promise<Day | null> => {
  const [row] = await tx.db.$queryRaw<{ day: Day | null }[]>`SELECT min(day)::text AS day FROM account_day WHERE workspace_id = ${tx.workspaceId}::uuid`;
  return row?.day ?? null;
};

/** What an alert says about its account. `stake` as decimal text. */
export type AlertAccount = {
  id: string;
  externalId: string;
  name: string;
  status: string;
  ownerId: string | null;
  slug: string;
  stake: string | null;
};

/** The accounts something happened to, with the address of their workspace. */
export const alertAccounts = (tx: WorkspaceTx, accountIds: readonly string[]): Promise<AlertAccount[]> =>
  tx.db.$queryRaw<AlertAccount[]>`
    SELECT a.id, a.external_id AS "externalId", a.name, a.status, a.owner_id AS "ownerId", w.slug, s.stake::text AS stake
    FROM unnest(${plain(accountIds)}::uuid[]) AS u (id)
    JOIN account a ON a.workspace_id = ${tx.workspaceId}::uuid AND a.id = u.id
    JOIN workspace w ON w.id = a.workspace_id
    LEFT JOIN score s ON s.workspace_id = a.workspace_id AND s.account_id = a.id`;

/** The last day on which an alert opened. */
export const lastAlertDay = async (tx: WorkspaceTx): Promise<Day | null> => {
  const [row] = await tx.db.$queryRaw<{ day: Day | null }[]>`SELECT max(opened_on)::text AS day FROM alert WHERE workspace_id = ${tx.workspaceId}::uuid`;
  return row?.day ?? null;
};

/** An alert that fired in a late close and was not summed up yet. */
export type UntoldAlert = {
  id: string;
  accountId: string;
  account: string;
  externalId: string;
  slug: string;
  ownerId: string | null;
  sentence: string;
  evidence: unknown;
};

/** Alerts of late closes that are still open and in no digest, dearest account first. Locked, so that one digest takes each. */
export const untoldAlerts = (tx: WorkspaceTx): Promise<UntoldAlert[]> =>
  tx.db.$queryRaw<UntoldAlert[]>`
    SELECT al.id, al.account_id AS "accountId", a.name AS account, a.external_id AS "externalId", w.slug, al.assignee_id AS "ownerId", al.sentence, al.evidence
    FROM alert al
    JOIN account a ON a.workspace_id = al.workspace_id AND a.id = al.account_id
    JOIN workspace w ON w.id = al.workspace_id
    LEFT JOIN score s ON s.workspace_id = al.workspace_id AND s.account_id = al.account_id
    WHERE al.workspace_id = ${tx.workspaceId}::uuid AND al.digest AND al.digest_task_id IS NULL AND al.state <> 'resolved'
    ORDER BY s.stake DESC NULLS LAST, a.name, al.id
    FOR UPDATE OF al SKIP LOCKED`;

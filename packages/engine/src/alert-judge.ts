import { judgeAlert, type AlertCase, type AlertRule, type AlertVerdict } from '@tideline/domain/alert';
import { daysBetween, type Day } from '@tideline/domain/calendar';
import { firstUsageDay, newestAlerts, rulesToJudge, type NewestAlert, type StoredRule } from '@tideline/db/read/alert-case';
import type { WorkspaceTx } from '@tideline/db/workspace';
import type { ScoreChange } from './score-change.ts';

/** The rule as the domain judges it. What is stored was checked when it was saved. */
export const ruleOf = ({ kind, config }: Pick<StoredRule, 'kind' | 'config'>): AlertRule => ({ ...(config as object), kind }) as AlertRule;

/** A rule and an account where something is to be done. */
export type Finding = {
  rule: StoredRule;
  change: ScoreChange;
  newest: NewestAlert | null;
  verdict: Exclude<AlertVerdict, { verdict: 'hold' }>;
};

/** Judges every rule over every change; only what fires or resolves comes back. `reasons` by account, where they are known. */
export const findings = async (tx: WorkspaceTx, changes: readonly ScoreChange[]): Promise<Finding[]> => {
  const rules = await rulesToJudge(tx);
  if (rules.length === 0) return [];
  const ids = changes.map((change) => change.accountId);
  const newest = new Map((await newestAlerts(tx, ids)).map((alert) => [keyOf(alert.ruleId, alert.accountId), alert]));
  const first = await firstUsageDay(tx);
  return rules.flatMap((rule) => changes.flatMap((change) => findingOf(rule, change, newest.get(keyOf(rule.id, change.accountId)) ?? null, first)));
};

const keyOf = (ruleId: string, accountId: string): string => `${ruleId} ${accountId}`;

const findingOf = (rule: StoredRule, change: ScoreChange, newest: NewestAlert | null, first: Day | null): Finding[] => {
  const verdict = judgeAlert(ruleOf(rule), caseOf(change, first), newest);
  if (verdict.verdict === 'hold') return [];
  // A rule that is switched off lets its alerts end, and starts none.
  if (verdict.verdict === 'fire' && !rule.enabled) return [];
  return [{ rule, change, newest, verdict }];
};

const caseOf = (change: ScoreChange, first: Day | null): AlertCase => ({
  before: change.before,
  after: change.after,
  day: change.day,
  reason: change.reason,
  backfilled: change.backfilled,
  firstSight: change.firstSight,
  late: change.late,
  historyDays: first === null ? 0 : daysBetween(first, change.day) + 1,
});

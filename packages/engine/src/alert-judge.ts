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

/** Judges every rule over every change; only what fires or resolves comes back. */
export const findings = async (tx: WorkspaceTx, changes: readonly ScoreChange[]): Promise<Finding[]> => {
  const rules = await rulesToJudge(tx);
  if (rules.length === 0) return [];
  const newest = Map.groupBy(
    await newestAlerts(
      tx,
      changes.map((change) => change.accountId),
    ),
    ({ ruleId }) => ruleId,
  );
  const first = await firstUsageDay(tx);
  const cases = changes.map((change) => caseOf(change, first));
  return rules.flatMap((rule) => {
    const [judged, alerts] = [ruleOf(rule), new Map(newest.get(rule.id)?.map((alert) => [alert.accountId, alert]))];
    const found: Finding[] = [];
    for (const [i, change] of changes.entries()) {
      const [about, last] = [cases[i], alerts.get(change.accountId) ?? null];
      const verdict = about && judgeAlert(judged, about, last);
      // A rule that is switched off lets its alerts end, and starts none.
      if (!verdict || verdict.verdict === 'hold' || (verdict.verdict === 'fire' && !rule.enabled)) continue;
      found.push({ rule, change, newest: last, verdict });
    }
    return found;
  });
};

const caseOf = ({ before, after, day, reason, backfilled, firstSight, late }: ScoreChange, first: Day | null): AlertCase => ({
  before,
  after,
  day,
  reason,
  backfilled,
  firstSight,
  late,
  historyDays: first === null ? 0 : daysBetween(first, day) + 1,
});

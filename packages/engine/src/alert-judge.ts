import { judgeAlert, type AlertCase, type AlertRule, type AlertVerdict } from '@tideline/domain/alert';
import { daysBetween } from '@tideline/domain/calendar';
import { firstUsageDay, newestAlerts, rulesToJudge, type NewestAlert, type StoredRule } from '@tideline/db/read/alert-case';
import type { StatementTx } from '@tideline/db/workspace';
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

/**
 * What judges every rule over changes of these accounts (null: of any), as often as some come; only what fires or resolves comes back.
 * It reads what there is now, and nothing afterwards.
 */
export const alertJudge = async (tx: StatementTx, accountIds: readonly string[] | null): Promise<(changes: readonly ScoreChange[]) => Finding[]> => {
  const rules = await rulesToJudge(tx);
  if (rules.length === 0) return () => [];
  const newest = Map.groupBy(await newestAlerts(tx, accountIds), ({ ruleId }) => ruleId);
  const first = await firstUsageDay(tx);
  const judging = rules.map((rule) => ({ rule, judged: ruleOf(rule), alerts: new Map(newest.get(rule.id)?.map((alert) => [alert.accountId, alert])) }));
  return (changes) => {
    const historyDays = new Map([...new Set(changes.map(({ day }) => day))].map((day) => [day, first === null ? 0 : daysBetween(first, day) + 1]));
    const found: Finding[] = [];
    for (const change of changes) {
      const about = caseOf(change, historyDays.get(change.day) ?? 0);
      for (const { rule, judged, alerts } of judging) {
        const last = alerts.get(change.accountId) ?? null;
        const verdict = judgeAlert(judged, about, last);
        // A rule that is switched off lets its alerts end, and starts none.
        if (verdict.verdict === 'hold' || (verdict.verdict === 'fire' && !rule.enabled)) continue;
        found.push({ rule, change, newest: last, verdict });
      }
    }
    return found;
  };
};

const caseOf = ({ before, after, day, reason, backfilled, firstSight, late }: ScoreChange, historyDays: number): AlertCase => ({
  before,
  after,
  day,
  reason,
  backfilled,
  firstSight,
  late,
  historyDays,
});

import { Condition } from '@tideline/contracts/alert-rule';
import type { AlertKind, AlertRule, Severity } from '@tideline/domain/alert';
import { segments } from '@tideline/domain/segment';
import { severities } from '@tideline/domain/task';
import type { Segment } from '@tideline/domain/segment';

export type RuleCondition = AlertRule;

/** The condition as it is kept, checked again: what the contract no longer knows is a bug, not a row to hide. */
export const conditionOf = (kept: Record<string, unknown>): RuleCondition => Condition.parse(kept);

const listed = (wanted: readonly Segment[]): string => {
  const names = wanted.map((one) => segments[one].label);
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
};

const kinds: { readonly [K in AlertKind]: (rule: Extract<AlertRule, { kind: K }>) => string } = {
  health_below: ({ threshold, clear }) => `Health falls below ${threshold}; clears at ${clear}`,
  segment_entered: (rule) => `An account enters ${listed(rule.segments)}; clears when it leaves`,
};

/** When it fires, as a sentence. */
export const conditionWords = (rule: RuleCondition): string => (kinds[rule.kind] as (rule: AlertRule) => string)(rule);

/** How soon somebody must act, as the task will be due. */
export const dueWords = (severity: Severity): string => {
  const { dueIn } = severities[severity];
  return dueIn === 0 ? 'task due the same day' : `task due in ${dueIn} working ${dueIn === 1 ? 'day' : 'days'}`;
};
export const severityNames = (Object.keys(severities) as Severity[]).map((value) => ({ value, label: severities[value].label }));
export const severityLabel = (severity: Severity): string => severities[severity].label;

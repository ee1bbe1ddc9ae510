import { type Day, daysBetween } from './calendar.ts';
import { type Segment, segments } from './segment.ts';

export type Severity = 'urgent' | 'high' | 'normal' | 'low';
/** What every rule says beside its condition: how soon somebody must act, and the days it keeps quiet after resolving. */
type Common = { readonly severity: Severity; readonly coolDownDays: number };
export type HealthBelow = Common & { readonly kind: 'health_below'; readonly threshold: number; readonly clear: number };
export type SegmentEntered = Common & { readonly kind: 'segment_entered'; readonly segments: readonly Segment[] };
export type AlertRule = HealthBelow | SegmentEntered;
export type AlertKind = AlertRule['kind'];

/** What rules look at: health as shown (null: too early for one) and segment. */
export type Judged = { readonly health: number | null; readonly segment: Segment };

type Kind<R extends AlertRule> = {
  readonly label: string;
  readonly defaults: R;
  /** There is something to compare with: a first score is a first sight too. */
  readonly seen: (before: Judged) => boolean;
  /** The condition stands: reason to fire on the crossing into it. */
  readonly holds: (rule: R, judged: Judged) => boolean;
  /** Far enough out of it to resolve. Between the two an open alert stays open: the hysteresis. */
  readonly cleared: (rule: R, judged: Judged) => boolean;
  readonly fired: (rule: R, before: Judged, after: Judged) => string;
  readonly resolved: (rule: R, after: Judged) => string;
  readonly problem: (rule: R) => string | null;
};

/** Health for a sentence, cut and not rounded: 49.96 is below 50 and must not read as 50. */
const whole = (health: number): string => String(Math.floor(health));
const labels = (wanted: readonly Segment[]): string => wanted.map((one) => segments[one].label).join(', ');

/** Every rule kind, with the defaults of score.md §6. */
export const alertKinds: { readonly [K in AlertKind]: Kind<Extract<AlertRule, { kind: K }>> } = {
  health_below: {
    label: 'Health falls below',
    defaults: { kind: 'health_below', threshold: 50, clear: 54, severity: 'high', coolDownDays: 7 },
    seen: ({ health }) => health !== null,
    holds: ({ threshold }, { health }) => health !== null && health < threshold,
    cleared: ({ clear }, { health }) => health !== null && health >= clear,
    fired: ({ threshold }, before, { health }) =>
      before.health !== null && before.health >= threshold
        ? `Health fell from ${whole(before.health)} to ${whole(health ?? 0)}, below ${threshold}`
        : `Health is ${whole(health ?? 0)}, below ${threshold} again`,
    resolved: ({ clear }, { health }) => `Health is back at ${whole(health ?? 0)}, ${clear} or more`,
    problem: ({ threshold, clear }) => {
      if (!(threshold > 0 && threshold <= 100)) return 'The threshold is a health score: above 0, at most 100';
      return clear >= threshold && clear <= 100 ? null : `The alert must clear at the threshold (${threshold}) or above, at most at 100`;
    },
  },
  segment_entered: {
    label: 'Account enters a segment',
    defaults: { kind: 'segment_entered', segments: ['churn_risk'], severity: 'high', coolDownDays: 7 },
    seen: () => true,
    holds: (rule, { segment }) => rule.segments.includes(segment),
    cleared: (rule, { segment }) => !rule.segments.includes(segment),
    fired: (rule, before, { segment }) =>
      !rule.segments.includes(before.segment)
        ? `Moved from ${segments[before.segment].label} to ${segments[segment].label}`
        : `In ${segments[segment].label} again`,
    resolved: (rule, { segment }) => `Left ${labels(rule.segments)}, now ${segments[segment].label}`,
    problem: (rule) => {
      if (rule.segments.length === 0) return 'Choose at least one segment';
      return rule.segments.every((one) => Object.hasOwn(segments, one)) ? null : 'Choose segments of the list';
    },
  },
};

/** The kind's functions for a rule. The cast joins two halves of one union that the type system cannot see belong together. */
const kindOf = (rule: AlertRule): Kind<AlertRule> => alertKinds[rule.kind] as Kind<AlertRule>;

/** What is wrong with a rule, as the sentence to show; null when it can be saved. */
export const alertRuleProblem = (rule: AlertRule): string | null => {
  if (!Number.isInteger(rule.coolDownDays) || rule.coolDownDays < 0 || rule.coolDownDays > 365)
    return 'The quiet time is a whole number of days, from 0 to 365';
  return kindOf(rule).problem(rule);
};

/** The newest alert of a rule for an account: open (in any state but resolved), or resolved by itself or by a person. Null: none yet, or none resolved since the rule last changed (what resolved under another threshold says nothing about this one). */
export type LastAlert = { readonly open: boolean; readonly resolvedOn: Day | null; readonly byHand: boolean } | null;

/** One account judged again, and the circumstances. */
export type AlertCase = {
  readonly before: Judged | null;
  readonly after: Judged;
  readonly day: Day;
  /** Why the account stands where it does, the sentence of triage; null when there is none. Asked for where an alert speaks. */
  readonly reason: () => string | null;
  /** Part of the history filled in after an import. */
  readonly backfilled: boolean;
  readonly firstSight: boolean;
  /** The day was closed late: what fires goes out as one digest. */
  readonly late: boolean;
  /** Days of usage the workspace has, first to this one. */
  readonly historyDays: number;
};

/** What the alert keeps: the facts as they were. */
export type AlertEvidence = {
  readonly rule: AlertRule;
  readonly day: Day;
  readonly before: Judged | null;
  readonly after: Judged;
  readonly reason: string | null;
};
export type Hold = 'backfilled' | 'still_open' | 'not_holding' | 'first_sight' | 'short_history' | 'no_crossing' | 'cool_down';
export type AlertVerdict =
  | { readonly verdict: 'fire'; readonly digest: boolean; readonly evidence: AlertEvidence; readonly sentence: string }
  | { readonly verdict: 'hold'; readonly why: Hold }
  | { readonly verdict: 'resolve'; readonly evidence: AlertEvidence; readonly sentence: string };

/** Days of workspace history before anything fires (score.md 4.6). */
export const HISTORY_DAYS = 84;

/**
 * Judges one rule for one account: fires once per crossing, resolves when the condition has clearly passed.
 * A crossing within the cool-down is not lost: it fires when the cool-down ends, if the condition still holds
 * then. That is known without further memory, because an alert that resolved by itself resolved outside the
 * condition; one closed by a person did not, and waits for a crossing.
 */
export const judgeAlert = (rule: AlertRule, facts: AlertCase, last: LastAlert): AlertVerdict => {
  const hold = (why: Hold): AlertVerdict => ({ verdict: 'hold', why });
  if (facts.backfilled) return hold('backfilled');
  const { before, after, day } = facts;
  const kind = kindOf(rule);
  const evidence = (): AlertEvidence => ({ rule, day, before, after, reason: facts.reason() });
  if (last?.open) return kind.cleared(rule, after) ? { verdict: 'resolve', evidence: evidence(), sentence: kind.resolved(rule, after) } : hold('still_open');
  if (!kind.holds(rule, after)) return hold('not_holding');
  if (facts.firstSight || before === null || !kind.seen(before)) return hold('first_sight');
  if (facts.historyDays < HISTORY_DAYS) return hold('short_history');
  const suppressed = last !== null && !last.byHand && last.resolvedOn !== null;
  if (kind.holds(rule, before) && !suppressed) return hold('no_crossing');
  if (last?.resolvedOn != null && daysBetween(last.resolvedOn, day) < rule.coolDownDays) return hold('cool_down');
  const found = evidence();
  const because = found.reason === null ? '' : `: ${found.reason}`;
  return { verdict: 'fire', digest: facts.late, evidence: found, sentence: `${kind.fired(rule, before, after)}${because}` };
};

export type AlertState = 'open' | 'acknowledged' | 'snoozed' | 'resolved';
export type AlertMove = 'acknowledge' | 'snooze' | 'wake' | 'resolve';

/** What a person (or, for `wake`, the day) may do with an alert, and what it then is. */
export const alertMoves = {
  acknowledge: { label: 'Acknowledge', from: ['open', 'snoozed'], to: 'acknowledged' },
  snooze: { label: 'Snooze', from: ['open', 'acknowledged', 'snoozed'], to: 'snoozed' },
  wake: { label: 'Wake', from: ['snoozed'], to: 'open' },
  resolve: { label: 'Resolve', from: ['open', 'acknowledged', 'snoozed'], to: 'resolved' },
} as const satisfies Record<AlertMove, { label: string; from: readonly AlertState[]; to: AlertState }>;

/** The state after a move; null where the move is not allowed from the present one. */
export const afterAlertMove = (state: AlertState, move: AlertMove): AlertState | null => {
  const from: readonly AlertState[] = alertMoves[move].from;
  return from.includes(state) ? alertMoves[move].to : null;
};

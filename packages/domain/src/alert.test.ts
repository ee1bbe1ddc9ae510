import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afterAlertMove,
  type AlertCase,
  alertKinds,
  type AlertRule,
  alertRuleProblem,
  type Hold,
  HISTORY_DAYS,
  type Judged,
  judgeAlert,
  type LastAlert,
} from './alert.ts';
import { addDays, day } from './calendar.ts';
import { type Segment, segments } from './segment.ts';

const health = alertKinds.health_below.defaults;
const entered = alertKinds.segment_entered.defaults;
const monday = day('2025-06-02');
const at = (score: number | null, segment: Segment = 'steady'): Judged => ({ health: score, segment });
const facts = (before: Judged | null, after: Judged, more: Partial<AlertCase> = {}): AlertCase => ({
  before,
  after,
  day: monday,
  reason: () => null,
  backfilled: false,
  firstSight: false,
  late: false,
  historyDays: 400,
  ...more,
});
const open: LastAlert = { open: true, resolvedOn: null, byHand: false };
const resolved = (daysAgo: number, byHand = false): LastAlert => ({ open: false, resolvedOn: addDays(monday, -daysAgo), byHand });
const outcome = (rule: AlertRule, given: AlertCase, last: LastAlert): string => {
  const verdict = judgeAlert(rule, given, last);
  return verdict.verdict === 'hold' ? verdict.why : verdict.verdict;
};

describe('health falls below', () => {
  test.each<[string, AlertCase, LastAlert, 'fire' | 'resolve' | Hold]>([
    ['crossing', facts(at(50), at(49.99)), null, 'fire'],
    ['at the threshold', facts(at(60), at(50)), null, 'not_holding'],
    ['already below', facts(at(45), at(40)), null, 'no_crossing'],
    ['still open, deeper', facts(at(45), at(20)), open, 'still_open'],
    ['between threshold and clear', facts(at(49), at(53.9)), open, 'still_open'],
    ['down again before it cleared', facts(at(53), at(48)), open, 'still_open'],
    ['clear', facts(at(53), at(54)), open, 'resolve'],
    ['no score any more', facts(at(45), at(null)), open, 'still_open'],
    ['first sight', facts(null, at(10)), null, 'first_sight'],
    ['first score of an account', facts(at(null), at(0)), null, 'first_sight'],
    ['first sight by flag', facts(at(80), at(10), { firstSight: true }), null, 'first_sight'],
    ['backfilled', facts(at(80), at(10), { backfilled: true }), null, 'backfilled'],
    ['backfilled history resolves nothing', facts(at(10), at(90), { backfilled: true }), open, 'backfilled'],
    ['young workspace', facts(at(80), at(10), { historyDays: HISTORY_DAYS - 1 }), null, 'short_history'],
    ['old enough', facts(at(80), at(10), { historyDays: HISTORY_DAYS }), null, 'fire'],
    ['a young workspace still resolves', facts(at(10), at(80), { historyDays: 1 }), open, 'resolve'],
    ['within the cool-down', facts(at(55), at(45)), resolved(6), 'cool_down'],
    ['cool-down over', facts(at(55), at(45)), resolved(7), 'fire'],
    ['a crossing in the cool-down fires when it ends', facts(at(45), at(44)), resolved(7), 'fire'],
    ['closed by a person: waits for a crossing', facts(at(45), at(44)), resolved(30, true), 'no_crossing'],
    ['closed by a person: the next crossing fires', facts(at(52), at(44)), resolved(30, true), 'fire'],
  ])('%s', (_, given, last, wanted) => expect(outcome(health, given, last)).toBe(wanted));

  test('evidence, sentence and digest', () => {
    const given = facts(at(56.4), at(49.96), { reason: () => 'silent 10 days, usually every day', late: true });
    expect(judgeAlert(health, given, null)).toEqual({
      verdict: 'fire',
      digest: true,
      sentence: 'Health fell from 56 to 49, below 50: silent 10 days, usually every day',
      evidence: { rule: health, day: monday, before: at(56.4), after: at(49.96), reason: 'silent 10 days, usually every day' },
    });
    expect(judgeAlert(health, facts(at(45), at(44.2)), resolved(7))).toMatchObject({ digest: false, sentence: 'Health is 44, below 50 again' });
    expect(judgeAlert(health, facts(at(45), at(61)), open)).toMatchObject({ sentence: 'Health is back at 61, 54 or more' });
  });
});

describe('account enters a segment', () => {
  const rule: AlertRule = { ...entered, segments: ['churn_risk', 'dormant'] };
  test.each<[string, AlertCase, LastAlert, 'fire' | 'resolve' | Hold]>([
    ['enters', facts(at(60), at(60, 'churn_risk')), null, 'fire'],
    ['another segment', facts(at(60), at(60, 'expansion_candidate')), null, 'not_holding'],
    ['from one listed segment to the other', facts(at(60, 'churn_risk'), at(60, 'dormant')), null, 'no_crossing'],
    ['the same while open', facts(at(60, 'churn_risk'), at(60, 'dormant')), open, 'still_open'],
    ['leaves', facts(at(60, 'dormant'), at(60)), open, 'resolve'],
    ['enters in the cool-down', facts(at(60), at(60, 'dormant')), resolved(1), 'cool_down'],
    ['segments need no score', facts(at(null), at(null, 'dormant')), null, 'fire'],
  ])('%s', (_, given, last, wanted) => expect(outcome(rule, given, last)).toBe(wanted));
  test('sentences', () => {
    expect(judgeAlert(rule, facts(at(60), at(60, 'churn_risk')), null)).toMatchObject({ sentence: 'Moved from Steady to Churn risk' });
    expect(judgeAlert(rule, facts(at(60, 'dormant'), at(60, 'dormant')), resolved(9))).toMatchObject({ sentence: 'In Dormant again' });
    expect(judgeAlert(rule, facts(at(60, 'dormant'), at(60)), open)).toMatchObject({ sentence: 'Left Churn risk, Dormant, now Steady' });
  });
});

describe('over any history', () => {
  const anyJudged = fc.record({ health: fc.option(fc.integer({ min: 0, max: 100 })), segment: fc.constantFrom(...(Object.keys(segments) as Segment[])) });
  const anyRule = fc.oneof(
    fc
      .record({ coolDownDays: fc.nat(20), threshold: fc.integer({ min: 1, max: 90 }), gap: fc.nat(10) })
      .map(({ coolDownDays, threshold, gap }): AlertRule => ({ ...health, coolDownDays, threshold, clear: threshold + gap })),
    fc
      .record({ coolDownDays: fc.nat(20), segments: fc.subarray(Object.keys(segments) as Segment[], { minLength: 1 }) })
      .map((given): AlertRule => ({ ...entered, ...given })),
  );
  /** Walks a rule over days as the engine does; returns the days of each verdict. */
  const walk = (rule: AlertRule, history: readonly Judged[]) => {
    let last: LastAlert = null;
    const log: { n: number; verdict: 'fire' | 'resolve' }[] = [];
    for (const [n, after] of history.entries()) {
      const on = addDays(monday, n);
      const { verdict } = judgeAlert(rule, facts(history[n - 1] ?? null, after, { day: on }), last);
      if (verdict === 'hold') continue;
      log.push({ n, verdict });
      last = verdict === 'fire' ? open : { open: false, resolvedOn: on, byHand: false };
    }
    return log;
  };
  test('fires and resolves take turns, a fire first, and the cool-down is kept', () => {
    fc.assert(
      fc.property(anyRule, fc.array(anyJudged, { maxLength: 60 }), (rule, history) => {
        const log = walk(rule, history);
        for (const [i, { n, verdict }] of log.entries()) {
          expect(verdict).toBe(i % 2 === 0 ? 'fire' : 'resolve');
          const past = log[i - 1];
          expect(n - (past?.n ?? -100)).toBeGreaterThanOrEqual(verdict === 'fire' ? rule.coolDownDays : 1);
        }
      }),
    );
  });
  test('after a fall that stays, an alert is open at the latest when the cool-down ends', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 30 }), fc.nat(10), (scores, coolDownDays) => {
        const fall = [90, ...scores, 90, ...Array.from({ length: 12 }, () => 20)].map((score) => at(score));
        expect(walk({ ...health, coolDownDays }, fall).at(-1)?.verdict).toBe('fire');
      }),
    );
  });
});

describe('rules and moves', () => {
  test.each<[AlertRule, RegExp | null]>([
    [health, null],
    [entered, null],
    [{ ...health, threshold: 0 }, /above 0/],
    [{ ...health, threshold: Number.NaN }, /above 0/],
    [{ ...health, clear: 49 }, /clear at the threshold/],
    [{ ...health, coolDownDays: 1.5 }, /whole number/],
    [{ ...entered, segments: [] }, /at least one/],
  ])('%o', (rule, message) => expect(alertRuleProblem(rule) ?? 'fine').toMatch(message ?? /^fine$/));
  test('moves', () => {
    expect(afterAlertMove('open', 'acknowledge')).toBe('acknowledged');
    expect(afterAlertMove('resolved', 'snooze')).toBeNull();
    expect(afterAlertMove('snoozed', 'wake')).toBe('open');
    expect(afterAlertMove('acknowledged', 'resolve')).toBe('resolved');
  });
});

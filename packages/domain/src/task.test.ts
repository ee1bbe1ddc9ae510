import { describe, expect, test } from 'vitest';
import { type AlertCase, alertKinds, judgeAlert } from './alert.ts';
import { day } from './calendar.ts';
import { isSnoozed, snoozeProblem } from './snooze.ts';
import { afterTaskMove, dueDay, taskMoveProblem, taskOf } from './task.ts';

const friday = day('2025-06-06');

describe('moves', () => {
  test.each([
    ['open', 'done', 'done'],
    ['open', 'dismiss', 'dismissed'],
    ['open', 'postpone', 'open'],
    ['open', 'assign', 'open'],
    ['open', 'reopen', null],
    ['done', 'reopen', 'open'],
    ['dismissed', 'reopen', 'open'],
    ['done', 'done', null],
    ['done', 'postpone', null],
    ['dismissed', 'assign', null],
  ] as const)('%s, %s: %s', (state, move, after) => expect(afterTaskMove(state, move)).toBe(after));
  test('refusals say what to do', () => {
    const open = { state: 'open' } as const;
    expect(taskMoveProblem({ state: 'done' }, 'done', { today: friday })).toBe('This task is done: reopen it first');
    expect(taskMoveProblem(open, 'reopen', { today: friday })).toBe('This task is open already');
    expect(taskMoveProblem(open, 'postpone', { today: friday, dueDay: friday })).toBe('Choose a day after today');
    expect(taskMoveProblem(open, 'postpone', { today: friday, dueDay: day('2025-06-07') })).toBeNull();
    expect(taskMoveProblem(open, 'dismiss', { today: friday, outcome: '  ' })).toMatch(/Say why/);
    expect(taskMoveProblem(open, 'dismiss', { today: friday, outcome: 'test account' })).toBeNull();
    expect(taskMoveProblem(open, 'done', { today: friday })).toBeNull();
  });
});

test.each([
  ['urgent', '2025-06-06', '2025-06-06'],
  ['high', '2025-06-06', '2025-06-09'],
  ['normal', '2025-06-06', '2025-06-11'],
  ['low', '2025-06-06', '2025-06-13'],
  ['urgent', '2025-06-07', '2025-06-09'],
  ['high', '2025-06-08', '2025-06-10'],
] as const)('%s raised on %s is due on %s', (severity, on, due) => expect(dueDay(severity, day(on))).toBe(due));

test('an alert becomes a task with a thing to do, a day and the reason', () => {
  const given: AlertCase = {
    before: { health: 60, segment: 'steady' },
    after: { health: 47, segment: 'churn_risk' },
    day: friday,
    reason: () => 'silent 12 days',
    backfilled: false,
    firstSight: false,
    late: false,
    historyDays: 400,
  };
  const tasks = Object.values(alertKinds).map(({ defaults }) => {
    const verdict = judgeAlert(defaults, given, null);
    return verdict.verdict === 'fire' ? taskOf(verdict, 'Acme', friday) : null;
  });
  expect(tasks).toEqual([
    { title: 'Ask Acme why health fell below 50', note: 'Health fell from 60 to 47, below 50: silent 12 days', dueDay: '2025-06-09' },
    { title: 'Find out what changed at Acme', note: 'Moved from Steady to Churn risk: silent 12 days', dueDay: '2025-06-09' },
  ]);
});

test('snooze: a day ahead, not too far, and words for "other"', () => {
  expect(snoozeProblem(friday, 'seasonal', '', friday)).toBe('Choose a day after today');
  expect(snoozeProblem(day('2025-09-06'), 'seasonal', '', friday)).toBeNull();
  expect(snoozeProblem(day('2025-09-07'), 'seasonal', '', friday)).toMatch(/92 days/);
  expect(snoozeProblem(day('2025-06-09'), 'other', ' ', friday)).toMatch(/Say why/);
  expect(isSnoozed(day('2025-06-09'), friday)).toBe(true);
  expect(isSnoozed(friday, friday)).toBe(false);
  expect(isSnoozed(null, friday)).toBe(false);
});

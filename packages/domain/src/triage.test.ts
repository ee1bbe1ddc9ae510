import { describe, expect, test } from 'vitest';
import type { Day } from './calendar.ts';
import { knownWeeks, normalWeek, sparkOf } from './spark.ts';
import { staysDone, type Done, type Since } from './triage.ts';

const done: Done = { day: '2026-11-10' as Day, segment: 'churn_risk', why: 'gone_quiet', health: 46 };
const now: Since = { today: '2026-11-17' as Day, segment: 'churn_risk', why: 'gone_quiet', health: 44, alertSince: false };

describe('done', () => {
  test.each([
    ['nothing new', {}, true],
    ['another segment', { segment: 'dormant' }, false],
    ['another reason', { why: 'declining' }, false],
    ['back after its silence', { why: 'active_again' }, true],
    ['an alert since', { alertSince: true }, false],
    ['health just above ten points lower', { health: 36.1 }, true],
    ['health ten points lower', { health: 36 }, false],
    ['no health any more', { health: null }, true],
    ['the 27th day', { today: '2026-12-07' as Day }, true],
    ['the 28th day', { today: '2026-12-08' as Day }, false],
  ])('%s', (_, change, expected) => expect(staysDone(done, { ...now, ...change })).toBe(expected));
  test('silent again after it was marked when it was back', () => expect(staysDone({ ...done, why: 'active_again' }, now)).toBe(false));
});

describe('sparkline', () => {
  const flat = Array.from({ length: 13 }, () => 70);
  test('level usage is 1 throughout', () => expect(sparkOf(flat, 13)).toEqual(Array.from({ length: 13 }, () => 1)));
  test('the normal is the 56 days before the last 28: the last four weeks and the first do not move it', () => {
    expect(normalWeek([999, 10, 20, 10, 20, 10, 20, 10, 20, 0, 0, 500, 500], 13)).toBe(15);
  });
  test('held at 1.75, never below 0', () => {
    const spark = sparkOf([...flat.slice(0, 11), 700, -7], 13);
    expect(spark.slice(-2)).toEqual([1.75, 0]);
  });
  test('null before it existed; a newcomer is compared with what it has', () => {
    expect(sparkOf([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 30, 10], 2)).toEqual([...Array.from({ length: 11 }, () => null), 1.5, 0.5]);
  });
  test('never used in 13 weeks: nothing to draw', () => {
    expect(
      sparkOf(
        Array.from({ length: 13 }, () => 0),
        13,
      ),
    ).toEqual(Array.from({ length: 13 }, () => null));
  });
  test('weeks known from the days since first usage', () => expect([0, 1, 7, 8, 90, 91, 5_000].map(knownWeeks)).toEqual([0, 1, 1, 2, 13, 13, 13]));
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, day } from './calendar.ts';
import { type FirstValue, firstValueTime, quantileOf, survivalOf, timeToFirstValue } from './ttfv.ts';

const start = day('2025-01-01');
const asOf = day('2025-04-11');
const after = (days: number): FirstValue => ({ start, reached: addDays(start, days) });
/** Started so many days before the as-of day and still waits. */
const waiting = (days: number): FirstValue => ({ start: addDays(asOf, -days), reached: null });

describe('one account', () => {
  test.each([
    ['reached', after(6), { days: 6, reached: true, beforeStart: false }],
    ['on the first day', after(0), { days: 0, reached: true, beforeStart: false }],
    ['before the start: day 0, flagged', after(-3), { days: 0, reached: true, beforeStart: true }],
    ['waiting', waiting(20), { days: 20, reached: false, beforeStart: false }],
    ['reached only later: waiting as known then', after(200), { days: 100, reached: false, beforeStart: false }],
    ['not started yet', waiting(-5), null],
  ])('%s', (_, account, wanted) => expect(firstValueTime(account, asOf)).toEqual(wanted));
});

describe('Kaplan–Meier', () => {
  test('a textbook case: 6 6 6+ 7 9+ 10 10+ 11+ 13 16', () => {
    const times = [6, 6, -6, 7, -9, 10, -10, -11, 13, 16].map((n) => ({ days: Math.abs(n), reached: n > 0, beforeStart: false }));
    const steps = survivalOf(times);
    expect(steps.map((step) => step.days)).toEqual([6, 7, 10, 13, 16]);
    const wanted = [8 / 10, (8 / 10) * (6 / 7), (8 / 10) * (6 / 7) * (4 / 5), ((8 / 10) * (6 / 7) * (4 / 5)) / 2, 0];
    for (const [i, step] of steps.entries()) expect(step.waiting).toBeCloseTo(wanted[i] ?? -1, 12);
    expect(quantileOf(steps, 0.5)).toBe(13);
    expect(quantileOf(steps, 0.2)).toBe(6);
  });
  test('who still waits counts: the median is not that of those who made it', () => {
    const got = timeToFirstValue([after(2), after(4), after(90), waiting(50), waiting(60)], asOf, 30);
    expect(got).toMatchObject({ accounts: 5, reached: 3, median: 90, within: { days: 30, share: expect.closeTo(0.4, 12) } });
  });
  test('nothing is guessed beyond the data', () => {
    expect(timeToFirstValue([after(2), waiting(10), waiting(10)], asOf, 30)).toMatchObject({ median: null, p90: null, within: { share: null } });
    expect(timeToFirstValue([after(2), after(3)], asOf, 30)).toMatchObject({ median: 2, p75: 3, p90: 3, within: { share: 1 } });
    expect(timeToFirstValue([], asOf, 30)).toEqual({
      accounts: 0,
      reached: 0,
      beforeStart: 0,
      median: null,
      p75: null,
      p90: null,
      within: { days: 30, share: null },
    });
    expect(timeToFirstValue([waiting(40)], asOf, 30).within.share).toBe(0);
  });
  test('first value before the start is counted and reported', () => {
    expect(timeToFirstValue([after(-9), after(3), waiting(-1)], asOf, 1)).toMatchObject({ accounts: 2, beforeStart: 1, median: 0, within: { share: 0.5 } });
  });
  test('without waiting accounts it is the plain share and quantile', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { minLength: 1, maxLength: 40 }), fc.nat(60), (days, k) => {
        const got = timeToFirstValue(days.map(after), asOf, k);
        const sorted = days.toSorted((a, b) => a - b);
        expect(got.median).toBe(sorted[Math.ceil(days.length / 2) - 1]);
        expect(got.p75).toBe(sorted[Math.ceil(days.length * 0.75) - 1]);
        expect(timeToFirstValue(days.map(after), asOf, 60).within.share).toBeCloseTo(1, 12);
        fc.pre(days.some((one) => one >= k));
        expect(got.within.share).toBeCloseTo(days.filter((one) => one <= k).length / days.length, 9);
      }),
    );
  });
  test('the curve only falls, and an account that goes on waiting never makes it faster', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { minLength: 1 }), fc.array(fc.nat(90)), (reached, still) => {
        const accounts = [...reached.map(after), ...still.map(waiting)];
        const steps = survivalOf(accounts.flatMap((one) => firstValueTime(one, asOf) ?? []));
        for (const [i, step] of steps.entries()) expect(step.waiting).toBeLessThan(steps[i - 1]?.waiting ?? 1.000001);
        const slower = timeToFirstValue([...accounts, waiting(91)], asOf, 10).median;
        expect(slower ?? 1e9).toBeGreaterThanOrEqual(timeToFirstValue(accounts, asOf, 10).median ?? 1e9);
      }),
    );
  });
});

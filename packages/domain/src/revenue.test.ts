import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonths, day, type Month, monthsBetween } from './calendar.ts';
import { inactiveAt, isInactive, medianGap } from './inactivity.ts';
import { decimal, sum } from './money.ts';
import {
  type AccountMonth,
  bridgeOf,
  movedBetweenSlices,
  type Movement,
  movementsOf,
  movements,
  MOVEMENT_KINDS,
  quickRatio,
  windowMovementsOf,
  windowsOf,
} from './revenue.ts';

const start = '2025-01' as Month;
/** Revenue by month; after it `u` for usage in the month, `i` for the inactivity rule at its end. */
const series = (...months: string[]): AccountMonth[] =>
  months.map((text, i) => ({ month: addMonths(start, i), revenue: text.replace(/[ui]/g, ''), used: text.includes('u'), inactive: text.includes('i') }));
const told = (found: readonly Movement[]) => found.map((one) => `${monthsBetween(start, one.month) + 1} ${one.kind} ${one.amount}`);

describe('movements, row by row of metrics.md', () => {
  test.each<[string, string[], string[]]>([
    ['new', ['100u'], ['1 new 100']],
    ['new after months of nothing', ['0u', '0', '30u'], ['3 new 30']],
    ['new after credits only', ['-5', '30u'], ['1 net_credits -5', '2 new 30', '2 net_credits 5']],
    ['expansion', ['100u', '180.50u'], ['1 new 100', '2 expansion 80.5']],
    ['unchanged: no movement', ['100u', '100.00u'], ['1 new 100']],
    ['contraction', ['100u', '60u'], ['1 new 100', '2 contraction 40']],
    ['contraction to zero while usage goes on', ['100u', '0u'], ['1 new 100', '2 contraction 100']],
    ['expansion after a contraction to zero', ['100u', '0u', '0u', '40u'], ['1 new 100', '2 contraction 100', '4 expansion 40']],
    ['churn', ['100u', '0i'], ['1 new 100', '2 churn 100']],
    ['churn is tested before usage of the month', ['100u', '0ui'], ['1 new 100', '2 churn 100']],
    ['paused', ['100u', '0'], ['1 new 100', '2 paused 100']],
    ['resumed', ['100u', '0', '70u'], ['1 new 100', '2 paused 100', '3 resumed 70']],
    ['resumed after usage without revenue', ['100u', '0', '0u', '70u'], ['1 new 100', '2 paused 100', '4 resumed 70']],
    ['a pause that lasts becomes churn, once', ['100u', '0', '0i', '0i'], ['1 new 100', '2 paused 100', '3 pause_lapsed 0']],
    ['reactivation after churn', ['100u', '0i', '0i', '80u'], ['1 new 100', '2 churn 100', '4 reactivation 80']],
    ['reactivation after a pause that became churn', ['100u', '0', '0i', '80u'], ['1 new 100', '2 paused 100', '3 pause_lapsed 0', '4 reactivation 80']],
    ['reactivation is not new twice', ['9u', '0i', '8u', '0i', '7u'], ['1 new 9', '2 churn 9', '3 reactivation 8', '4 churn 8', '5 reactivation 7']],
    [
      'net credits stand beside the movement',
      ['100u', '-20u', '50u'],
      ['1 new 100', '2 contraction 100', '2 net_credits -20', '3 expansion 50', '3 net_credits 20'],
    ],
    ['credits that go on change nothing', ['100u', '-20u', '-20u'], ['1 new 100', '2 contraction 100', '2 net_credits -20']],
    ['a pause in the red', ['100u', '-20', '10u'], ['1 new 100', '2 paused 100', '2 net_credits -20', '3 resumed 10', '3 net_credits 20']],
  ])('%s', (_, months, wanted) => expect(told(movementsOf(series(...months)).movements)).toEqual(wanted));

  test('every kind is one customer, credits none', () => {
    const all = movementsOf(series('100u', '0', '0i', '80u', '-3u')).movements;
    expect(all.map((one) => one.logos)).toEqual([1, 1, 1, 1, 1, 0]);
  });
  test('a missing month is an error, not a quiet zero', () => {
    expect(() => movementsOf(series('1', '2', '3').filter((_, i) => i !== 1))).toThrow(/2025-03 follows 2025-01/);
  });
});

describe('inactivity', () => {
  const days = (...texts: string[]) => texts.map(day);
  test('median gap, even and odd, repeated days once', () => {
    expect(medianGap(days('2025-01-01'))).toBeNull();
    expect(medianGap(days('2025-01-11', '2025-01-01', '2025-01-11'))).toBe(10);
    expect(medianGap(days('2025-01-01', '2025-01-02', '2025-01-12'))).toBe(5.5);
  });
  test.each([
    [null, null, true],
    [29, null, false],
    [30, null, true],
    [30, 10, true],
    [30, 10.5, false],
    [32, 10.5, true],
    [89, 30, false],
    [90, 30, true],
  ])('silent %s days with a gap of %s: %s', (silent, gap, wanted) => expect(isInactive(silent, gap)).toBe(wanted));
  test('only what was known by the day counts', () => {
    const used = days('2025-01-01', '2025-02-10', '2025-06-01');
    expect(inactiveAt(used, day('2025-01-30'))).toBe(false);
    expect(inactiveAt(used, day('2025-01-31'))).toBe(true);
    expect(inactiveAt(used, day('2025-05-31'))).toBe(false);
    expect(inactiveAt(used, day('2025-06-10'))).toBe(false);
    expect(inactiveAt(used, day('2024-12-31'))).toBe(true);
  });
});

const cents = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.integer({ min: -5000, max: 20_000 })).map((n) => decimal(n).div(100).toFixed());
const anyMonth = fc.record({ revenue: cents, used: fc.boolean(), inactive: fc.boolean() });
const anySeries = fc
  .array(anyMonth, { minLength: 1, maxLength: 40 })
  .map((all): AccountMonth[] => all.map((one, i) => ({ month: addMonths(start, i), ...one })));
const sameLength = fc
  .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 6 }))
  .chain(([length, accounts]) => fc.array(fc.array(anyMonth, { minLength: length, maxLength: length }), { minLength: accounts, maxLength: accounts }))
  .map((books) => books.map((all): AccountMonth[] => all.map((one, i) => ({ month: addMonths(start, i), ...one }))));

describe('the bridge', () => {
  const closingOf = (book: AccountMonth[][], month: Month) => sum(book.map((account) => account.find((one) => one.month === month)?.revenue ?? '0')).toFixed();
  test('holds to the cent in every month of every book', () => {
    fc.assert(
      fc.property(sameLength, (book) => {
        const moved = book.flatMap((account) => movementsOf(account).movements);
        for (const { month } of book[0] ?? []) {
          const bridge = bridgeOf(
            closingOf(book, addMonths(month, -1)),
            moved.filter((one) => one.month === month),
            closingOf(book, month),
          );
          expect(bridge.holds).toBe(true);
        }
      }),
    );
  });
  test('holds over windows of 3 and 12 months', () => {
    fc.assert(
      fc.property(anySeries, fc.constantFrom<(3 | 12)[]>(3, 12), (account, length) => {
        const last = account.at(-1)?.month ?? start;
        const moved = windowMovementsOf(account, length, last);
        let opening = '0';
        for (const window of windowsOf(account, length, last)) {
          expect(
            bridgeOf(
              opening,
              moved.filter((one) => one.month === window.month),
              window.revenue,
            ).holds,
          ).toBe(true);
          opening = window.revenue;
        }
        expect(sum(windowsOf(account, length, last).map((one) => one.revenue))).toEqual(sum(account.map((one) => one.revenue)));
      }),
    );
  });
  test('restating from any month on gives the same movements', () => {
    fc.assert(
      fc.property(anySeries, fc.nat(40), (account, cut) => {
        const head = movementsOf(account.slice(0, cut));
        expect([...head.movements, ...movementsOf(account.slice(cut), head.after).movements]).toEqual(movementsOf(account).movements);
      }),
    );
  });
  test('amounts are never negative but for credits, and a month has one movement at most', () => {
    fc.assert(
      fc.property(anySeries, (account) => {
        const moved = movementsOf(account).movements.filter((one) => one.kind !== 'net_credits');
        expect(new Set(moved.map((one) => one.month)).size).toBe(moved.length);
        for (const one of moved) expect(decimal(one.amount).gt(0)).toBe(one.kind !== 'pause_lapsed');
      }),
    );
  });
  test('lines are complete and in order; what does not add up is told', () => {
    const bridge = bridgeOf(
      '100',
      [
        { kind: 'expansion', amount: '30', logos: 1 },
        { kind: 'churn', amount: '10', logos: 1 },
        { kind: 'expansion', amount: '5', logos: 1 },
      ],
      '125',
    );
    expect(bridge.lines.map((line) => line.kind)).toEqual(MOVEMENT_KINDS);
    expect(bridge.lines.find((line) => line.kind === 'expansion')).toEqual({ kind: 'expansion', amount: '35', logos: 2 });
    expect(bridge.holds).toBe(true);
    expect(bridgeOf('100', [], '100.01').holds).toBe(false);
    expect(movedBetweenSlices('125', '90.5')).toBe('-34.5');
    expect(movements.paused.sign).toBe(-1);
  });
});

describe('windows', () => {
  test('a slow month inside a quarter is no movement of quarters', () => {
    expect(told(windowMovementsOf(series('10u', '20u', '30u', '30u', '0', '30u'), 3, addMonths(start, 5)))).toEqual(['3 new 60']);
  });
  test('months after the last window are left out, the first window may be short', () => {
    expect(windowsOf(series('1', '2u', '3', '4', '5'), 3, addMonths(start, 3))).toEqual([
      { month: '2025-01', revenue: '1', used: false, inactive: false },
      { month: '2025-04', revenue: '9', used: true, inactive: false },
    ]);
  });
});

describe('quick ratio', () => {
  const of = (...lines: [Movement['kind'], string][]) =>
    quickRatio(
      bridgeOf(
        '0',
        lines.map(([kind, amount]) => ({ kind, amount, logos: 1 })),
        '0',
      ),
    );
  test('pauses and resumptions stay apart', () => {
    expect(of(['new', '10'], ['expansion', '20'], ['reactivation', '10'], ['resumed', '99'], ['contraction', '5'], ['churn', '15'], ['paused', '99'])).toEqual({
      ratio: 2,
      noLosses: false,
    });
  });
  test('without losses it says so', () => expect(of(['new', '10'])).toEqual({ ratio: null, noLosses: true }));
  test('nothing moved', () => expect(of()).toEqual({ ratio: null, noLosses: false }));
});

import type { Day } from './calendar.ts';
import type { Aggregation } from './meter.ts';
import { Decimal, exactSum, type ExactSum, toText, ZERO } from './money.ts';
import { countedTally, type DayTally } from './usage.ts';

/** What a definition would have counted: by day over all accounts, and in all. */
export type PreviewSums = { quantity: ReadonlyMap<Day, string>; total: string; accounts: number; activeDays: number };

/**
 * Adds up account-days as a count of the events makes them. The total of a gauge is the sum of each account's highest,
 * because levels of different days do not add up.
 */
export const previewSums = (aggregation: Aggregation) => {
  const days = new Map<Day, ExactSum>();
  const highest = new Map<string, Decimal>();
  const accounts = new Set<string>();
  const total = exactSum();
  let activeDays = 0;
  return {
    add: (tallies: readonly DayTally[]): void => {
      for (const tally of tallies) {
        const { quantity, active } = countedTally(tally);
        const sum = days.get(tally.day) ?? exactSum();
        sum.add(quantity);
        days.set(tally.day, sum);
        total.add(quantity);
        accounts.add(tally.accountId);
        highest.set(tally.accountId, Decimal.max(highest.get(tally.accountId) ?? quantity, quantity));
        if (active > 0) activeDays += 1;
      }
    },
    sums: (): PreviewSums => ({
      quantity: new Map([...days].map(([day, sum]) => [day, toText(sum.total())])),
      total: toText(isGauge(aggregation) ? [...highest.values()].reduce((sum, one) => sum.plus(one), ZERO) : total.total()),
      accounts: accounts.size,
      activeDays,
    }),
  };
};

const isGauge = (aggregation: Aggregation): boolean => aggregation === 'MAX' || aggregation === 'LAST';

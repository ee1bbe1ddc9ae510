import { anAccount, aWorkspace, type Arrange } from '@tideline/testkit/build';
import { addDays, lastDayOf, monthOf, monthsFromTo, type Day, type Month } from '@tideline/domain/calendar';
import { inactiveAt } from '@tideline/domain/inactivity';
import { sum, toText } from '@tideline/domain/money';
import type { AccountHistory } from '@tideline/domain/retention';
import type { AccountMonth } from '@tideline/domain/revenue';
import fc from 'fast-check';

/** One day of one account, `offset` days after the first. */
export type Fact = { offset: number; active: boolean; revenue: number };
export type Book = { facts: Fact[]; owner: number; industry: number }[];

const fact = fc.record({ offset: fc.nat(330), active: fc.boolean(), revenue: fc.integer({ min: -400, max: 2_000 }).map((cents) => cents / 100) });
/** Spells of daily usage with silences between: what pauses, churn and returns are made of. */
const spell = fc
  .record({ from: fc.nat(320), length: fc.integer({ min: 1, max: 90 }), every: fc.integer({ min: 1, max: 12 }), cents: fc.integer({ min: -50, max: 900 }) })
  .map(({ from, length, every, cents }) =>
    Array.from({ length: Math.ceil(length / every) }, (_, i): Fact => ({ offset: Math.min(330, from + i * every), active: true, revenue: cents / 100 })),
  );
const account = fc.record({
  facts: fc.tuple(fc.array(spell, { maxLength: 3 }), fc.array(fact, { maxLength: 4 })).map(([spells, single]) => {
    const byDay = new Map([...spells.flat(), ...single].map((one) => [one.offset, one]));
    return [...byDay.values()];
  }),
  owner: fc.nat(2),
  industry: fc.nat(1),
});
export const book = fc.array(account, { minLength: 1, maxLength: 6 });

/** Writes a book of random accounts; returns their ids in order. */
export const arrangeBook = async (arrange: Arrange, accounts: Book, first: Day, owners: readonly string[], workspaceId: string): Promise<string[]> => {
  const ids: string[] = [];
  for (const one of accounts) {
    const id = await anAccount(arrange, workspaceId, { owner_id: owners[one.owner] ?? null, industry: ['Retail', null][one.industry] ?? null });
    ids.push(id);
    await arrangeDays(arrange, workspaceId, id, one.facts, first);
  }
  return ids;
};

export const arrangeDays = (arrange: Arrange, workspaceId: string, id: string, facts: readonly Fact[], first: Day) =>
  arrange(
    `INSERT INTO account_day (workspace_id, account_id, day, active, revenue, quantity)
     SELECT $1, $2, d, a, r, 0 FROM unnest($3::date[], $4::bool[], $5::numeric[]) AS f (d, a, r)
     ON CONFLICT (workspace_id, account_id, day) DO UPDATE SET active = excluded.active, revenue = excluded.revenue`,
    [workspaceId, id, facts.map((f) => addDays(first, f.offset)), facts.map((f) => f.active), facts.map((f) => f.revenue.toFixed(2))],
  );

export const aRevenueWorkspace = (arrange: Arrange) => aWorkspace(arrange, { timezone: 'UTC', currency: 'USD' });

/** The months of an account the slow way: every month from its first fact to the last. */
export const monthsBySlowWay = (facts: readonly Fact[], first: Day, last: Month): AccountMonth[] => {
  const days = facts.map((one) => ({ ...one, day: addDays(first, one.offset) }));
  const usageDays = days.filter((one) => one.active).map((one) => one.day);
  const [start] = days.map((one) => monthOf(one.day)).toSorted();
  return monthsFromTo(start ?? last, last).map((month) => {
    const own = days.filter((one) => monthOf(one.day) === month);
    return {
      month,
      revenue: toText(sum(own.map((one) => one.revenue.toFixed(2)))),
      used: own.some((one) => one.active),
      inactive: inactiveAt(usageDays, lastDayOf(month)),
    };
  });
};

/** The same as retention reads it. */
export const historyOf = (months: readonly AccountMonth[]): AccountHistory => {
  const used = new Set(months.filter((one) => one.used).map((one) => one.month));
  return { revenue: new Map(months.map((one) => [one.month, one.revenue])), used, active: used };
};

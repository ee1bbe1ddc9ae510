import { createDb, type Db } from '../client.ts';
import { addDays, addMonths, day, type Day, daysFromTo, firstDayOf, monthOf, monthsFromTo } from '@tideline/domain/calendar';
import type { Aggregation } from '@tideline/domain/meter';
import { decimal } from '@tideline/domain/money';
import { levelAfter, type Price, rateDays } from '@tideline/domain/rating';
import { anAccount, aRow, aWorkspace, openWorld, type World } from '@tideline/testkit/build';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withWorkspace } from '../workspace.ts';
import { accountsWithLevels, rateAccounts } from './rate.ts';

let world: World;
let db: Db;
beforeAll(async () => {
  world = await openWorld();
  db = createDb({ url: world.urls.appUrl, poolSize: 2 });
});
afterAll(() => db.close());

const START = day('2025-01-20');
const SPAN = 75;
const THROUGH = addDays(START, SPAN);

/** Days of one account on one meter: a day's quantity, or the values seen on it for UNIQUE. */
type Fact = { at: number; quantity: number; values: number[] };
const facts = fc.uniqueArray(
  fc.record({ at: fc.nat(SPAN), quantity: fc.integer({ min: -400, max: 2_000 }), values: fc.uniqueArray(fc.nat(8), { minLength: 1, maxLength: 4 }) }),
  { selector: (fact) => fact.at, minLength: 1, maxLength: 20 },
);
const prices = fc.uniqueArray(fc.record({ at: fc.integer({ min: -30, max: SPAN }), cents: fc.nat(5_000) }), {
  selector: (price) => price.at,
  minLength: 1,
  maxLength: 3,
});

const quantityOf = (aggregation: Aggregation, fact: Fact): string =>
  aggregation === 'UNIQUE' ? String(fact.values.length) : aggregation === 'COUNT' ? String(Math.abs(fact.quantity)) : decimal(fact.quantity).div(8).toFixed();

/** The slow way: month by month through `rating.ts`, levels carried from one to the next. */
const slowly = (aggregation: Aggregation, all: readonly Fact[], plan: readonly Price[]): Map<Day, string> => {
  const sorted = all.toSorted((a, b) => a.at - b.at);
  const rated = new Map<Day, string>();
  let carried: string | null = null;
  for (const month of monthsFromTo(monthOf(START), monthOf(THROUGH))) {
    const own = sorted.map((fact) => ({ ...fact, day: addDays(START, fact.at) })).filter((fact) => monthOf(fact.day) === month);
    const seen = new Set<number>();
    const days = own.map((fact) => {
      const fresh = fact.values.filter((value) => !seen.has(value));
      for (const value of fresh) seen.add(value);
      return { day: fact.day, quantity: aggregation === 'UNIQUE' ? String(fresh.length) : quantityOf(aggregation, fact) };
    });
    const period = { aggregation, month, through: THROUGH, days, carried };
    for (const { day: on, revenue } of rateDays(period, plan, 'GBP')) rated.set(on, revenue);
    carried = levelAfter(period);
  }
  return rated;
};

const arranged = async (aggregation: Aggregation, all: readonly Fact[], plan: readonly Price[]) => {
  const workspaceId = await aWorkspace(world.arrange, { currency: 'GBP' });
  const meterId = await aRow(world.arrange, 'meter', { workspace_id: workspaceId, key: 'm', name: 'm', unit: 'u' });
  const version = { workspace_id: workspaceId, meter_id: meterId, version: 1, event_name: 'm', aggregation, counts_activity: true };
  const versionId = await aRow(world.arrange, 'meter_version', version);
  for (const price of plan) {
    const row = { workspace_id: workspaceId, meter_id: meterId, currency: price.currency, plan: JSON.stringify(price.plan), effective_from: price.from };
    await aRow(world.arrange, 'price', row);
  }
  const accountId = await anAccount(world.arrange, workspaceId);
  await world.arrange(
    `INSERT INTO daily_usage (workspace_id, account_id, meter_version_id, day, quantity, active, last_at, last_key)
     SELECT $1, $2, $3, d, q, 1, d, '\\x00' FROM unnest($4::date[], $5::numeric[]) AS u (d, q)`,
    [workspaceId, accountId, versionId, all.map((fact) => addDays(START, fact.at)), all.map((fact) => quantityOf(aggregation, fact))],
  );
  const values = all.flatMap((fact) => fact.values.map((value) => [addDays(START, fact.at), String(value)] as const));
  await world.arrange(
    `INSERT INTO unique_value (workspace_id, account_id, meter_version_id, day, hash) SELECT $1, $2, $3, d, decode(md5(v), 'hex') FROM unnest($4::date[], $5::text[]) AS u (d, v)`,
    [workspaceId, accountId, versionId, values.map(([on]) => on), values.map(([, value]) => value)],
  );
  return { workspaceId, accountId };
};

const revenueOf = async (workspaceId: string): Promise<Map<Day, string>> => {
  const rows = await world.arrange('SELECT day::text, amount::text FROM daily_revenue WHERE workspace_id = $1 ORDER BY day', [workspaceId]);
  return new Map(rows.map((row) => [row.day as Day, decimal(String(row.amount)).toFixed()]));
};

describe('rating by SQL', () => {
  for (const aggregation of ['SUM', 'COUNT', 'UNIQUE', 'MAX', 'LAST'] as const) {
    it(`agrees with the slow way for ${aggregation}, whole and from any changed day on`, async () => {
      await fc.assert(
        fc.asyncProperty(facts, prices, fc.nat(SPAN), async (all, changes, from) => {
          const plan = changes.map(({ at, cents }): Price => ({
            currency: 'GBP',
            from: addDays(START, at),
            plan: { kind: 'flat', unitPrice: (cents / 100).toFixed(2) },
          }));
          const { workspaceId, accountId } = await arranged(aggregation, all, plan);
          const rate = (fromDay: Day) => withWorkspace(db, workspaceId, (tx) => rateAccounts(tx, [{ accountId, fromDay }], THROUGH));
          const expected = slowly(aggregation, all, plan);
          await rate(firstDayOf(addMonths(monthOf(START), -1)));
          expect([...(await revenueOf(workspaceId))]).toEqual([...expected].toSorted());
          await rate(addDays(START, from));
          expect([...(await revenueOf(workspaceId))]).toEqual([...expected].toSorted());
        }),
        { numRuns: 15 },
      );
    });
  }

  it('carries a level to the last complete day, and names who holds one', async () => {
    const plan: Price[] = [{ currency: 'GBP', from: START, plan: { kind: 'flat', unitPrice: '3.00' } }];
    const { workspaceId, accountId } = await arranged('LAST', [{ at: 0, quantity: 80, values: [] }], plan);
    await withWorkspace(db, workspaceId, (tx) => rateAccounts(tx, [{ accountId, fromDay: START }], THROUGH));
    expect((await revenueOf(workspaceId)).size).toBe(daysFromTo(START, THROUGH).length);
    expect(await withWorkspace(db, workspaceId, accountsWithLevels)).toEqual([accountId]);
  });
});

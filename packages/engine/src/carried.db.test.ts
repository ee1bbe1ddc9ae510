import { addDays, type Day, day } from '@tideline/domain/calendar';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { readSignals } from '@tideline/db/write/signal';
import { carryWeeks, keepWeeks, readWeeks } from '@tideline/db/write/weeks';
import { openWorld, type World } from '@tideline/testkit/build';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDeps, type TestDeps } from './deps.fixture.ts';
import { rateOwed } from './score.ts';
import { aMeter, aScoredWorkspace } from './scoring.fixture.ts';

let world: World;
let deps: TestDeps;
beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
});
afterAll(() => deps.close());

const START = day('2023-11-20');
const SPAN = 520;
const ACCOUNTS = 6;

type Fact = { account: number; at: number; cents: number; active: boolean; seats: boolean };
const fact = fc.record({
  account: fc.nat(ACCOUNTS - 1),
  at: fc.oneof(fc.nat(SPAN), fc.integer({ min: SPAN - 130, max: SPAN })),
  cents: fc.integer({ min: -3_000, max: 90_000 }),
  active: fc.boolean(),
  seats: fc.boolean(),
});
/** What becomes known before a day is read, which day that is from the one before, and what is read of it. */
const step = fc.record({
  facts: fc.array(fact, { maxLength: 4 }),
  move: fc.constantFrom(1, 1, 1, 1, 1, 1, 0, 2, 7, -9),
  priced: fc.constantFrom(true, true, true, true, true, false),
  manyMeters: fc.constantFrom(true, true, true, true, true, false),
  asked: fc.subarray([...Array(ACCOUNTS).keys()], { minLength: 1 }),
});

/** Usage of a day as it is known from now on: in place of what was known before. */
const put = async (workspaceId: string, versions: { spend: string; seats: string }, facts: readonly Fact[]): Promise<void> => {
  for (const { account, at, cents, active, seats } of facts) {
    const values = [workspaceId, `a${account}`, addDays(START, at)];
    await world.arrange(
      `INSERT INTO daily_usage (workspace_id, account_id, meter_version_id, day, quantity, active, last_at, last_key)
       SELECT $1, id, $4, $3::date, $5, $6, $3::date, '\\x00' FROM account WHERE workspace_id = $1 AND external_id = $2
       ON CONFLICT (workspace_id, account_id, meter_version_id, day) DO UPDATE SET quantity = excluded.quantity, active = excluded.active`,
      [...values, seats ? versions.seats : versions.spend, (cents / 100).toFixed(2), active ? 1 : 0],
    );
    await world.arrange(
      `INSERT INTO rescore AS r (workspace_id, account_id, from_day, marked_at) SELECT $1, id, $3::date, now() FROM account WHERE workspace_id = $1 AND external_id = $2
       ON CONFLICT (workspace_id, account_id) DO UPDATE SET from_day = least(r.from_day, excluded.from_day)`,
      values,
    );
  }
};

/** What stands of all days of an account, against its days. */
const strayed = (workspaceId: string) =>
  world.arrange(
    `SELECT coalesce(s.account_id, d.account_id) AS id, s.first_day::text, d.first::text, s.last_day::text, d.last::text, s.usage_days, d.days, s.start_days, d.bits
     FROM (SELECT * FROM account_span WHERE workspace_id = $1) s FULL JOIN (
       SELECT account_id, min(first) AS first, max(day) AS last, count(*)::int AS days, bit_or(1::bigint << (day - first)) FILTER (WHERE day < first + 60) AS bits
       FROM (SELECT account_id, day, min(day) OVER (PARTITION BY account_id) AS first FROM account_day WHERE workspace_id = $1 AND active) a GROUP BY account_id) d USING (account_id)
     WHERE (s.first_day, s.last_day, s.usage_days, s.start_days) IS DISTINCT FROM (d.first, d.last, d.days, d.bits)`,
    [workspaceId],
  );

type Basis = { priced: boolean; manyMeters: boolean };
type Read = { signals: unknown[]; weeks: unknown[] };
const byAccount = (a: { accountId: string }, b: { accountId: string }) => (a.accountId < b.accountId ? -1 : 1);
const scopeOn = (on: Day, basis: Basis) => ({ use: on, money: on, ticks: (n: number) => n / 3, ...basis });
const readOf = async (tx: WorkspaceTx, on: Day, basis: Basis, ids: readonly string[]): Promise<Read> => ({
  signals: (await readSignals(tx, { ...scopeOn(on, basis), accountIds: ids })).toSorted(byAccount),
  weeks: [...(await readWeeks(tx, on, basis, ids))].toSorted(),
});

/** Summed over the days, as if nothing had been carried: what is forgotten for it is put back. */
const readAnew = async (workspaceId: string, on: Day, basis: Basis, ids: readonly string[]): Promise<Read> => {
  const undone = new Error('undone');
  const found: Read[] = [];
  const forgetting = withWorkspace(deps.db, workspaceId, async (tx) => {
    await tx.db.$executeRaw`DELETE FROM carried_day WHERE workspace_id = ${workspaceId}::uuid`;
    found.push(await readOf(tx, on, basis, ids));
    throw undone;
  });
  await expect(forgetting).rejects.toBe(undone);
  return found[0] as Read;
};

/** Accounts read one by one: by what is kept of them, where it is. */
const compareSome = async (workspaceId: string, on: Day, basis: Basis, ids: readonly string[]): Promise<void> => {
  const kept = await withWorkspace(deps.db, workspaceId, (tx) => readOf(tx, on, basis, ids));
  expect(kept, on).toEqual(await readAnew(workspaceId, on, basis, ids));
};

/** All of them, carried to the end of a day. */
const compareAll = async (workspaceId: string, on: Day, basis: Basis, ids: readonly string[], asked: readonly string[]): Promise<void> => {
  const carried = await withWorkspace(deps.db, workspaceId, async (tx) => {
    const signals = (await readSignals(tx, { ...scopeOn(on, basis), accountIds: null })).toSorted(byAccount);
    const atHand = await carryWeeks(tx, on);
    const missing = asked.filter((id) => !atHand.has(id));
    return { signals, weeks: new Map([...atHand, ...(await keepWeeks(tx, on, basis, missing))]) };
  });
  const anew = await readAnew(workspaceId, on, basis, ids);
  expect(carried.signals, on).toEqual(anew.signals);
  expect([...carried.weeks.keys()]).toEqual(expect.arrayContaining([...asked]));
  expect(anew.weeks).toEqual(expect.arrayContaining([...carried.weeks]));
};

it('windows and weeks carried from day to day are those summed anew, whatever comes late, goes, or is asked for', { timeout: 180_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fact, { minLength: 30, maxLength: 90 }), fc.array(step, { minLength: 8, maxLength: 18 }), async (first, steps) => {
      const { workspaceId, versionId } = await aScoredWorkspace(world.arrange);
      const seats = await aMeter(world.arrange, workspaceId, { key: 'seats', createdAt: '2020-02-01', unitPrice: '0.333' });
      await world.arrange(
        `INSERT INTO account (workspace_id, external_id, name, created_day) SELECT $1, 'a' || n, 'A' || n, $2::date + n * 60 FROM generate_series(0, $3::int) n`,
        [workspaceId, START, ACCOUNTS - 1],
      );
      const versions = { spend: versionId, seats: seats.versionId };
      await put(workspaceId, versions, first);
      const rows = await world.arrange('SELECT id::text FROM account WHERE workspace_id = $1 ORDER BY external_id', [workspaceId]);
      const ids = rows.map(({ id }) => String(id));
      let on: Day = addDays(START, SPAN - 60);
      for (const { facts, move, priced, manyMeters, asked } of steps) {
        await put(workspaceId, versions, facts);
        await rateOwed(deps, workspaceId, addDays(START, SPAN));
        expect(await strayed(workspaceId)).toEqual([]);
        await compareSome(workspaceId, on, { priced, manyMeters }, ids);
        on = addDays(on, move);
        const wanted = asked.map((i) => ids[i] ?? '');
        await compareAll(workspaceId, on, { priced, manyMeters }, ids, wanted);
      }
    }),
    { numRuns: 12, endOnFailure: true },
  );
});

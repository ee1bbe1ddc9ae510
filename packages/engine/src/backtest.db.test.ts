import { addDays, type Day, dayFromNumber, dayNumber } from '@tideline/domain/calendar';
import { openWorld, type World } from '@tideline/testkit/build';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Backtest, backtestCsv, backtestOn, readBacktest, soundCutoffs, usualCutoffs } from './backtest.ts';
import { voidEvents } from './correction.ts';
import { type TestDeps, testDeps } from './deps.fixture.ts';
import type { Who } from './deps.ts';
import { accept } from './ingest.ts';
import { aMeter, aScoredWorkspace } from './scoring.fixture.ts';

let world: World;
let deps: TestDeps;
beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
});
afterAll(() => deps.close());

const START = '2026-01-01' as Day;
const SPAN = 170;
const ACCOUNTS = ['acme', 'globex', 'initech', 'umbrella', 'hooli', 'vandelay', 'stark', 'wayne', 'cyberdyne', 'tyrell', 'wonka', 'oscorp'];

type Fact = { account: string; event: string; on: number; lag: number; voidedAfter: number | null; value: number };
const fact: fc.Arbitrary<Fact> = fc.record({
  account: fc.constantFrom(...ACCOUNTS),
  event: fc.constantFrom('spend', 'spend', 'seats'),
  on: fc.integer({ min: 0, max: SPAN - 30 }),
  lag: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 60 }) }),
  voidedAfter: fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 40 }) }),
  value: fc.oneof({ weight: 10, arbitrary: fc.integer({ min: 1, max: 50 }) }, { weight: 1, arbitrary: fc.integer({ min: -5, max: -1 }) }),
});

const noon = (on: number): Date => new Date(`${addDays(START, on)}T12:00:00Z`);
const eventOf = ({ account, event, on, value }: Fact, i: number) => ({ id: `e${i}`, account, event, timestamp: noon(on).toISOString(), value });

const aBook = async (): Promise<Who> => {
  const { workspaceId } = await aScoredWorkspace(world.arrange, { timezone: 'UTC' });
  await aMeter(world.arrange, workspaceId, { key: 'seats', aggregation: 'COUNT', createdAt: '2020-02-01' });
  return { workspaceId, userId: null, role: 'ADMIN', actor: 'test', ownAccountsOf: null };
};

/** Sends each fact on the day it arrives and takes back what is taken back, in the order of days. */
const live = async (who: Who, facts: readonly Fact[]): Promise<void> => {
  for (let today = 0; today <= SPAN; today++) {
    deps.clock.now = noon(today);
    const arriving = facts.flatMap((one, i) => (one.on + one.lag === today ? [eventOf(one, i)] : []));
    if (arriving.length > 0) await accept(deps, who, arriving, { historical: false, receivedAt: deps.now() });
    const ids = facts.flatMap((one, i) => (one.voidedAfter !== null && one.on + one.lag + one.voidedAfter === today ? [`e${i}`] : []));
    if (ids.length > 0) await voidEvents(deps, who, { ids, reason: 'Test' });
  }
};

const arrivedBy = ({ on, lag }: Fact, cutoff: number): boolean => on + lag <= cutoff;
/** What had been taken back by then is worth nothing; its account has begun by it all the same. */
const asKnown = (fact: Fact, cutoff: number): Fact =>
  fact.voidedAfter !== null && fact.on + fact.lag + fact.voidedAfter <= cutoff ? { ...fact, event: 'spend', value: 0 } : fact;

const tested = async (who: Who, cutoffs: readonly Day[], horizon = 30): Promise<Backtest> => {
  deps.clock.now = noon(SPAN + 1);
  const data = await readBacktest(deps, who.workspaceId, null);
  const result = await backtestOn(data, { cutoffs, horizon, config: data.config }, async () => true);
  if (!result) throw new Error('it was stopped');
  return result;
};

const scoresOf = ({ rows, accounts }: Backtest) =>
  Object.fromEntries(
    rows.map(({ accountId, raw, health, stake, recency }) => [
      accounts.get(accountId)?.externalId ?? '',
      { raw: raw?.toFixed(6), health: health?.toFixed(6), stake: stake.toFixed(2), recency },
    ]),
  );

it('judges a past day as a workspace that never heard of what came later', { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fact, { minLength: 40, maxLength: 70 }), fc.integer({ min: 70, max: SPAN - 31 }), async (facts, at) => {
      const who = await aBook();
      await live(who, facts);
      const ignorant = await aBook();
      deps.clock.now = noon(SPAN);
      const known = facts.flatMap((one, i) => (arrivedBy(one, at) ? [eventOf(asKnown(one, at), i)] : []));
      if (known.length === 0) return;
      await accept(deps, ignorant, known, { historical: true, receivedAt: deps.now() });
      const cutoff = addDays(START, at);
      const [own, then] = [scoresOf(await tested(who, [cutoff])), scoresOf(await tested(ignorant, [cutoff]))];
      expect(own).toEqual(then);
    }),
    { numRuns: 8, endOnFailure: true },
  );
});

it('says what happened then, how much of it rests on history taken as known, and leaves what is not over open', async () => {
  const who = await aBook();
  deps.clock.now = noon(SPAN);
  const weekly = (account: string, until: number) =>
    Array.from({ length: Math.floor(until / 7) }, (_, i) => ({ account, event: 'spend', on: 7 * i, lag: 0, voidedAfter: null, value: 10 }));
  const facts = [...weekly('acme', 160), ...weekly('globex', 90)];
  await accept(deps, who, facts.map(eventOf), { historical: true, receivedAt: deps.now() });
  const { rows, summary, accounts } = await tested(who, [addDays(START, 100), addDays(START, 160)]);
  const of = (name: string, on: number) => rows.find(({ accountId, cutoff }) => accounts.get(accountId)?.externalId === name && cutoff === addDays(START, on));
  expect(of('acme', 100)?.outcome).toMatchObject({ silent: false });
  expect(of('globex', 100)?.outcome).toMatchObject({ silent: true, contraction: true, next: 0 });
  expect(of('acme', 160)?.outcome).toBeNull();
  expect(of('acme', 100)?.health ?? 0).toBeGreaterThan(of('globex', 100)?.health ?? 100);
  expect(summary.cutoffs.map(({ finished }) => finished)).toEqual([true, false]);
  expect(summary.arrivals).toMatchObject({ events: facts.length, assumed: facts.length, rawFrom: null });
  expect(summary.mean.p90.rankings.health.auc).toBe(1);
  const lines = [...backtestCsv({ rows, accounts })];
  expect(lines[0]).toBe('account_external_id,cutoff,score,score_raw,segment,p_churn');
  expect(lines).toHaveLength(1 + rows.length);
  expect(lines.find((line) => line.startsWith(`acme,${addDays(START, 100)},`))).toMatch(/^acme,2026-04-11,\d+\.\d+,\d+\.\d+,[a-z_]+,0\.\d+$/);
});

it('stops when it is told to, and refuses days that cannot be judged', async () => {
  const who = await aBook();
  deps.clock.now = noon(SPAN);
  await accept(deps, who, [eventOf({ account: 'acme', event: 'spend', on: 0, lag: 0, voidedAfter: null, value: 1 }, 0)], {
    historical: true,
    receivedAt: deps.now(),
  });
  const data = await readBacktest(deps, who.workspaceId, null);
  expect(await backtestOn(data, { cutoffs: [addDays(START, 100)], horizon: 30, config: data.config }, async (done) => done < 3)).toBeNull();
  const span = { first: START, through: data.through };
  expect(() => soundCutoffs([addDays(data.through, 1)], span)).toThrow(/is not over/);
  expect(() => soundCutoffs([addDays(START, -1)], span)).toThrow(/before the first usage/);
  expect(() => soundCutoffs([], span)).toThrow(/at least one/);
  expect(soundCutoffs([addDays(START, 9), addDays(START, 3), addDays(START, 9)], span)).toEqual([addDays(START, 3), addDays(START, 9)]);
  expect(usualCutoffs({ first: START, through: dayFromNumber(dayNumber(START) + SPAN) }, 30)).toEqual(['2026-04-30']);
});

import { addDays, type Day, day, dayFromNumber, dayNumber } from '@tideline/domain/calendar';
import type { Measures } from '@tideline/domain/measure';
import { scoringOf } from '@tideline/db/read/scoring';
import { withWorkspace } from '@tideline/db/workspace';
import { lateDays, readHistories } from '@tideline/db/read/usage-history';
import { refreshClock } from '@tideline/db/write/clock';
import { openWorld, type World } from '@tideline/testkit/build';
import { ScoreOracle, type UsageRow } from '@tideline/testkit/score-oracle';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDeps, type TestDeps } from './deps.fixture.ts';
import { type DaySource, heldDays, knownDays, storedDays } from './day-source.ts';
import { judgeDay } from './judge-day.ts';
import { rateOwed } from './score.ts';
import { aMeter, aMilestone, aScoredWorkspace, sendUsage } from './scoring.fixture.ts';

let world: World;
let deps: TestDeps;
beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
});
afterAll(() => deps.close());

const START = day('2024-03-01');
const SPAN = 500;

type Company = { first: number; every: number; until: number; returns: boolean; seats: boolean };
const companies = fc.array(
  fc.record({ first: fc.nat(SPAN - 1), every: fc.integer({ min: 1, max: 40 }), until: fc.nat(SPAN), returns: fc.boolean(), seats: fc.boolean() }),
  { minLength: 1, maxLength: 45 },
);

/** Usage of the main meter, with returns that are revenue and not usage; and of a second, unpriced meter. */
const usageOf = (all: readonly Company[]): { main: UsageRow[]; seats: UsageRow[] } => {
  const main: UsageRow[] = [];
  const seats: UsageRow[] = [];
  for (const [i, { first, every, until, returns, seats: hasSeats }] of all.entries()) {
    const account = `c${String(i).padStart(2, '0')}`;
    for (let at = first, n = 0; at < Math.max(first + 1, until); at += 1 + ((every * (n + 3)) % (every + 2)), n++) {
      main.push({ account, day: addDays(START, at), events: 1, revenue: ((i * 37 + n * 13) % 500) + 0.25 });
      if (returns && n % 5 === 4) main.push({ account, day: addDays(START, at + 1), events: 0, revenue: -120.5 });
      if (hasSeats && n % 2 === 0) seats.push({ account, day: addDays(START, at), events: 1, revenue: 3 });
    }
  }
  return { main: merged(main), seats: merged(seats) };
};
const merged = (rows: readonly UsageRow[]): UsageRow[] =>
  [...Map.groupBy(rows, (row) => `${row.account} ${row.day}`).values()].map((same) => ({
    ...(same[0] as UsageRow),
    events: same.reduce((a, row) => a + row.events, 0),
    revenue: same.reduce((a, row) => a + row.revenue, 0),
  }));

const THRESHOLD = 700;
const reachedDays = (rows: readonly UsageRow[]): Map<string, number> => {
  const totals = new Map<string, number>();
  const reached = new Map<string, number>();
  for (const { account, day: on, revenue } of rows.toSorted((a, b) => (a.day < b.day ? -1 : 1))) {
    const total = (totals.get(account) ?? 0) + revenue;
    totals.set(account, total);
    if (total >= THRESHOLD && !reached.has(account)) reached.set(account, dayNumber(on));
  }
  return reached;
};

const expectSame = (own: Measures, oracle: Measures, where: string): void => {
  for (const key of Object.keys(oracle) as (keyof Measures)[]) {
    const [a, b] = [own[key], oracle[key]];
    if (key === 'weeks' && a === null) continue; // not read where the growth door is not asked
    if (typeof a === 'number' && typeof b === 'number') expect(Math.abs(a - b), `${where} ${key}: ${a} for ${b}`).toBeLessThan(1e-6);
    else if (Array.isArray(a) && Array.isArray(b))
      expect(a.map((v: number) => v.toFixed(2)).join(), `${where} ${key}`).toBe(b.map((v: number) => v.toFixed(2)).join());
    else expect(a, `${where} ${key}`).toBe(b);
  }
};

describe('measures by SQL and from memory', () => {
  it('are those of the slow and obvious way, on any day', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(companies, fc.array(fc.integer({ min: 5, max: SPAN }), { minLength: 2, maxLength: 3 }), async (all, ats) => {
        const { main, seats } = usageOf(all);
        const { workspaceId, versionId, meterId } = await aScoredWorkspace(world.arrange);
        const second = await aMeter(world.arrange, workspaceId, { key: 'seats', createdAt: '2020-02-01' });
        await aMilestone(world.arrange, workspaceId, meterId, THRESHOLD);
        await sendUsage(world.arrange, workspaceId, versionId, main);
        if (seats.length > 0) await sendUsage(world.arrange, workspaceId, second.versionId, seats);
        await rateOwed(deps, workspaceId, addDays(START, SPAN));
        const through = Math.max(...main.map((row) => dayNumber(row.day)), dayNumber(START) + SPAN);
        const meterDays = new Map(
          [...new Set(main.map((row) => row.account))].map((account) => {
            const of = (rows: readonly UsageRow[]) => rows.filter((row) => row.account === account && row.events > 0).map((row) => dayNumber(row.day));
            return [
              account,
              new Map([
                ['spend', of(main)],
                ['seats', of(seats)],
              ]),
            ] as const;
          }),
        );
        const facts = { through, milestoneDay: reachedDays(main), milestone: { medianTtfvDays: null }, meterDays };
        const oracle = new ScoreOracle(main, facts);
        for (const at of ats) await compare(workspaceId, oracle, dayFromNumber(Math.max(oracle.firstDay, dayNumber(START) + at)));
      }),
      { numRuns: 12 },
    );
  });
});

const compare = async (workspaceId: string, oracle: ScoreOracle, on: Day): Promise<void> => {
  const wanted = oracle.at(dayNumber(on));
  const names = new Map(
    (await world.arrange('SELECT id, external_id FROM account WHERE workspace_id = $1', [workspaceId])).map((row) => [String(row.id), String(row.external_id)]),
  );
  const results = await withWorkspace(deps.db, workspaceId, async (tx) => {
    const scoring = await scoringOf(tx);
    const clock = await refreshClock(tx, on);
    if (!clock) throw new Error('no usage');
    const held = await heldDays(tx, on, scoring, clock);
    if (!held) throw new Error('too large to hold');
    const known = knownDays(await readHistories(tx, on, scoring), await lateDays(tx, on, scoring), on, scoring);
    const judged = (source: DaySource) => judgeDay({ scoring, source, states: new Map(), k: null, others: async () => null }, on);
    return [await judged(storedDays(tx, scoring, clock)), await judged(held), await judged(known)];
  });
  for (const [i, { accounts, bench }] of results.entries()) {
    expect(accounts).toHaveLength(wanted.measures.size);
    expect(bench.relative.k).toBeCloseTo(wanted.relative.k, 9);
    expect(bench.relative.vbar).toBeCloseTo(wanted.relative.vbar, 6);
    for (const { accountId, judgement } of accounts) {
      const name = names.get(accountId) ?? '';
      const oracleOwn = wanted.measures.get(name);
      if (!oracleOwn) throw new Error(`${name} is not expected on ${on}`);
      expectSame(judgement.measures, oracleOwn, `${i === 0 ? 'SQL' : 'memory'} ${name} ${on}`);
    }
  }
};

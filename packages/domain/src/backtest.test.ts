import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type BacktestRow, confusionAt, summariseBacktest } from './backtest.ts';
import { day } from './calendar.ts';
import { outcomeOf } from './outcome.ts';
import { usageHistory } from './usage-history.ts';

const CUTOFFS = [day('2026-03-31'), day('2026-04-30')];
const row = fc
  .record({
    health: fc.double({ min: 0, max: 100, noNaN: true }),
    silent: fc.boolean(),
    inUse90: fc.boolean(),
    prior: fc.nat(1_000),
    next: fc.nat(1_000),
    at: fc.nat(1),
  })
  .map(({ health, silent, inUse90, prior, next, at }): Omit<BacktestRow, 'accountId'> => {
    const outcome = { inUse90, inUse180: true, silent, contraction: next < prior / 2, expansion: !silent && next > 1.2 * prior, prior, next };
    return {
      cutoff: CUTOFFS[at] ?? day('2026-03-31'),
      health,
      raw: health,
      segment: 'steady',
      pChurn: 1 - health / 100,
      stake: 1,
      recency: 1,
      change28: 0,
      outcome,
    };
  });
const rows = fc.array(row, { maxLength: 80 }).map((all) => all.map((one, i): BacktestRow => ({ ...one, accountId: `a${i}` })));

it('a threshold parts the accounts in use, and the money they lost', () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 0, max: 101 }), (all, threshold) => {
      const { byHealth } = summariseBacktest(all, CUTOFFS, 50);
      const at = confusionAt(byHealth, threshold);
      const inUse = all.filter(({ outcome }) => outcome?.inUse90);
      const alarmed = inUse.filter(({ health }) => (health ?? 0) < threshold);
      expect(at).toMatchObject({
        alarmed: alarmed.length,
        caught: alarmed.filter(({ outcome }) => outcome?.silent).length,
        missed: inUse.filter(({ health, outcome }) => (health ?? 0) >= threshold && outcome?.silent).length,
      });
      expect(at.alarmed + at.missed + at.passed).toBe(inUse.length);
      const lost = alarmed.reduce((sum, { outcome }) => sum + Math.max(0, (outcome?.prior ?? 0) - (outcome?.next ?? 0)), 0);
      expect(at.lostCaught).toBeCloseTo(lost, 1);
    }),
  );
});

it('lists the misses and false alarms that cost the most, and leaves unfinished cut-offs out of the means', () => {
  const outcome = { inUse90: true, inUse180: true, contraction: true, expansion: false, prior: 900, next: 0 };
  const one = { cutoff: day('2026-03-31'), raw: 70, segment: 'steady', pChurn: 0.3, stake: 1, recency: 3, change28: 0 } as const;
  const all: BacktestRow[] = [
    { ...one, accountId: 'small', health: 70, outcome: { ...outcome, silent: true, prior: 10 } },
    { ...one, accountId: 'large', health: 70, outcome: { ...outcome, silent: true } },
    { ...one, accountId: 'cried-wolf', health: 20, outcome: { ...outcome, silent: false, contraction: false, next: 950 } },
    { ...one, accountId: 'shrank', health: 20, outcome: { ...outcome, silent: false, next: 100 } },
    { ...one, accountId: 'open', cutoff: day('2026-04-30'), health: 20, outcome: null },
  ];
  const { misses, falseAlarms, cutoffs, mean } = summariseBacktest(all, CUTOFFS, 50);
  expect(misses.map(({ accountId }) => accountId)).toEqual(['large', 'small']);
  expect(falseAlarms.map(({ accountId }) => accountId)).toEqual(['cried-wolf']);
  expect(cutoffs.map(({ finished }) => finished)).toEqual([true, false]);
  expect(mean.p90).toMatchObject({ accounts: 4, base: 0.5 });
});

it('an outcome: silence, halved and grown money in the horizon', () => {
  const history = usageHistory([
    { day: 10, meters: 1, value: 100 },
    { day: 50, meters: -1, value: -20 },
    { day: 120, meters: 1, value: 30 },
  ]);
  expect(outcomeOf(history, 60, 30)).toMatchObject({ silent: true, inUse90: true, contraction: true, expansion: false, prior: -20, next: 0 });
  expect(outcomeOf(history, 60, 90)).toMatchObject({ silent: false, contraction: true, expansion: false, prior: 80, next: 30 });
  expect(outcomeOf(history, 105, 30)).toMatchObject({ silent: false, inUse90: false, inUse180: true, expansion: true, prior: 0, next: 30 });
});

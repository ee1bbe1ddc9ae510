import fc from 'fast-check';
import { expect, it } from 'vitest';
import { workspaceClock } from './clock.ts';
import { componentsOf, type UsageKey } from './component.ts';
import { defaultHealthModel, prepareModel, scoreHealth } from './health.ts';
import type { Measures, Relative } from './measure.ts';
import { openClosed } from './moved.ts';
import { type Climate, type MovedSteps, inClimate, openMeasures, splitMoved } from './moved-split.ts';
import { anyReadings } from './other-signal.fixture.ts';
import { measuresOn, usageHistory, type UsageDay } from './usage-history.ts';

const FIRST = 20_000;
const SPAN = 500;

const usageDay = fc.record({
  day: fc.integer({ min: FIRST, max: FIRST + SPAN }),
  meters: fc.constantFrom(-1, 1, 1, 3),
  value: fc.integer({ min: -20, max: 400 }),
});
const days = (most: number) => fc.uniqueArray(usageDay, { maxLength: most, selector: ({ day }) => day });
const relative: fc.Arbitrary<Relative> = fc.record({
  k: fc.double({ min: 1, max: 3, noNaN: true }),
  vbar: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 200, noNaN: true })),
  milestoneSet: fc.constant(false),
  medianTtfvDays: fc.constant(null),
});
const weight = fc.integer({ min: 1, max: 80 });
const model = fc
  .record({
    cadence: weight,
    silence: weight,
    standing: weight,
    momentum: weight,
    support: fc.nat(40),
    engagement: fc.nat(40),
    sentiment: fc.nat(40),
    'custom:a': fc.nat(40),
    quiet: fc.boolean(),
    decline: fc.boolean(),
  })
  .map(({ quiet, decline, ...weights }) => ({ ...defaultHealthModel, weights, caps: { quiet, decline } }));
const clock = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: SPAN + 1, maxLength: SPAN + 1 }).map((active) => {
  const ticks = workspaceClock(active);
  return (day: number) => ticks[Math.min(Math.max(0, day - FIRST), SPAN)] ?? 0;
});
/** A history as known on the earlier day, what came of those days later, two days, two models, two climates. */
const story = fc.record({
  known: days(60),
  late: days(15),
  a: fc.integer({ min: FIRST + 20, max: FIRST + SPAN - 1 }),
  apart: fc.integer({ min: 1, max: 200 }),
  models: fc.tuple(model, model),
  relatives: fc.tuple(relative, relative),
  ticks: clock,
  readings: fc.tuple(anyReadings, anyReadings),
  peers: fc.tuple(
    fc.array(fc.integer({ min: 0, max: 9_000 }), { minLength: 1, maxLength: 40 }),
    fc.array(fc.integer({ min: 0, max: 9_000 }), { minLength: 1, maxLength: 40 }),
  ),
});
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

const historyOf = (rows: readonly UsageDay[]) => usageHistory(rows.toSorted((x, y) => x.day - y.day));
const percentile = (peers: readonly number[], value: number): number =>
  (100 * (peers.filter((peer) => peer < value).length + peers.filter((peer) => peer === value).length / 2)) / peers.length;

const judged = ({ known, late, a, apart, models, relatives, ticks, peers, readings }: Story): { steps: MovedSteps; change: number } => {
  const b = Math.min(FIRST + SPAN, a + apart);
  const corrected = [...known.filter(({ day }) => !late.some((one) => one.day === day)), ...late];
  const on = (rows: readonly UsageDay[], day: number, climate: Climate): Measures | null => {
    const own = measuresOn(historyOf(rows), { start: FIRST, reached: null }, day, { ticks, manyMeters: true });
    return own && { ...own.measures, standing: climate.standing(own.measures.revenue364), onboarding: 50, others: readings[day === a ? 0 : 1] };
  };
  const climates = [a, b].map((day, i): Climate => ({ day, ticks, relative: relatives[i]!, standing: (revenue) => percentile(peers[i]!, revenue) }));
  const [then, now] = [climates[0]!, climates[1]!];
  const prepared = (which: 0 | 1, { relative: { k } }: Climate) => prepareModel(models[which], k);
  const [m0, m1, m4] = [on(known, a, then), on(corrected, a, then), on(corrected, b, now)];
  const rawOf = (m: Measures | null, climate: Climate) => (m === null ? 0 : scoreHealth(componentsOf(m, climate.relative), prepared(0, climate)).raw);
  const before = openMeasures(m0, then.relative, prepared(0, then), 1);
  const kept = openClosed(
    {
      ...({ cadence: 0, silence: 0, standing: 0, momentum: 0, ...before.scores } as Record<UsageKey, number>),
      others: m0?.others ?? null,
      health: before.health,
      raw: rawOf(m0, then),
      log10p: m0 ? componentsOf(m0, then.relative).log10p : 0,
    },
    prepared(0, then),
    1,
  );
  const steps: MovedSteps = {
    kept: kept ?? before,
    recalled: before,
    corrected: openMeasures(m1, then.relative, prepared(0, then), 1),
    reweighed: openMeasures(m1, then.relative, prepared(1, then), 2),
    elsewhere: openMeasures(m1 && inClimate(m1, now), now.relative, prepared(1, now), 2),
    met: openMeasures(m4, now.relative, prepared(1, now), 2),
    now: openMeasures(m4, now.relative, prepared(1, now), 2),
  };
  const shown = (m: Measures | null, climate: Climate, which: 0 | 1) =>
    m === null ? 0 : (scoreHealth(componentsOf(m, climate.relative), prepared(which, climate)).shown ?? 0);
  return { steps, change: shown(m4, now, 1) - shown(m0, then, 0) };
};

it('splits every change into four causes that add up to it: exactly, and as printed', () => {
  let moved = 0;
  fc.assert(
    fc.property(story, (one) => {
      const { steps, change } = judged(one);
      const causes = splitMoved(steps);
      expect(causes.map(({ key }) => key)).toEqual(['data', 'model', 'climate', 'usage']);
      expect(causes.reduce((sum, { exact }) => sum + exact, 0)).toBeCloseTo(change, 9);
      const tenths = (points: number) => Math.round(points * 10);
      const printed = tenths(Number(steps.now.health.toFixed(1))) - tenths(Number(steps.kept.health.toFixed(1)));
      expect(causes.reduce((sum, { points }) => sum + tenths(points), 0)).toBe(printed);
      for (const { points, parts } of causes) expect(parts.reduce((sum, part) => sum + tenths(part.points), 0)).toBe(tenths(points));
      if (Math.abs(change) > 1) moved++;
    }),
    { numRuns: 1_000 },
  );
  expect(moved).toBeGreaterThan(300);
});

it('blames nobody else: without late data, a new model or another climate the customer did it all', () => {
  fc.assert(
    fc.property(story, (one) => {
      const same: Story = { ...one, late: [], models: [one.models[0], one.models[0]] };
      const [data, version] = splitMoved(judged(same).steps);
      expect([data?.exact, version?.exact]).toEqual([0, 0]);
      const still: Story = { ...same, apart: 0 };
      const alone = judged({ ...still, relatives: [one.relatives[0], one.relatives[0]], peers: [one.peers[0], one.peers[0]] });
      for (const { exact } of splitMoved(alone.steps)) expect(exact).toBeCloseTo(0, 9);
      const climate = judged({ ...still });
      expect(splitMoved(climate.steps)[3]?.exact).toBeCloseTo(0, 9);
    }),
    { numRuns: 300 },
  );
});

it('measures a silence of then on the clock of the later day', () => {
  const ticks = (day: number): number => (day <= 110 ? day - 100 : 10 + (day - 110) / 2); // half as busy after day 110
  const m = measuresOn(
    historyOf([
      { day: 100, meters: 1, value: 5 },
      { day: 104, meters: 1, value: 5 },
    ]),
    { start: 100, reached: null },
    110,
    {
      ticks,
      manyMeters: false,
    },
  )!.measures;
  const moved = inClimate(
    { ...m, standing: 50, onboarding: 50 },
    { day: 130, ticks, relative: { k: 1, vbar: 0, milestoneSet: false, medianTtfvDays: null }, standing: () => 70 },
  );
  expect([m.clockSilent, m.clockSpan]).toEqual([6, 4]);
  expect([moved.clockSilent, moved.clockSpan, moved.standing]).toEqual([3, 2, 70]);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { componentsOf, type SignalKey } from './component.ts';
import { exampleMeasures, exampleRelative } from './example.ts';
import { defaultHealthModel, ENOUGH_COVERAGE, explainHealth, prepareModel, scoreHealth } from './health.ts';
import { customScore, customSentence } from './custom-signal.ts';
import { type OtherReadings, otherScores, strengthsOf } from './other-signal.ts';
import { anyReadings } from './other-signal.fixture.ts';
import { paceScore, paceSentence } from './pace.ts';
import { sentimentStrength } from './sentiment.ts';
import { signalOf } from './signal.ts';

const anyWeights = fc.record({
  cadence: fc.integer({ min: 1, max: 60 }),
  silence: fc.integer({ min: 0, max: 60 }),
  standing: fc.integer({ min: 0, max: 60 }),
  momentum: fc.integer({ min: 0, max: 60 }),
  support: fc.integer({ min: 0, max: 60 }),
  engagement: fc.integer({ min: 0, max: 60 }),
  pace: fc.integer({ min: 0, max: 60 }),
  sentiment: fc.integer({ min: 0, max: 60 }),
  breadth: fc.integer({ min: 0, max: 60 }),
  payment: fc.integer({ min: 0, max: 60 }),
  'custom:a': fc.integer({ min: 0, max: 60 }),
});
const judged = (others: OtherReadings | undefined, weights: { [key in SignalKey]?: number }) => {
  const prepared = prepareModel({ ...defaultHealthModel, weights, caps: { quiet: false, decline: false } }, 1);
  const c = componentsOf({ ...exampleMeasures, ...(others && { others }) }, exampleRelative);
  return { c, score: scoreHealth(c, prepared), explained: explainHealth(c, prepared) };
};

describe('signals beside usage', () => {
  it('weigh as the sum written out says: what is missing gives its weight away, what is not connected is not expected', () => {
    fc.assert(
      fc.property(anyReadings, anyWeights, (others, weights) => {
        const { c, score } = judged(others, weights);
        let [sum, present, expected] = [0, 0, 0];
        for (const [key, points] of Object.entries(weights)) {
          const value = { ...c.scores, ...otherScores(others) }[key as SignalKey];
          if (value === undefined) continue;
          const faded = key === 'sentiment' && others.sentiment ? 0.5 ** (others.sentiment.days / 45) : 1;
          expected += points * faded;
          if (value === null) continue;
          present += points * faded;
          sum += points * faded * value;
        }
        expect(score.raw).toBeCloseTo((sum / present) * c.gate * c.fade, 9);
        expect(score.coverage).toBeCloseTo(present / expected, 12);
        expect(score.band === null).toBe(present / expected < ENOUGH_COVERAGE);
      }),
    );
  });

  it('open into points that add up, whatever is missing', () => {
    fc.assert(
      fc.property(anyReadings, anyWeights, (others, weights) => {
        const { explained, score } = judged(others, weights);
        expect(explained!.parts.reduce((sum, part) => sum + part.earned + part.missed, 0)).toBeCloseTo(100, 9);
        expect(explained!.earned - Object.values(explained!.removed).reduce((sum, points) => sum + points, 0)).toBeCloseTo(score.shown!, 9);
      }),
    );
  });

  it('change nothing for a model that gives them no weight', () => {
    fc.assert(
      fc.property(anyReadings, (others) => {
        const { weights } = defaultHealthModel;
        expect(judged(others, weights).score).toEqual(judged(undefined, weights).score);
      }),
    );
  });

  it('say themselves in a sentence, with and without data', () => {
    fc.assert(
      fc.property(anyReadings, (others) => {
        const m = { ...exampleMeasures, others };
        const c = componentsOf(m, exampleRelative);
        for (const key of Object.keys(others) as SignalKey[]) {
          const sentence = signalOf(key, m).sentence(m, c);
          expect(sentence).toMatch(/^[A-Z0-9-]/);
          expect(sentence).not.toMatch(/NaN|undefined|null|Infinity/);
        }
      }),
    );
  });
});

describe('each by hand', () => {
  it('commitment pace: all from .9, nothing at .4, nothing said in the first 30 days', () => {
    const at = (pace: number, elapsedDays = 100) => paceScore({ pace, elapsedDays });
    expect([at(2), at(0.9), at(0.65), at(0.4), at(0), at(0.4, 29)]).toEqual([100, 100, expect.closeTo(50, 9), 0, 0, null]);
    expect(paceSentence({ pace: 0.62, elapsedDays: 90 })).toBe('Burned 62% of what was planned by now');
  });
  it('sentiment counts half after 45 days', () => {
    expect(sentimentStrength({ sentiment: 'bad', days: 45 })).toBe(0.5);
    expect(strengthsOf({ sentiment: null })).toEqual({});
  });
  it('a custom signal runs from one threshold to the other, in either direction', () => {
    const low = { name: 'Error rate', unit: '%', zeroAt: 5, fullAt: 1 };
    expect([0, 1, 3, 5, 9].map((value) => customScore({ ...low, value }))).toEqual([100, 100, 50, 0, 0]);
    expect(customSentence({ ...low, value: 3 })).toBe('3 %, between 5 (bad) and 1 (good)');
    expect(customSentence({ ...low, value: 9 })).toBe('9 %: at least the 5 that is bad');
  });
  it('overdue invoices, meters in use', () => {
    const scores = otherScores({
      payment: { overdueDays: 15 },
      breadth: { meters: 2, best: 4 },
      sentiment: null,
      engagement: { speakers: 0, silentDays: null, knownDays: 0 },
    });
    expect(scores).toEqual({ payment: 75, breadth: 50, sentiment: null, engagement: null });
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { otherSignals } from './signal.ts';
import { engagementScore, engagementSentence } from './engagement.ts';

test('full up to the target, halved by every further one', () => {
  const at = (silentDays: number, target?: number) => engagementScore({ speakers: 1, silentDays, knownDays: 400 }, target);
  expect([0, 45, 90, 135].map((days) => at(days))).toEqual([100, 100, 50, 25]);
  expect(at(46)).toBeCloseTo(100 * 2 ** (-1 / 45), 12);
  expect(at(40, 20)).toBe(50);
});

test('missing where nobody speaks for the account; without a touch the days count from when somebody was known', () => {
  expect(engagementScore({ speakers: 0, silentDays: 3, knownDays: 9 })).toBeNull();
  expect(engagementScore({ speakers: 2, silentDays: null, knownDays: 10 })).toBe(100);
  expect(engagementScore({ speakers: 2, silentDays: null, knownDays: 90 })).toBe(50);
});

test('never rises with silence, nor leaves 0 to 100', () => {
  fc.assert(
    fc.property(fc.nat(3_000), fc.nat(500), fc.integer({ min: 1, max: 365 }), (days, more, target) => {
      const score = engagementScore({ speakers: 1, silentDays: days, knownDays: 0 }, target) ?? Number.NaN;
      expect(score).toBeLessThanOrEqual(100);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(engagementScore({ speakers: 1, silentDays: days + more, knownDays: 0 }, target) ?? Number.NaN).toBeLessThanOrEqual(score);
      if (days <= target) expect(score).toBe(100);
    }),
  );
});

test('says it in the word of the product: a touch', () => {
  const said = (silentDays: number | null, speakers = 1) => engagementSentence({ speakers, silentDays, knownDays: 12 });
  expect([said(0), said(5), said(60), said(null), said(null, 2)]).toEqual([
    'Last touch with a sponsor or champion on the last day',
    'Last touch with a sponsor or champion 5 days ago',
    'Last touch with a sponsor or champion 60 days ago, 45 days at most is the aim',
    'No touch with its sponsor or champion in the 12 days they are known',
    'No touch with its sponsors or champions in the 12 days they are known',
  ]);
  const { hint, connect } = otherSignals.engagement;
  for (const words of [hint, connect, said(0), said(5), said(null)]) expect(words).not.toMatch(/\b(talk|spoke|spoken)/i);
});

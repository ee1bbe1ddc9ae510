import { describe, expect, it } from 'vitest';
import { badgesOf } from './badge.ts';
import { componentsOf } from './component.ts';
import { exampleMeasures, exampleRelative, measuresWith, silentFor } from './example.ts';
import type { Measures, Relative } from './measure.ts';
import { reasonOf, reasons } from './reason.ts';
import type { ReasonCode } from './segment.ts';
import { odds, plainText } from './sentence.ts';
import { signals } from './signal.ts';

const said = (why: ReasonCode, measures: Measures, relative: Relative = exampleRelative): string => {
  const { sentence } = reasonOf(why, { measures, components: componentsOf(measures, relative), shown: 50, relative });
  return sentence.map((part) => (part.strong ? `**${part.text}**` : part.text)).join('');
};

describe('reasonOf', () => {
  it('puts an account that is back after a silence under a heading that is true of it, while its segment still waits', () => {
    const back = (silent: number) => {
      const measures = silentFor(silent);
      const { why, heading } = reasonOf('gone_quiet', { measures, components: componentsOf(measures, exampleRelative), shown: 40, relative: exampleRelative });
      return [why, heading];
    };
    expect([back(12), back(1), back(0)]).toEqual([
      ['gone_quiet', 'Gone quiet'],
      ['active_again', 'Active again'],
      ['active_again', 'Active again'],
    ]);
    expect(Object.values(reasons).map(({ order }) => order)).toEqual(Object.keys(reasons).map((_, i) => i));
  });

  it('says what a CSM would say, the changed figure strong', () => {
    expect(said('gone_quiet', silentFor(12))).toBe('Silent **12 days**, usually every 2 days; usage **43% below** its own normal');
    expect(said('gone_quiet', silentFor(95, { usageDaysEver: 1 }))).toBe('Silent **95 days** since its only usage day');
    expect(said('gone_quiet', silentFor(1))).toBe('Active again **1 day ago** after an unusual silence');
    expect(said('gone_quiet', silentFor(95, { usageDaysEver: 3 }))).toMatch(/^Silent \*\*95 days/);
    expect(said('declining', measuresWith({ revenue28: 1_000, revenue84: 6_600 }))).toBe('Usage **64% below** its own normal; as many days, fewer per day');
    expect(said('declining', measuresWith({ revenue28: 1_000, revenue84: 6_600, days28: 6 }))).toBe(
      'Usage **64% below** its own normal; active **6 of 28 days**, was 14',
    );
    expect(said('stagnating', measuresWith({ days84: 3, days182: 6, days364: 12 }))).toBe(
      'Active **3 of the last 84 days**; about 2 days expected in the next 90',
    );
    expect(said('steady', exampleMeasures)).toBe('Active **14 of 28 days**; level with its own normal');
    expect(said('steady', silentFor(30))).toBe('Silent **30 days**, usually every 2 days');
    expect(said('slow_start', measuresWith({ firstDay: 19_971, usageDaysEver: 2, onboarding: 22 }))).toBe(
      'Day **30**: active on **2 days**; behind **78%** of accounts at this age',
    );
    expect(said('first_value_late', measuresWith({ ageDays: 34 }), { ...exampleRelative, milestoneSet: true, medianTtfvDays: 11 })).toBe(
      'Day **34** without first value; half of all accounts are there by day 11',
    );
    expect(said('growing', measuresWith({ weeks: Array.from({ length: 24 }, (_, i) => 500 * 1.025 ** i), ttfvDays: 6 }))).toBe(
      'Up **28%** over 12 weeks, above its earlier level in 12; first value in 6 days',
    );
    expect(said('never_used', measuresWith({ firstDay: null, lastDay: null, ageDays: 20 }))).toBe('Created **20 days ago**, not used yet');
  });
  it('has a sentence, a heading and a next step for every reason, whatever the account', () => {
    const accounts = [
      exampleMeasures,
      silentFor(400),
      silentFor(28),
      measuresWith({ firstDay: null, lastDay: null, yearFirstDay: null }),
      measuresWith({ weeks: null, firstDay: 19_999 }),
    ];
    for (const why of Object.keys(reasons) as ReasonCode[]) {
      for (const measures of accounts) {
        const reason = reasonOf(why, { measures, components: componentsOf(measures, exampleRelative), shown: 50, relative: exampleRelative });
        expect(plainText(reason.sentence)).toMatch(/^[A-Z0-9]/);
        expect(plainText(reason.sentence)).not.toMatch(/NaN|Infinity|undefined|null/);
        expect([reason.heading, reason.nextAction].every((text) => text.length > 5)).toBe(true);
      }
    }
  });
});

describe('signals', () => {
  it('explains each component from its measures', () => {
    const quiet = silentFor(12, { days182: 158, days364: 158 });
    const c = componentsOf(quiet, exampleRelative);
    expect(signals.cadence.sentence(quiet, c)).toMatch(/^Active 158 of the 170 days before it stopped; about \d+ days expected in the next 90$/);
    expect(signals.silence.sentence(quiet, c)).toMatch(/^Quiet for 12 days; a gap this long is 1 in [\d,]+ for this account$/);
    expect(signals.momentum.sentence(exampleMeasures, c)).toBe('Last 28 days level with the 56 before');
    expect([odds(0.0001), odds(0.2), odds(1e-9)]).toEqual(['1 in 10,000', '1 in 5', 'less than 1 in a million']);
  });
});

describe('badges', () => {
  it('marks a surge and use above the own norm', () => {
    const c = componentsOf(exampleMeasures, exampleRelative);
    expect(badgesOf(c, 80)).toEqual([]);
    expect(badgesOf({ ...c, growth: 0.6, scores: { ...c.scores, momentum: 80 } }, 80)).toEqual(['surging', 'above_norm']);
    expect(badgesOf(c, null)).toEqual([]);
  });
});

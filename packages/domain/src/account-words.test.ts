import { describe, expect, it } from 'vitest';
import { componentsOf } from './component.ts';
import { exampleMeasures, exampleRelative, measuresWith, silentFor } from './example.ts';
import { defaultHealthModel, explainHealth, prepareModel } from './health.ts';
import type { Measures } from './measure.ts';
import { ownNormal } from './own-normal.ts';
import { bandSentence, removals } from './removal.ts';
import { usageTitle } from './usage-title.ts';

const titleOf = (m: Measures): string => usageTitle(m, componentsOf(m, exampleRelative));

describe('usageTitle', () => {
  it('is the answer with its number', () => {
    expect(titleOf(exampleMeasures)).toBe('Usage is level with its own normal over 28 days');
    expect(titleOf(measuresWith({ revenue28: 1_736, revenue84: 7_336 }))).toBe('Usage is 38% below its own normal over 28 days');
    expect(titleOf(measuresWith({ revenue28: 5_600, revenue84: 11_200 }))).toBe('Usage is 100% above its own normal over 28 days');
  });
  it('says when it has stopped, and for how long once nothing is left to compare', () => {
    expect(titleOf(silentFor(20))).toMatch(/below its own normal over 28 days, and has stopped$/);
    expect(titleOf(silentFor(40))).toBe('No usage for 40 days');
  });
  it('does not compare before there is a normal', () => {
    expect(titleOf(measuresWith({ firstDay: 19_970, usageDaysEver: 9, revenue84: 2_800 }))).toBe(
      'Active on 9 days of its first 31; its own normal is known from day 56',
    );
    expect(titleOf(measuresWith({ firstDay: null, lastDay: null, ageDays: 0 }))).toBe('Not used yet');
    expect(titleOf(measuresWith({ firstDay: null, lastDay: null, ageDays: 21 }))).toBe('Not used in the 21 days since it was created');
    expect(titleOf(measuresWith({ revenue28: 300, revenue84: 300 }))).toBe('Back in use after nothing in the 56 days before');
  });
});

describe('ownNormal', () => {
  const steady = Array.from({ length: 200 }, (_, i) => (i % 7 < 5 ? 140 : 0));
  it('is the mean of the 56 days before the last 28, and lies inside its band', () => {
    for (const day of ownNormal(steady, 0).slice(84)) {
      expect(day?.mid).toBeCloseTo(100, 9);
      expect(day?.low).toBeLessThanOrEqual(100);
      expect(day?.high).toBeGreaterThanOrEqual(100);
    }
  });
  it('is not known before day 56 of use, and takes nothing from before the first usage', () => {
    const normal = ownNormal([...Array.from({ length: 50 }, () => 0), ...steady], 50);
    expect(normal.slice(0, 50 + 55).every((day) => day === null)).toBe(true);
    expect(normal[50 + 55]?.mid).toBeCloseTo(100, 9);
  });
  it('follows a fall only after 28 days', () => {
    const fallen = [...steady, ...Array.from({ length: 28 }, () => 0)];
    expect(ownNormal(fallen, 0).at(-1)?.mid).toBeCloseTo(100, 9);
    expect(ownNormal([...fallen, ...Array.from({ length: 56 }, () => 0)], 0).at(-1)?.mid).toBe(0);
  });
});

describe('removals', () => {
  it('name whatever took points', () => {
    const prepared = prepareModel(defaultHealthModel, 1);
    for (const silent of [30, 60, 200, 300]) {
      const c = componentsOf(silentFor(silent), exampleRelative);
      const explained = explainHealth(c, prepared);
      for (const [key, points] of Object.entries(explained?.removed ?? {})) {
        if (points > 0.05) expect(removals[key as keyof typeof removals].sentence(c, explained?.shown ?? 0)).toMatch(/\d/);
      }
    }
    expect(removals.gate.sentence({ ...componentsOf(exampleMeasures, exampleRelative), gate: 0.766 })).toContain('counts for 77%');
  });
  it('bands say where they are left', () => {
    expect(bandSentence('at_risk', defaultHealthModel.bands)).toBe('At risk below 50; it leaves the band at 54');
    expect(bandSentence('watch', defaultHealthModel.bands)).toBe('Watch from 50 to 60');
    expect(bandSentence('healthy', defaultHealthModel.bands)).toBe('Healthy from 60; it leaves the band below 55');
  });
});

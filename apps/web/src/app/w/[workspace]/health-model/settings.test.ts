import { defaultModelConfig } from '@tideline/domain/model-config';
import { describe, expect, it } from 'vitest';
import { type Edit, problemsOf, withBand, withThreshold, withWeight } from './edit.ts';
import { changeWords, differences, settings } from './settings.ts';

const { caps, bands, segments, shiftByRegularity } = defaultModelConfig;
const standard: Edit = { weights: { cadence: 60, silence: 15, standing: 15, momentum: 10 }, caps, bands, segments, shiftByRegularity, profiles: [] };

describe('an edit', () => {
  it('moves the others when a weight moves, but not the locked ones', () => {
    expect(withWeight(standard, new Set(['silence']), 'cadence', 50).weights).toEqual({ cadence: 50, silence: 15, standing: 21, momentum: 14 });
  });
  it('moves the segment along with the band edge it begins at, until they were set apart', () => {
    expect(withBand(standard, 'atRiskBelow', 45).segments.thresholds.riskHealth).toEqual({ enter: 45, stay: 54 });
    const apart = withThreshold(standard, 'riskHealth', 'enter', 48);
    expect(withBand(apart, 'atRiskBelow', 45).segments.thresholds.riskHealth).toEqual({ enter: 48, stay: 54 });
  });
  it('says what is wrong by its place', () => {
    expect([...problemsOf(withBand(standard, 'healthyFrom', 40)).keys()]).toContain('bands.healthyFrom');
  });
});

describe('differences', () => {
  it('are none between a model and itself', () => expect(differences(standard, standard)).toEqual([]));
  it('name everything that can differ once', () => expect(new Set(settings.map(({ label }) => label)).size).toBe(settings.length));
  it('are told in the order of the screen, shares in percent', () => {
    const changed = differences(
      standard,
      withThreshold({ ...withWeight(standard, new Set(), 'cadence', 50), shiftByRegularity: false }, 'weeklySlope', 'enter', 0.035),
    );
    expect(changed.map(({ key, from, to }) => [key, from, to])).toEqual([
      ['cadence', '60', '50'],
      ['silence', '15', '18.75'],
      ['standing', '15', '18.75'],
      ['momentum', '10', '12.5'],
      ['shift', 'on', 'off'],
      ['weeklySlope.enter', '2%', '3.5%'],
    ]);
    expect(changeWords(changed)).toBe('4 weights, 1 rule and 1 segment setting changed');
    expect(changeWords([])).toBeNull();
  });
});

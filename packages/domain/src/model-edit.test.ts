import { describe, expect, it } from 'vitest';
import { defaultModelConfig } from './model-config.ts';
import { type ModelEdit, modelProblems } from './model-edit.ts';

const paths = (change: Partial<ModelEdit>): string[] => modelProblems({ ...defaultModelConfig, ...change }).map(({ path }) => path);

describe('modelProblems', () => {
  it('finds nothing wrong with the default model', () => expect(paths({})).toEqual([]));
  it('wants 100 points, to the hundredth', () => {
    expect(paths({ weights: { cadence: 60, silence: 15, standing: 15, momentum: 9.99 } })).toEqual(['weights']);
    expect(paths({ weights: { cadence: 33.33, silence: 33.33, standing: 33.34, momentum: 0 } })).toEqual([]);
    expect(paths({ weights: { cadence: 110, silence: -10 } })).toEqual(['weights']);
  });
  it('wants bands in order, and each left no earlier than entered', () => {
    const bands = { atRiskBelow: 50, atRiskLeaves: 54, healthyFrom: 60, healthyLeaves: 55 };
    expect(paths({ bands: { ...bands, atRiskBelow: 60 } })).toContain('bands.healthyFrom');
    expect(paths({ bands: { ...bands, atRiskLeaves: 49 } })).toEqual(['bands.atRiskLeaves']);
    expect(paths({ bands: { ...bands, healthyLeaves: 61 } })).toEqual(['bands.healthyLeaves']);
    expect(paths({ bands: { ...bands, healthyLeaves: 40 } })).toEqual(['bands.healthyLeaves']);
    expect(paths({ bands: { ...bands, atRiskLeaves: Number.NaN } })).toEqual(['bands.atRiskLeaves']);
  });
  it('wants every segment left later than it is entered', () => {
    const { thresholds, doors } = defaultModelConfig.segments;
    expect(paths({ segments: { doors, thresholds: { ...thresholds, riskSilence: { enter: 50, stay: 30 } } } })).toEqual(['segments.riskSilence']);
    expect(paths({ segments: { doors, thresholds: { ...thresholds, weeklySlope: { enter: 0.01, stay: 0.02 } } } })).toEqual(['segments.weeklySlope']);
    expect(paths({ segments: { doors, thresholds: { ...thresholds, weeklySlope: { enter: -0.01, stay: -0.02 } } } })).toEqual(['segments.weeklySlope']);
  });
});

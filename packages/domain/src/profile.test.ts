import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { componentsOf } from './component.ts';
import { exampleMeasures, exampleRelative, measuresWith } from './example.ts';
import { prepareModel, scoreHealth } from './health.ts';
import { benchOf, judge, judgedBy } from './judgement.ts';
import { defaultModelConfig, type ModelConfig } from './model-config.ts';
import { modelProblems } from './model-edit.ts';
import { fits, hindranceIn, type Profile, profiled, profileWords, reachOf } from './profile.ts';
import { weighedOthers } from './weight.ts';

const { bands } = defaultModelConfig;
const young: Profile = {
  key: 'young',
  name: 'Onboarding',
  rule: { tenureBelow: 90 },
  weights: { cadence: 20, silence: 20, standing: 0, momentum: 60 },
  bands: { ...bands, atRiskBelow: 30, atRiskLeaves: 40 },
};
const big: Profile = {
  key: 'big',
  name: 'Enterprise',
  rule: { plan: ['Enterprise', 'custom'], region: ['Europe'] },
  weights: { cadence: 50, silence: 10, standing: 20, momentum: 10, support: 10 },
  bands,
};
const model: ModelConfig = { ...defaultModelConfig, profiles: [young, big] };
const traits = { plan: ' enterprise', industry: null, region: 'europe' };
const newcomer = measuresWith({ firstDay: exampleMeasures.asOf - 88, traits });

describe('profiles', () => {
  it('ask for all they name, in any case; the first that fits judges', () => {
    expect([fits(young, newcomer), fits(big, newcomer), judgedBy(benchOf(model, exampleRelative), newcomer).profile]).toEqual([true, true, 'young']);
    expect(fits(young, measuresWith({ firstDay: exampleMeasures.asOf - 89 }))).toBe(false); // its 90th day
    expect(fits(young, measuresWith({ firstDay: null, lastDay: null, ageDays: 89 }))).toBe(true);
    expect(fits(big, measuresWith({ traits: { ...traits, region: null } }))).toBe(false);
    expect(fits({ rule: {} }, newcomer)).toBe(false);
    expect(judgedBy(benchOf(model, exampleRelative), measuresWith({ traits })).profile).toBe('big');
    expect(judgedBy(benchOf(model, exampleRelative), exampleMeasures).profile).toBeNull();
    expect(profileWords({ tenureBelow: 90, ...big.rule })).toBe('in use for less than 90 days, plan Enterprise or custom, region Europe');
  });

  it('are counted by whom they judge, in their order: as many as the model would judge with each', () => {
    const old = measuresWith({ traits });
    const both = measuresWith({ firstDay: exampleMeasures.asOf - 10, traits });
    const book = [newcomer, old, both, exampleMeasures, exampleMeasures];
    expect(reachOf([young, big], book)).toEqual({
      profiles: [
        { fits: 2, judges: 2 },
        { fits: 3, judges: 1 },
      ],
      rest: 2,
    });
    expect(reachOf([big, young], book).profiles).toEqual([
      { fits: 3, judges: 3 },
      { fits: 2, judges: 0 },
    ]);
    const bench = benchOf(model, exampleRelative);
    expect(reachOf([young, big], book).profiles.map(({ judges }) => judges)).toEqual(
      ['young', 'big'].map((key) => book.filter((m) => judgedBy(bench, m).profile === key).length),
    );
    expect(hindranceIn({ tenureBelow: 90, plan: ['Gold'] }, book)).toEqual({ plan: ['Gold'] });
    expect(hindranceIn({ tenureBelow: 2, plan: ['Enterprise'] }, book)).toEqual({ tenureBelow: 2 });
    expect(hindranceIn({ tenureBelow: 90 }, book)).toBeNull();
  });

  it('judge as the model with their weights and bands would, and later the same from the key that was kept', () => {
    const anyMeasures = fc.record({
      tenure: fc.integer({ min: 1, max: 800 }),
      plan: fc.constantFrom('Enterprise', 'self-serve', null),
      region: fc.constantFrom('Europe', 'Asia', null),
    });
    const seen = new Set<string | null>();
    fc.assert(
      fc.property(anyMeasures, ({ tenure, plan, region }) => {
        const m = measuresWith({ firstDay: exampleMeasures.asOf - tenure + 1, traits: { plan, industry: null, region } });
        const judged = judge(m, '0', benchOf(model, exampleRelative), null, true);
        seen.add(judged.profile);
        const alone = scoreHealth(componentsOf(m, exampleRelative), prepareModel(profiled(model, judged.profile), exampleRelative.k));
        expect(judged.score).toEqual(alone);
      }),
    );
    expect(seen).toEqual(new Set(['young', 'big', null]));
  });

  it('are read for what they weigh too, and refused where they make no sense', () => {
    expect(weighedOthers(model)).toEqual(['support']);
    expect(modelProblems(model)).toEqual([]);
    const wrong = {
      ...model,
      profiles: [
        { ...young, name: 'Enterprise', weights: { cadence: 90 } },
        { ...big, rule: {} },
      ],
    };
    expect(modelProblems(wrong).map(({ path }) => path)).toEqual(['profiles.0.weights', 'profiles.1.name', 'profiles.1.rule']);
  });
});

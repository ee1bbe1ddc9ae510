import { exampleMeasures, measuresWith } from '@tideline/domain/example';
import { defaultModelConfig } from '@tideline/domain/model-config';
import type { ProfileRule } from '@tideline/domain/profile';
import { describe, expect, it } from 'vitest';
import { type Edit, problemsOf, withBand, withWeight } from './edit.ts';
import {
  type EditProfile,
  faultOf,
  keyFor,
  problemsIn,
  profileControl,
  reachWords,
  viewOf,
  withEarlier,
  withoutProfile,
  withProfile,
  withView,
} from './profiles.ts';
import { differences } from './settings.ts';

const { caps, bands, segments, shiftByRegularity } = defaultModelConfig;
const model: Edit = { weights: { cadence: 60, silence: 15, standing: 15, momentum: 10 }, caps, bands, segments, shiftByRegularity, profiles: [] };
const young = { key: keyFor(model, 'On-boarding!'), name: 'Onboarding', rule: { tenureBelow: 90 } };
const both = withProfile(withProfile(model, young), { key: 'big', name: 'Enterprise', rule: { plan: ['Enterprise'] } });

it('a slider moves the profile that is chosen and nobody else', () => {
  const moved = withView(both, 'on-boarding', (view) => withWeight(view, new Set(), 'momentum', 40));
  expect(viewOf(moved, 'on-boarding').weights.momentum).toBe(40);
  expect([viewOf(moved, 'big').weights, moved.weights]).toEqual([model.weights, model.weights]);
  expect(withView(both, null, (view) => withBand(view, 'atRiskBelow', 45)).bands.atRiskBelow).toBe(45);
  expect(
    viewOf(
      withView(both, 'big', (view) => withBand(view, 'healthyFrom', 70)),
      'on-boarding',
    ).bands,
  ).toEqual(bands);
});

it('tells what differs of profiles: order, whom they are for, and their own numbers', () => {
  const said = (from: Edit, to: Edit) => differences(from, to).map(({ label, from: was, to: is }) => [label, was, is]);
  expect(said(model, both)).toEqual([['Profiles in their order', 'none', 'Onboarding, Enterprise']]);
  expect(said(both, withEarlier(both, 'big'))).toEqual([['Profiles in their order', 'Onboarding, Enterprise', 'Enterprise, Onboarding']]);
  expect(said(both, withProfile(both, { ...young, rule: { tenureBelow: 60 } }))).toEqual([
    ['Profile Onboarding', 'Onboarding: in use for less than 90 days', 'Onboarding: in use for less than 60 days'],
  ]);
  const heavier = withView(both, 'big', (view) => withWeight(view, new Set(['silence', 'standing']), 'cadence', 65));
  expect(said(both, heavier)).toEqual([
    ['Enterprise: cadence', '60', '65'],
    ['Enterprise: momentum', '10', '5'],
  ]);
  expect(said(withoutProfile(both, 'big'), withoutProfile(both, 'big'))).toEqual([]);
});

it('gives every profile a key of its own, and shows what is wrong where it is', () => {
  expect([keyFor(both, 'On-boarding'), keyFor(both, '!?')]).toEqual(['on-boarding-2', 'profile']);
  const wrong = withView(both, 'big', (view) => withBand(view, 'atRiskBelow', 90));
  expect([...problemsIn(problemsOf(wrong), wrong, 'big').keys()]).toContain('bands.healthyFrom');
  expect([...problemsIn(problemsOf(wrong), wrong, 'on-boarding').keys()]).toEqual([]);
});

describe('how many accounts a profile judges', () => {
  const of = (plan: string | null, tenure = 400) =>
    measuresWith({ firstDay: exampleMeasures.asOf - tenure + 1, traits: { plan, industry: null, region: null } });
  const book = [of('Enterprise'), of('Growth'), of('Growth', 30), of(null, 30)];
  const words = (rule: ProfileRule, before: ProfileRule[] = []) =>
    reachWords(
      rule,
      before.map((one) => ({ rule: one as EditProfile['rule'] })),
      book,
    );

  it('says whom a rule would take, and who is taken before it', () => {
    expect(words({ plan: ['growth'] })).toBe('Would judge 2 accounts today.');
    expect(words({ plan: ['growth'] }, [{ tenureBelow: 90 }])).toBe('Would judge 1 account today. 1 more fits and is judged by a profile above it.');
    expect(words({ plan: ['growth'], tenureBelow: 90 }, [{ tenureBelow: 90 }])).toBe('Judges nobody: 1 account that fits is judged by a profile above it.');
  });

  it('says in plain words why it takes nobody', () => {
    expect(words({ plan: ['Gold'], tenureBelow: 90 })).toBe('No account has plan Gold today: your accounts have Enterprise, Growth.');
    expect(words({ region: ['Europe'] })).toBe('No account has region Europe today: none has a region.');
    expect(words({ tenureBelow: 10 })).toBe('No account is in use for less than 10 days today.');
    expect(words({ plan: ['Enterprise'], tenureBelow: 90 })).toBe('No account fits all of it today.');
  });
});

it('leads from what is wrong to the control that puts it right', () => {
  const wrong = withView(both, 'big', (view) => withBand(view, 'atRiskBelow', 90));
  expect(faultOf(problemsOf(wrong), wrong)).toEqual({
    profile: 'big',
    control: 'bands.healthyFrom',
    words: 'Enterprise: healthy must begin above 90, where at risk ends',
    more: 2,
  });
  const nameless = withProfile(both, { key: 'big', name: 'Onboarding', rule: { plan: ['Enterprise'] } });
  expect(faultOf(problemsOf(nameless), nameless)).toMatchObject({ profile: 'big', control: profileControl('big'), more: 0 });
  const own = withBand(model, 'atRiskLeaves', 10);
  expect(faultOf(problemsOf(own), own)).toMatchObject({ profile: null, control: 'bands.atRiskLeaves' });
  expect(faultOf(problemsOf(both), both)).toBeNull();
});

import { defaultModelConfig } from '@tideline/domain/model-config';
import { expect, it } from 'vitest';
import { type Edit, problemsOf, withBand, withWeight } from './edit.ts';
import { keyFor, problemsIn, viewOf, withEarlier, withoutProfile, withProfile, withView } from './profiles.ts';
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

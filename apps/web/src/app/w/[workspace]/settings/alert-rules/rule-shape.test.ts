import { alertKinds } from '@tideline/domain/alert';
import { expect, it } from 'vitest';
import { emptyRule, ruleForm, ruleOf, RuleShape } from './rule-shape.ts';

const faultsOf = (change: object) => RuleShape.safeParse({ ...emptyRule, name: 'At risk', ...change }).error?.issues.map(({ path }) => path.join('.')) ?? [];

it('brings a rule through the form unchanged', () => {
  for (const { defaults } of Object.values(alertKinds)) expect(ruleOf(RuleShape.parse(ruleForm('x', defaults)))).toEqual(defaults);
});

it('puts a fault beside the field it speaks of', () => {
  expect(faultsOf({})).toEqual([]);
  expect(faultsOf({ clear: '40' })).toEqual(['clear']);
  expect(faultsOf({ kind: 'segment_entered', segments: [] })).toEqual(['segments']);
  expect(faultsOf({ threshold: 'low' })).toEqual(['threshold']);
});

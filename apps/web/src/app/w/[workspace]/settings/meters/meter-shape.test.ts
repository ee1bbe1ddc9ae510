import { describeMeter } from '@tideline/domain/meter';
import { describe, expect, it } from 'vitest';
import {
  bodyOf,
  changeOf,
  conditionForm,
  conditionOf,
  definitionOf,
  emptyMeter,
  keyFrom,
  meterForm,
  MeterShape,
  newCondition,
  type MeterForm,
} from './meter-shape.ts';

const calls: MeterForm = { ...emptyMeter, name: 'Calls', key: 'calls', unit: 'calls', eventName: 'api.call' };
const faultsOf = (form: MeterForm) => MeterShape.safeParse(form).error?.issues.map(({ path, message }) => [path.join('.'), message]) ?? [];

describe('conditions', () => {
  it.each([
    [{ field: 'value', op: 'gt', value: 0 } as const],
    [{ field: 'properties.kind', op: 'eq', value: 'sale' } as const],
    [{ field: 'properties.zip', op: 'eq', value: '007' } as const],
    [{ field: 'properties.a.b', op: 'exists', value: false } as const],
    [{ field: 'properties.plan', op: 'in', value: ['pro', 5] } as const],
    [{ field: 'properties.no', op: 'not_starts_with', value: '5' } as const],
  ])('%j comes back from the form as it went in', (condition) => expect(conditionOf(conditionForm(condition))).toEqual(condition));
});

it('says what is wrong beside the field it is wrong in', () => {
  expect(faultsOf(calls)).toEqual([]);
  expect(faultsOf({ ...calls, eventName: ' ', unit: '' }).map(([path]) => path)).toEqual(['eventName', 'unit']);
  expect(faultsOf({ ...calls, aggregation: 'UNIQUE' }).map(([path]) => path)).toEqual(['valueField']);
  expect(faultsOf({ ...calls, filter: [newCondition, { ...newCondition, name: 'size', op: 'gt', value: 'big' }] }).map(([path]) => path)).toEqual([
    'filter.0.name',
    'filter.1.value',
  ]);
  expect(faultsOf({ ...calls, countsActivity: false, activityFilter: [newCondition] })).toEqual([]); // they are not sent
});

it('sends what the form says, and for a change only what differs', () => {
  expect(bodyOf({ ...calls, aggregation: 'SUM', valueField: 'bytes' })).toMatchObject({ valueField: 'bytes', countsActivity: true });
  expect(bodyOf({ ...calls, valueField: 'bytes' })).toMatchObject({ valueField: null }); // counting reads no value
  expect(changeOf(calls, { ...calls, name: 'All calls' })).toEqual({ change: { name: 'All calls' }, redefines: false });
  const narrower = { ...calls, filter: [{ on: 'value' as const, name: '', op: 'gte' as const, value: '1' }] };
  expect(changeOf(calls, narrower)).toEqual({ change: { filter: [{ field: 'value', op: 'gte', value: 1 }] }, redefines: true });
  expect(meterForm({ ...definitionOf(narrower), name: 'Calls', key: 'calls' })).toEqual(narrower);
  expect(describeMeter(definitionOf(narrower))).toContain('where value is at least 1');
});

it('makes a key of a name', () =>
  expect(['API calls', '  Größe (GB)', '3D renders', 'x'.repeat(60), '!'].map(keyFrom)).toEqual(['api_calls', 'gro_e_gb', 'd_renders', 'x'.repeat(40), '']));

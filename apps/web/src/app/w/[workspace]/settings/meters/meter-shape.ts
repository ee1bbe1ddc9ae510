import type { MeterBody, MeterChange } from '@tideline/contracts/meter';
import { Name } from '@tideline/contracts/value';
import { conditionProblem, operators, type Condition, type Operator } from '@tideline/domain/condition';
import { aggregations, meterProblems, type Aggregation, type MeterDefinition } from '@tideline/domain/meter';
import * as z from 'zod';

/** A condition as a form holds it: text only. `name` is the property; empty for the value of the event. */
const ConditionForm = z.object({
  on: z.enum(['value', 'property']),
  name: z.string().trim(),
  op: z.enum(Object.keys(operators) as [Operator, ...Operator[]]),
  value: z.string().trim(),
});
export type ConditionForm = z.input<typeof ConditionForm>;
export const newCondition: ConditionForm = { on: 'property', name: '', op: 'eq', value: '' };

export const PRESENT = 'present';
export const ABSENT = 'absent';

/** A number where the text is one as JSON writes it, so that 5 also meets "5.0"; "007" stays a text. */
const scalar = (text: string): string | number => (text !== '' && text === String(Number(text)) ? Number(text) : text);

const valueOf = ({ op, value }: ConditionForm): Condition['value'] => {
  if (op === 'exists') return value !== ABSENT;
  if (op === 'starts_with' || op === 'not_starts_with') return value;
  if (op !== 'in') return scalar(value);
  return value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map(scalar);
};

export const conditionOf = (form: ConditionForm): Condition => ({
  field: form.on === 'value' ? 'value' : `properties.${form.name}`,
  op: form.op,
  value: valueOf(form),
});

const textOf = ({ op, value }: Condition): string => {
  if (op === 'exists') return value === true ? PRESENT : ABSENT;
  return Array.isArray(value) ? value.join(', ') : String(value);
};

export const conditionForm = (condition: Condition): ConditionForm => ({
  on: condition.field === 'value' ? 'value' : 'property',
  name: condition.field === 'value' ? '' : condition.field.replace(/^properties\./, ''),
  op: condition.op,
  value: textOf(condition),
});

const Fields = z.object({
  name: Name,
  key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, { error: 'Use 1 to 40 lower-case letters, digits and underscores, a letter first' }),
  unit: z.string().trim().max(40),
  eventName: z.string().trim().max(200),
  aggregation: z.enum(Object.keys(aggregations) as [Aggregation, ...Aggregation[]]),
  /** '' = the value of the event. */
  valueField: z.string().trim().max(200),
  filter: z.array(ConditionForm).max(20),
  countsActivity: z.boolean(),
  activityFilter: z.array(ConditionForm).max(20),
});
type Form = z.output<typeof Fields>;

/** What the form measures as it stands, problems or not. */
export const definitionOf = (form: Form): MeterDefinition => ({
  eventName: form.eventName,
  aggregation: form.aggregation,
  valueField: aggregations[form.aggregation].field === 'none' || form.valueField === '' ? null : form.valueField,
  filter: form.filter.map(conditionOf),
  // Kept in the form while the box is unticked, so that ticking it again brings them back.
  activityFilter: form.countsActivity ? form.activityFilter.map(conditionOf) : [],
  countsAsActivity: form.countsActivity,
  unit: form.unit,
});

type Fault = { path: (string | number)[]; message: string };

const conditionFaults = (list: 'filter' | 'activityFilter', conditions: readonly ConditionForm[]): Fault[] =>
  conditions.flatMap((condition, i): Fault[] => {
    if (condition.on === 'property' && condition.name === '') return [{ path: [list, i, 'name'], message: 'Name the property' }];
    const problem = conditionProblem(conditionOf(condition));
    return problem === null ? [] : [{ path: [list, i, 'value'], message: problem }];
  });

/** The form of a meter, checked with the rules of the domain; what is wrong stands beside the field it is wrong in. */
export const MeterShape = Fields.check((ctx) => {
  const form = ctx.value;
  const whole = meterProblems(definitionOf(form)).filter(({ field }) => field !== 'filter' && field !== 'activityFilter');
  const faults: Fault[] = [
    ...whole.map(({ field, message }) => ({ path: [field], message })),
    ...conditionFaults('filter', form.filter),
    ...(form.countsActivity ? conditionFaults('activityFilter', form.activityFilter) : []),
  ];
  for (const { path, message } of faults) ctx.issues.push({ code: 'custom', message, path, input: form });
});
export type MeterForm = z.input<typeof MeterShape>;

export const emptyMeter: MeterForm = {
  name: '',
  key: '',
  unit: '',
  eventName: '',
  aggregation: 'COUNT',
  valueField: '',
  filter: [],
  countsActivity: true,
  activityFilter: [],
};

export const meterForm = (meter: { name: string; key: string } & MeterDefinition): MeterForm => ({
  name: meter.name,
  key: meter.key,
  unit: meter.unit,
  eventName: meter.eventName,
  aggregation: meter.aggregation,
  valueField: meter.valueField ?? '',
  filter: meter.filter.map(conditionForm),
  countsActivity: meter.countsAsActivity,
  activityFilter: meter.activityFilter.map(conditionForm),
});

type Sent = z.input<typeof MeterBody>;
const written = (conditions: readonly Condition[]): NonNullable<Sent['filter']> =>
  conditions.map(({ field, op, value }) => ({
    field,
    op,
    value: Array.isArray(value) ? [...(value as (string | number)[])] : (value as string | number | boolean),
  }));

/** A definition as it is sent. */
export const sentDefinition = ({ eventName, aggregation, valueField, filter, activityFilter, countsAsActivity }: MeterDefinition) => ({
  eventName,
  aggregation,
  valueField,
  filter: written(filter),
  activityFilter: written(activityFilter),
  countsActivity: countsAsActivity,
});

/** What is sent to create the meter. */
export const bodyOf = (form: Form): Sent => ({ ...sentDefinition(definitionOf(form)), unit: form.unit, key: form.key, name: form.name });

const DEFINITION = ['eventName', 'aggregation', 'valueField', 'filter', 'activityFilter', 'countsActivity'] as const;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Only what differs; `redefines`: the difference is in what is measured, so a new version will be counted. */
export const changeOf = (before: Form, after: Form): { change: z.input<typeof MeterChange>; redefines: boolean } => {
  const [was, is] = [bodyOf(before), bodyOf(after)];
  const changed = ([...DEFINITION, 'name', 'unit'] as const).filter((key) => !same(was[key], is[key]));
  return { change: Object.fromEntries(changed.map((key) => [key, is[key]])), redefines: DEFINITION.some((key) => changed.includes(key)) };
};

/** A key made from a name: "API calls" → "api_calls". */
export const keyFrom = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+/, '')
    .slice(0, 40)
    .replace(/_+$/, '');

import { allHold, type Condition, conditionProblem, conditionWords, fieldOf, type MeterEvent, numberText, textIn } from './condition.ts';
import type { DecimalText } from './money.ts';

export type Aggregation = 'SUM' | 'COUNT' | 'UNIQUE' | 'MAX' | 'LAST';

/**
 * How facts of a day become one quantity. `countsAsActivity` is the default: a gauge (`MAX`, `LAST`)
 * reports every day, so a storage meter that counted would never let an account go silent.
 * `field` says whether the value field is read as a number, as a text, or not at all.
 */
export const aggregations = {
  SUM: { label: 'Sum', words: 'Sum of', countsAsActivity: true, field: 'number' },
  COUNT: { label: 'Count', words: 'Number of', countsAsActivity: true, field: 'none' },
  UNIQUE: { label: 'Distinct', words: 'Distinct', countsAsActivity: true, field: 'text' },
  MAX: { label: 'Highest', words: 'Highest', countsAsActivity: false, field: 'number' },
  LAST: { label: 'Latest level', words: 'Latest', countsAsActivity: false, field: 'number' },
} as const satisfies Record<Aggregation, { label: string; words: string; countsAsActivity: boolean; field: 'number' | 'text' | 'none' }>;

export const isAggregation = (text: string): text is Aggregation => Object.hasOwn(aggregations, text);

/** How events become a quantity (product.md, Meter). Filters are lists of conditions that must all hold. */
export type MeterDefinition = {
  readonly eventName: string;
  readonly aggregation: Aggregation;
  /** Property that holds the figure; null = the event's own value. */
  readonly valueField: string | null;
  /** Which events the meter takes at all. */
  readonly filter: readonly Condition[];
  /** Which of those are use of the product (a returned invoice is revenue, not usage). */
  readonly activityFilter: readonly Condition[];
  readonly countsAsActivity: boolean;
  readonly unit: string;
};

/**
 * What one event adds: to `SUM`, `MAX`, `LAST` its figure, to `COUNT` and `UNIQUE` 1 (a `UNIQUE` fact
 * only where `unique` is new that day). `active`: the fact makes its day a usage day.
 */
export type Contribution = { readonly quantity: DecimalText; readonly unique: string | null; readonly active: boolean };

/**
 * What an event adds to a meter; null when it adds nothing: another event, filtered out, or without the
 * figure the meter reads. A fact of zero or less changes the quantity but is never activity (score.md §1).
 */
export const contributionOf = (event: MeterEvent, meter: MeterDefinition): Contribution | null => {
  if (event.event !== meter.eventName || !allHold(event, meter.filter)) return null;
  const reads = aggregations[meter.aggregation].field;
  const raw = figureOf(event, meter);
  const unique = reads === 'text' ? textIn(raw) : null;
  if (reads === 'text' && unique === null) return null;
  const figure = reads === 'number' ? numberText(raw) : '1';
  if (figure === null) return null;
  const active = meter.countsAsActivity && figure !== '0' && !figure.startsWith('-') && allHold(event, meter.activityFilter);
  return { quantity: figure, unique, active };
};

/**
 * Why an event adds nothing to a meter: it is another event or the filter leaves it out, it does not carry the figure,
 * or what it carries there cannot be read (a text where a number is wanted, a list where a text is). Null: it adds.
 */
export type Miss = 'other' | 'filtered' | 'absent' | 'unreadable';
export const missOf = (event: MeterEvent, meter: MeterDefinition): Miss | null => {
  if (event.event !== meter.eventName) return 'other';
  if (!allHold(event, meter.filter)) return 'filtered';
  if (contributionOf(event, meter)) return null;
  const raw = figureOf(event, meter);
  return raw === undefined || raw === null || raw === '' ? 'absent' : 'unreadable';
};

/** What an event carries where the meter reads; undefined: nothing. */
export const figureOf = (event: MeterEvent, { valueField }: Pick<MeterDefinition, 'valueField'>): unknown =>
  fieldOf(event, valueField === null ? 'value' : `properties.${valueField}`);

/** A definition with the defaults of its aggregation filled in. */
export const meterOf = (
  given: Pick<MeterDefinition, 'eventName' | 'aggregation'> & { readonly [K in keyof MeterDefinition]?: MeterDefinition[K] | undefined },
): MeterDefinition => ({
  eventName: given.eventName,
  aggregation: given.aggregation,
  valueField: given.valueField ?? null,
  filter: given.filter ?? [],
  activityFilter: given.activityFilter ?? [],
  countsAsActivity: given.countsAsActivity ?? aggregations[given.aggregation].countsAsActivity,
  unit: given.unit ?? 'units',
});

export type MeterProblem = { readonly field: keyof MeterDefinition; readonly message: string };

/** Everything that is wrong with a definition, each with the field to mark; empty when it can be saved. */
export const meterProblems = (meter: MeterDefinition): MeterProblem[] => {
  const problems: MeterProblem[] = [];
  const add = (field: keyof MeterDefinition, message: string | null) => message !== null && problems.push({ field, message });
  const reads = aggregations[meter.aggregation].field;
  add('eventName', meter.eventName.trim() === '' ? 'Name the event this meter counts, for example api.call' : null);
  add('unit', meter.unit.trim() === '' ? 'Name the unit, for example calls or GB' : null);
  if (meter.valueField !== null && reads === 'none') add('valueField', 'Count counts events and reads no value: leave the value field empty');
  else if (meter.valueField?.trim() === '') add('valueField', 'Name the property that holds the figure, or leave it empty for the value of the event');
  else if (meter.valueField === null && reads === 'text') add('valueField', 'Name the property whose different values are counted, for example user_id');
  else if (meter.valueField?.startsWith('properties.')) add('valueField', `Write the property's name alone: ${meter.valueField.slice('properties.'.length)}`);
  for (const condition of meter.filter) add('filter', conditionProblem(condition));
  for (const condition of meter.activityFilter) add('activityFilter', conditionProblem(condition));
  if (!meter.countsAsActivity && meter.activityFilter.length > 0)
    add('activityFilter', 'This meter does not count as activity, so its activity filter would do nothing: remove it, or let the meter count');
  return problems;
};

const listed = (conditions: readonly Condition[]): string => conditions.map(conditionWords).join(' and ');

/** The definition as a person would say it: what is measured, of which events, and what counts as activity. */
export const describeMeter = (meter: MeterDefinition): string => {
  const { words, field } = aggregations[meter.aggregation];
  const where = meter.filter.length > 0 ? ` where ${listed(meter.filter)}` : '';
  const measured =
    field === 'none' ? `${words} “${meter.eventName}” events${where}` : `${words} ${meter.valueField ?? 'value'} of “${meter.eventName}” events${where}`;
  if (!meter.countsAsActivity) return `${measured}, in ${meter.unit}. It does not count as activity.`;
  return `${measured}, in ${meter.unit}. ${meter.activityFilter.length > 0 ? `An event is activity where ${listed(meter.activityFilter)}.` : 'Each event above zero is activity.'}`;
};

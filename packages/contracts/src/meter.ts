import { conditionProblem, operators, type Operator } from '@tideline/domain/condition';
import { aggregations, type Aggregation } from '@tideline/domain/meter';
import { pricePlanProblem } from '@tideline/domain/rating';
import * as z from 'zod';
import { op } from './operation.ts';
import { Currency, DayOut, DayText, Id, IdParams, Name, TimeOut } from './value.ts';

const Scalar = z.union([z.string().max(200), z.number(), z.boolean()]);
/** One condition of a filter; all of a list must hold. `field` is `value` or `properties.<name>`. */
export const ConditionBody = z
  .object({
    field: z.string().max(200),
    op: z.enum(Object.keys(operators) as [Operator, ...Operator[]]),
    value: z.union([Scalar, z.array(Scalar).max(200)]),
  })
  .check((ctx) => {
    const problem = conditionProblem(ctx.value);
    if (problem) ctx.issues.push({ code: 'custom', message: problem, input: ctx.value });
  });
const Filter = z.array(ConditionBody).max(20);

const Definition = z.object({
  eventName: z.string().trim().min(1).max(200),
  aggregation: z.enum(Object.keys(aggregations) as [Aggregation, ...Aggregation[]]),
  valueField: z.string().trim().min(1).max(200).nullable().meta({ description: 'Property that holds the figure; null = the value of the event' }),
  filter: Filter.meta({ description: 'Which events the meter takes' }),
  activityFilter: Filter.meta({ description: 'Which of those are use of the product' }),
  countsActivity: z.boolean().meta({ description: 'Whether a day on this meter is a usage day; by default yes for sums and counts, no for gauges' }),
});
const Unit = z.string().trim().min(1).max(40);

/** A meter as it is written: what is left out takes the default of its aggregation. */
export const MeterBody = Definition.partial({ valueField: true, filter: true, activityFilter: true, countsActivity: true }).extend({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, { error: 'Use 1 to 40 lower-case letters, digits and underscores, a letter first' }),
  name: Name,
  unit: Unit,
});
export type MeterBody = z.output<typeof MeterBody>;
export const MeterChange = Definition.extend({ name: Name, unit: Unit, position: z.int().min(0).max(1_000) })
  .partial()
  .refine((change) => Object.keys(change).length > 0, { error: 'Name at least one thing to change' });

export const UnitPrice = z.string().refine((unitPrice) => pricePlanProblem({ kind: 'flat', unitPrice }) === null, {
  error: 'Not a price: write digits with at most 18 decimals, for example 0.0025',
});
const PriceBody = z.object({
  unitPrice: UnitPrice,
  currency: Currency.optional().meta({ description: 'without it: the currency of the workspace' }),
  effectiveFrom: DayText.meta({ description: 'the first day it holds; until then the price before it does' }),
});
export const Price = z
  .object({ id: Id, unitPrice: z.string(), currency: z.string(), effectiveFrom: DayOut, createdAt: TimeOut, createdBy: z.string().nullable() })
  .meta({ id: 'Price' });

const Defined = Definition.extend({ filter: z.array(z.unknown()), activityFilter: z.array(z.unknown()) });
export const Meter = z
  .object({
    id: Id,
    key: z.string(),
    name: z.string(),
    unit: z.string(),
    position: z.int(),
    archived: z.boolean(),
    main: z.boolean(),
    version: z.int(),
    state: z.enum(['filling', 'current']).meta({ description: 'filling = its days are being counted from the events; it measures once that is done' }),
    definition: Defined,
    words: z.string().meta({ description: 'the definition as a sentence' }),
    next: z
      .object({ version: z.int(), words: z.string(), definition: Defined })
      .nullable()
      .meta({ description: 'a changed definition that is being filled beside this one' }),
    price: z
      .object({ unitPrice: z.string(), currency: z.string(), effectiveFrom: DayOut })
      .nullable()
      .meta({ description: 'the price in force on the as-of day' }),
    volume28: z.string().meta({ description: 'quantity of the 28 days to the as-of day; gauges: the highest of each account' }),
  })
  .meta({ id: 'Meter' });

/** A definition to try: how it would have counted the last 90 days. */
const PreviewBody = Definition.partial({ valueField: true, filter: true, activityFilter: true, countsActivity: true }).extend({
  meterId: Id.optional().meta({ description: 'the meter it is to change: what that counts at present comes beside it' }),
});
export const MeterPreview = z
  .object({
    from: DayOut,
    to: DayOut,
    days: z.array(
      z.object({
        day: DayOut,
        quantity: z.string().nullable().meta({ description: 'what it would have counted; null: of that day no events are kept any more' }),
        present: z.string().nullable().meta({ description: 'what the meter it changes counted, of the same accounts' }),
      }),
    ),
    total: z.string().meta({ description: 'of all days; gauges: the highest of each account, added up' }),
    presentTotal: z.string().nullable(),
    accounts: z.int().meta({ description: 'accounts it would have counted anything of' }),
    activeDays: z.int().meta({ description: 'usage days, of all accounts together' }),
    events: z.int().meta({ description: 'events of the name that were looked at' }),
    counted: z.int().meta({ description: 'those of them that the filter lets through and that carry the figure' }),
    looked: z.object({ accounts: z.int(), of: z.int() }).meta({ description: 'accounts that were counted whole; fewer than there are where time ran out' }),
  })
  .meta({ id: 'MeterPreview' });

const write = { tag: 'Meters', permission: 'meter.write', key: 'manage' } as const;
const read = { tag: 'Meters', permission: 'account.read', key: 'read' } as const;
export const meterOperations = {
  listMeters: op({ ...read, method: 'GET', path: '/meters', summary: 'Meters with their price and volume', reply: z.object({ items: z.array(Meter) }) }),
  createMeter: op({
    ...write,
    method: 'POST',
    path: '/meters',
    summary: 'Create a meter; events sent before it are counted too',
    body: MeterBody,
    reply: Meter,
    status: 201,
  }),
  changeMeter: op({
    ...write,
    method: 'PATCH',
    path: '/meters/{id}',
    summary: 'Change a meter; a changed definition is filled from the events and then takes over',
    params: IdParams,
    body: MeterChange,
    reply: Meter,
  }),
  previewMeter: op({
    ...write,
    method: 'POST',
    path: '/meters/preview',
    summary: 'What a definition would have counted over the last 90 days; changes nothing',
    body: PreviewBody,
    reply: MeterPreview,
  }),
  archiveMeter: op({ ...write, method: 'POST', path: '/meters/{id}/archive', summary: 'Archive a meter: it measures no more', params: IdParams, reply: Meter }),
  setMainMeter: op({
    ...write,
    method: 'PUT',
    path: '/meters/{id}/main',
    summary: 'Make it the main meter: its quantity stands for usage where there is no money',
    params: IdParams,
    reply: Meter,
  }),
  listPrices: op({
    ...read,
    method: 'GET',
    path: '/meters/{id}/prices',
    summary: 'Prices of a meter, newest first',
    params: IdParams,
    reply: z.object({ items: z.array(Price) }),
  }),
  setPrice: op({
    ...write,
    method: 'POST',
    path: '/meters/{id}/prices',
    summary: 'Set the price from a day on; the same day again corrects it',
    params: IdParams,
    body: PriceBody,
    reply: Price,
    status: 201,
  }),
};

import { aggregations } from '@tideline/domain/meter';
import { bands } from '@tideline/domain/health';
import { segments } from '@tideline/domain/segment';
import * as z from 'zod';
import { Moved } from './account-page.ts';
import { op } from './operation.ts';
import { DayOut, DayText, DecimalText, IdParams, TimeOut } from './value.ts';

const wordsOf = <K extends string>(table: Record<K, unknown>) => Object.keys(table) as [K, ...K[]];

/** `first` and `last`: the closed days that can be compared. */
export const MovedBetween = Moved.extend({ first: DayOut, last: DayOut }).meta({ id: 'MovedBetween' });

/** Usage and money over the 28 days to the day; money is null where nothing is priced. */
const Figures = z.object({
  health: z.number().nullable(),
  band: z.enum(wordsOf(bands)).nullable(),
  segment: z.enum(wordsOf(segments)),
  usageDays: z.int(),
  revenue: DecimalText.nullable(),
});
export const AccountOnDay = z
  .object({
    day: DayOut,
    /** The model that judged the day, then and now. */
    modelVersion: z.int(),
    /** When it was judged; `backfilled`: from imported history, taken as known when it happened. */
    judgedAt: TimeOut,
    backfilled: z.boolean(),
    asKnown: Figures,
    now: Figures,
    /** Sums of 28 days, the highest value of them, or the level on the day; `asKnown` is null where late events cannot be taken apart. */
    meters: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        unit: z.string(),
        aggregation: z.enum(wordsOf(aggregations)),
        now: DecimalText,
        asKnown: DecimalText.nullable(),
      }),
    ),
  })
  .meta({ id: 'AccountOnDay' });

const reading = { tag: 'Accounts', permission: 'account.read', method: 'GET', key: 'read' } as const;

export const accountDayOperations = {
  accountMoved: op({
    ...reading,
    path: '/account-pages/{id}/moved',
    summary: 'What moved health between two days, split into four causes that add up',
    params: IdParams,
    query: z.object({ from: DayText, to: DayText.optional() }),
    reply: MovedBetween,
  }),
  accountOnDay: op({
    ...reading,
    path: '/account-pages/{id}/day',
    summary: 'An account on a past day: as known then, and as known now',
    params: IdParams,
    query: z.object({ day: DayText }),
    reply: AccountOnDay,
  }),
};

export type AccountDays = { Moved: z.output<typeof MovedBetween>; OnDay: z.output<typeof AccountOnDay> };

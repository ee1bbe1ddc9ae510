import { bands } from '@tideline/domain/health';
import { segments } from '@tideline/domain/segment';
import * as z from 'zod';
import { AccountStatus } from './account.ts';
import { op } from './operation.ts';
import { DayOut, DecimalText, Id, IdParams } from './value.ts';

/** Spans of weeks to the last closed day; sums come in their order. */
export const FAMILY_WEEKS = [13, 26, 52] as const;

const wordsOf = <K extends string>(table: Record<K, unknown>) => Object.keys(table) as [K, ...K[]];
const Named = z.object({ id: Id, externalId: z.string(), name: z.string() });
const Sums = z
  .array(DecimalText)
  .length(FAMILY_WEEKS.length)
  .meta({ description: `over the last ${FAMILY_WEEKS.join(', ')} weeks` });
/** Null: nothing is priced, or the days of the main meter do not add up. */
const Figures = z.object({ usage: Sums.nullable(), revenue: Sums.nullable() });

/** A score is each account's own: of a family there are sums and counts, never a mean of scores. */
export const AccountFamily = z
  .object({
    above: z.array(Named).meta({ description: 'what it is part of, the topmost first' }),
    through: DayOut.meta({ description: 'the last day of the sums' }),
    unit: z.string().nullable().meta({ description: 'of usage: the main meter’s' }),
    children: z.array(
      Named.extend({
        status: AccountStatus,
        owner: z.object({ id: Id, name: z.string() }).nullable(),
        segment: z.enum(wordsOf(segments)).nullable(),
        health: z.number().nullable(),
        band: z.enum(wordsOf(bands)).nullable(),
        below: z.int().meta({ description: 'accounts below it' }),
        belowAtRisk: z.int().meta({ description: 'live ones of them at churn risk' }),
        figures: Figures.meta({ description: 'with all below it' }),
      }),
    ),
    more: z.int().meta({ description: 'children that are not listed' }),
    below: z.object({ accounts: z.int(), judged: z.int(), atRisk: z.int() }).meta({ description: 'all levels; live ones that are judged, and at churn risk' }),
    own: Figures,
    together: Figures,
    meters: z
      .array(z.object({ id: Id, name: z.string(), unit: z.string(), main: z.boolean(), own: Sums, together: Sums }))
      .meta({ description: 'those whose days add up, and that any of them used' }),
  })
  .meta({ id: 'AccountFamily' });
export type AccountFamily = z.output<typeof AccountFamily>;

export const accountFamilyOperations = {
  accountFamily: op({
    tag: 'Accounts',
    permission: 'account.read',
    key: 'read',
    method: 'GET',
    path: '/account-pages/{id}/family',
    summary: 'What an account is part of, what is part of it, and usage and revenue of all together',
    params: IdParams,
    reply: AccountFamily,
  }),
};

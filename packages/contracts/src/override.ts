import { bands } from '@tideline/domain/health';
import type { Band } from '@tideline/domain/health';
import * as z from 'zod';
import { op } from './operation.ts';
import { DayOut, DayText, Id, IdParams, Nothing } from './value.ts';

const BandName = z.enum(Object.keys(bands) as [Band, ...Band[]]);

/** What a person says of an account against the model. */
export const Override = z
  .object({
    id: Id,
    accountId: Id,
    account: z.string(),
    band: BandName,
    reason: z.string(),
    from: DayOut,
    until: DayOut,
    endedOn: DayOut.nullable().meta({ description: 'taken back, or followed by another, on this day' }),
    by: z.string().nullable(),
    modelHealth: z.number().nullable().meta({ description: 'what the model said when it was set' }),
    modelBand: BandName.nullable(),
    verdict: z
      .object({ trouble: z.boolean(), person: z.boolean(), model: z.boolean().nullable() })
      .nullable()
      .meta({ description: 'after 90 days: whether the account fell silent or halved, and whether the person and the model were right' }),
  })
  .meta({ id: 'HealthOverride' });

export const overrideOperations = {
  listOverrides: op({
    method: 'GET',
    path: '/health-overrides',
    summary: 'What people said against the health model, the newest first, and who was right',
    tag: 'Health model',
    key: 'read',
    permission: 'account.read',
    reply: z.object({ items: z.array(Override) }),
  }),
  setOverride: op({
    method: 'PUT',
    path: '/account-pages/{id}/override',
    summary: 'Say what health an account has until a day, and why; it stands beside the score of the model and changes neither rank nor alerts',
    tag: 'Accounts',
    permission: 'account.act',
    params: IdParams,
    body: z.object({ band: BandName, reason: z.string().trim().max(500), until: DayText }),
    reply: Override,
  }),
  endOverride: op({
    method: 'DELETE',
    path: '/account-pages/{id}/override',
    summary: 'Take back what was said of an account’s health',
    tag: 'Accounts',
    permission: 'account.act',
    params: IdParams,
    reply: Nothing,
  }),
};

export type Overrides = { Item: z.output<typeof Override> };

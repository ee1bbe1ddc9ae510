import * as z from 'zod';
import { ConditionBody } from './meter.ts';
import { op } from './operation.ts';
import { Id, IdParams, TimeOut } from './value.ts';

export const correctionKinds = {
  void: 'Taken back by id',
  'void-range': 'A range taken back',
  replace: 'Replaced by id',
  undo: 'A correction undone',
} as const;
export type CorrectionKind = keyof typeof correctionKinds;

const Reason = z.string().trim().min(1, { error: 'Say why: it stands in the audit log' }).max(500);
const EventId = z.string().min(1).max(200);
const Instant = z.iso.datetime({ offset: true, error: 'Not a time: write ISO 8601 with an offset, for example 2026-11-22T09:30:00Z' });

/** Which facts: of a span of time, and where given of one account, of one event name, and those for which all conditions hold. */
export const FactFilter = z
  .object({
    from: Instant,
    until: Instant.meta({ description: 'the first moment that is no longer meant' }),
    account: z.string().min(1).max(200).nullable().default(null).meta({ description: 'your own key of the account' }),
    event: z.string().min(1).max(200).nullable().default(null),
    conditions: z.array(ConditionBody).max(10).default([]),
  })
  .refine(({ from, until }) => Date.parse(from) < Date.parse(until), { error: 'The range ends before it begins', path: ['until'] })
  .meta({ id: 'FactFilter' });
export type FactFilter = z.output<typeof FactFilter>;

export const Correction = z
  .object({
    id: Id,
    kind: z.enum(Object.keys(correctionKinds) as [CorrectionKind, ...CorrectionKind[]]),
    reason: z.string(),
    filter: z.unknown(),
    events: z.int().meta({ description: 'facts that it took out of force, so far' }),
    actor: z.string(),
    madeAt: TimeOut,
    undoneAt: TimeOut.nullable(),
  })
  .meta({ id: 'Correction' });

const Corrected = z.object({
  correctionId: Id,
  events: z.int().meta({ description: 'facts taken out of force' }),
  accounts: z.int().meta({ description: 'accounts that are judged anew' }),
  notFound: z.array(z.string()).meta({ description: 'ids of which no fact is in force: never stored, or taken back before' }),
});
const Begun = z.object({ correctionId: Id, runId: Id.meta({ description: 'the background work to watch' }) });

const manage = { tag: 'Corrections', permission: 'event.correct', key: 'manage' } as const;
export const correctionOperations = {
  voidEvents: op({
    ...manage,
    method: 'POST',
    path: '/events/void',
    summary: 'Take events back by id: their days are counted without them, and scores and revenue follow',
    body: z.object({ ids: z.array(EventId).min(1).max(1_000), reason: Reason }),
    reply: Corrected,
  }),
  replaceEvent: op({
    ...manage,
    method: 'POST',
    path: '/events/replace',
    summary: 'Put another event in the place of one that was stored under the same id',
    body: z.object({ event: z.unknown().meta({ override: { $ref: '#/components/schemas/UsageEvent' } }), reason: Reason }),
    reply: Corrected,
  }),
  previewVoid: op({
    ...manage,
    method: 'POST',
    path: '/events/void-range/preview',
    summary: 'What taking back a range of events would change; changes nothing',
    body: FactFilter,
    reply: z.object({
      events: z.int(),
      accounts: z.int(),
      days: z.int(),
      whole: z.boolean().meta({ description: 'false: there are more; the figures are of the first hundred thousand' }),
      meters: z.array(z.object({ id: Id, name: z.string(), unit: z.string(), quantity: z.string().meta({ description: 'what sums and counts lose' }) })),
      sample: z.array(z.object({ time: TimeOut, accountName: z.string(), event: z.string(), value: z.string().nullable() })),
    }),
  }),
  voidRange: op({
    ...manage,
    method: 'POST',
    path: '/events/void-range',
    summary: 'Take back a range of events, in the background; it can be stopped, and undone',
    body: z.object({ filter: FactFilter, reason: Reason }),
    reply: Begun,
    status: 202,
  }),
  listCorrections: op({
    ...manage,
    method: 'GET',
    path: '/corrections',
    summary: 'Corrections of events, the latest first',
    reply: z.object({ items: z.array(Correction) }),
  }),
  undoCorrection: op({
    ...manage,
    method: 'POST',
    path: '/corrections/{id}/undo',
    summary: 'Put back what a correction took out of force, in the background',
    params: IdParams,
    reply: Begun,
    status: 202,
  }),
};

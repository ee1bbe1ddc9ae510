import * as z from 'zod';
import { EventFaultCode, type EventFault } from './ingest.ts';
import { op } from './operation.ts';
import { Id, TimeOut } from './value.ts';

type Cure = 'again' | 'replace' | 'sender';
/** What can be done about a refusal: take it in again once something changed here, replace what is stored, or mend the sender. */
export const cures = {
  'not-an-event': 'sender',
  'unknown-field': 'sender',
  'invalid-id': 'sender',
  'invalid-account': 'sender',
  'invalid-event': 'sender',
  'invalid-timestamp': 'sender',
  'timestamp-out-of-range': 'sender',
  'clock-ahead': 'again',
  'invalid-value': 'sender',
  'value-out-of-range': 'sender',
  'invalid-properties': 'sender',
  'properties-too-large': 'sender',
  'properties-too-deep': 'sender',
  'unknown-account': 'again',
  'unknown-user': 'again',
  'unsupported-metric': 'sender',
  'out-of-retention': 'again',
  conflict: 'replace',
} as const satisfies Record<EventFault, Cure>;

const Hash = z.string().regex(/^[0-9a-f]{32}$/);
export const RefusedEvent = z
  .object({
    hash: Hash,
    reason: EventFaultCode,
    message: z.string(),
    keyName: z.string().nullable(),
    client: z.string(),
    originId: Id.nullable().meta({ description: 'of a row: its import or source, by `client`' }),
    originName: z.string().nullable(),
    eventId: z.string().nullable(),
    account: z.string().nullable(),
    event: z.string().nullable(),
    body: z.string().meta({ description: 'as it was sent, as JSON text' }),
    whole: z.boolean().meta({ description: 'false: it was too large to keep and is cut' }),
    firstAt: TimeOut,
    lastAt: TimeOut,
    times: z.int().meta({ description: 'how often the same was sent and refused' }),
  })
  .meta({ id: 'RefusedEvent' });

const Filter = z.object({
  reason: EventFaultCode.optional(),
  account: z.string().max(200).optional(),
  event: z.string().max(200).optional(),
  origin: Id.optional().meta({ description: 'an import or a source: only its rows' }),
});
/** Some of them, by their hashes, or all that a filter holds. */
const Choice = Filter.extend({ hashes: z.array(Hash).max(1_000).optional() });

const manage = { tag: 'Usage', permission: 'import.run', key: 'manage' } as const;
export const refusedEventOperations = {
  listRefusedEvents: op({
    ...manage,
    method: 'GET',
    path: '/events/refused',
    summary: 'Events that were not taken in, by reason, and the latest of them',
    query: Filter.extend({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
    reply: z.object({
      groups: z.array(z.object({ reason: EventFaultCode, kept: z.int(), times: z.int(), lastAt: TimeOut })),
      items: z.array(RefusedEvent),
    }),
  }),
  retryRefusedEvents: op({
    ...manage,
    method: 'POST',
    path: '/events/refused/retry',
    summary: 'Take refused events in once the cause is gone; some thousands a call, go on from `next`',
    body: Choice.extend({ after: Hash.optional().meta({ description: 'the `next` of the call before' }) }),
    reply: z.object({ accepted: z.int(), duplicates: z.int(), refused: z.int(), next: Hash.nullable() }),
  }),
  discardRefusedEvents: op({
    ...manage,
    method: 'POST',
    path: '/events/refused/discard',
    summary: 'Forget refused events',
    body: Choice.refine((choice) => Object.values(choice).some((one) => one !== undefined), {
      error: 'Say which: hashes, a reason, an account, an event or an origin',
    }),
    reply: z.object({ discarded: z.int() }),
  }),
};

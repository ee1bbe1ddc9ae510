import * as z from 'zod';
import { op } from './operation.ts';

/** How many events one request may carry. */
export const MAX_EVENTS = 1_000;

/** Why an event is refused. The neighbours of a refused event are stored all the same. */
export const eventFaults = {
  'not-an-event': 'It is not a JSON object with id, account and event',
  'unknown-field': 'It has a field that events do not have; own data belongs under properties',
  'invalid-id': 'Its id is not a text of 1 to 200 characters',
  'invalid-account': 'Its account is not a text of 1 to 200 characters',
  'invalid-event': 'Its event name is not a text of 1 to 200 characters',
  'invalid-timestamp': 'Its timestamp is neither ISO 8601 with an offset nor milliseconds since 1970',
  'timestamp-out-of-range': 'Its timestamp lies before 2000 or is not in milliseconds',
  'clock-ahead': 'Its timestamp lies more than a day ahead: the clock of the sender is wrong',
  'invalid-value': 'Its value is neither a number nor decimal text',
  'value-out-of-range': 'Its value has more than 20 digits before the point or more than 18 after it',
  'invalid-properties': 'Its properties are not a JSON object, or hold what cannot be stored',
  'properties-too-large': 'Its properties take more than 16 KB',
  'properties-too-deep': 'Its properties are nested more than 5 deep',
  'unknown-account': 'Its account is unknown, and the workspace does not create accounts from events',
  'out-of-retention': 'It happened before the days whose events this workspace keeps',
  conflict: 'Its id was stored before with other content; what was stored first stays',
  'unknown-user': 'Its user was put into no account yet, and it names none itself',
  'unsupported-metric': 'It is a metric that cannot be counted as usage',
} as const satisfies Record<string, string>;

export type EventFault = keyof typeof eventFaults;
export const EventFaultCode = z.enum(Object.keys(eventFaults) as [EventFault, ...EventFault[]]);
export type Fault = { readonly code: EventFault; readonly message: string };

/** One usage event as a program sends it; `checkEvent` is what decides, this describes it. */
export const UsageEvent = z
  .object({
    id: z.string().min(1).max(200).meta({ description: 'Your own id of the fact: sent again, it counts once. Time-ordered ids (UUIDv7) are the fastest.' }),
    account: z.string().min(1).max(200).meta({ description: 'Your own key of the account' }),
    event: z.string().min(1).max(200).meta({ description: 'What happened, for example api.call' }),
    timestamp: z
      .union([z.iso.datetime({ offset: true }), z.int()])
      .optional()
      .meta({ description: 'When it happened: ISO 8601 with an offset, or milliseconds since 1970. Without it: now.' }),
    value: z.union([z.number(), z.string()]).nullish().meta({ description: 'A number, or decimal text where every digit counts' }),
    properties: z.record(z.string(), z.json()).nullish().meta({ description: 'What meters filter and count by; at most 16 KB, 5 deep' }),
  })
  .meta({ id: 'UsageEvent' });
export type UsageEvent = z.input<typeof UsageEvent>;

const described = { $ref: '#/components/schemas/UsageEvent' }; // openapi.ts puts it there
const list = { type: 'array' as const, items: described, maxItems: MAX_EVENTS };
/** Left unparsed here: each event is checked on its own, so that a bad one costs its neighbours nothing. */
const EventsBody = z.unknown().meta({
  description: 'One event, a list of events, or {events: […]}',
  override: {
    oneOf: [described, list, { type: 'object' as const, properties: { events: list, historical: { type: 'boolean' as const } }, required: ['events'] }],
  },
});

const RefusedOne = z.object({
  index: z.int().meta({ description: 'Position in the request, from 0' }),
  id: z.string().nullable(),
  code: EventFaultCode,
  message: z.string(),
});

export const IngestReply = z
  .object({
    accepted: z.int(),
    duplicates: z.int().meta({ description: 'Stored before with the same content' }),
    conflicts: z.int().meta({ description: 'The id was stored before with other content; what was stored first stays' }),
    rejected: z
      .array(RefusedOne)
      .meta({ description: 'Not stored, each with the reason. They are kept under Refused events, to be taken in once the cause is gone.' }),
    conflicting: z
      .array(RefusedOne)
      .meta({ description: 'The conflicts, one by one. They are kept under Refused events, where the later content can take the place of the first.' }),
  })
  .meta({ id: 'IngestReply' });
export type IngestReply = z.output<typeof IngestReply>;

export const ingestOperations = {
  postEvents: op({
    method: 'POST',
    path: '/events',
    summary: 'Send usage events',
    tag: 'Usage',
    key: 'ingest',
    query: z.object({
      historical: z.stringbool().default(false).meta({ description: 'The events are history: they count as known when they happened' }),
    }),
    body: EventsBody,
    reply: IngestReply,
  }),
};

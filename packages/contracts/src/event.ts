import { aggregations, type Aggregation } from '@tideline/domain/meter';
import * as z from 'zod';
import { op } from './operation.ts';
import { Id, TimeOut } from './value.ts';

export const StoredEvent = z
  .object({
    time: TimeOut.meta({ description: 'when it happened' }),
    receivedAt: TimeOut.meta({ description: 'when it reached us' }),
    account: z.string().meta({ description: 'your own key of the account' }),
    accountId: Id,
    accountName: z.string(),
    event: z.string(),
    value: z.string().nullable(),
    properties: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: 'StoredEvent' });

const Definition = z.object({ aggregation: z.enum(Object.keys(aggregations) as [Aggregation, ...Aggregation[]]), valueField: z.string().nullable() });
const SeenProperty = z.object({
  name: z.string(),
  type: z.enum(['number', 'text', 'flag', 'object', 'mixed']),
  share: z.number().meta({ description: 'of the events, 0 to 1' }),
  example: z.string(),
});
export const UncountedEvents = z
  .object({
    from: TimeOut,
    to: TimeOut,
    events: z.int().meta({ description: 'events that were looked at' }),
    whole: z.boolean().meta({ description: 'whether those are all there are; else they are spread evenly over the time, and rare names may be missing' }),
    items: z.array(
      z.object({
        name: z.string(),
        count: z.int().meta({ description: 'among the events that were looked at' }),
        accounts: z.int(),
        firstAt: TimeOut,
        lastAt: TimeOut,
        why: z.enum(['unmetered', 'filtered', 'unreadable']).meta({
          description: 'no meter is of this name; those that are leave its events out; or they cannot read the figure',
        }),
        meters: z.array(z.object({ id: Id, name: z.string() })).meta({ description: 'meters of this name, that count none of it' }),
        valueShare: z.number().meta({ description: 'of the events carry a value, 0 to 1' }),
        properties: z.array(SeenProperty),
        suggestion: Definition,
      }),
    ),
    meters: z
      .array(
        z.object({
          id: Id,
          name: z.string(),
          looked: z.int().meta({ description: 'latest events of its name that its filter lets through' }),
          absent: z.int().meta({ description: 'of those carry no figure, and add nothing' }),
          unreadable: z.int().meta({ description: 'of those carry something that cannot be read as one' }),
          field: z.string().meta({ description: 'where the figure is read: value, or the property' }),
          sample: z.object({ at: TimeOut, accountName: z.string(), held: z.string().nullable() }),
        }),
      )
      .meta({ description: 'meters that could not read the figure of some of their latest events' }),
  })
  .meta({ id: 'UncountedEvents' });

export const eventOperations = {
  listUncountedEvents: op({
    method: 'GET',
    path: '/events/uncounted',
    summary: 'Event names of the last 90 days that no meter counts, and meters that cannot read what comes',
    tag: 'Usage',
    permission: 'meter.write',
    key: 'manage',
    reply: UncountedEvents,
  }),
  listEvents: op({
    method: 'GET',
    path: '/events',
    summary: 'The latest events that were stored, to see that they arrive as meant',
    tag: 'Usage',
    permission: 'account.read',
    key: 'read',
    query: z.object({
      event: z.string().max(200).optional().meta({ description: 'only events of this name' }),
      account: z.string().max(200).optional().meta({ description: 'only events of the account with this key' }),
      limit: z.coerce.number().int().min(1).max(100).default(20),
    }),
    reply: z.object({ items: z.array(StoredEvent) }),
  }),
};

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

export const eventOperations = {
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

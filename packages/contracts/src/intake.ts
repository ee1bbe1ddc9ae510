import * as z from 'zod';
import { op } from './operation.ts';
import { Id, TimeOut } from './value.ts';

export const IntakeSource = z
  .object({
    keyId: Id.nullable().meta({ description: 'null: not sent by a key' }),
    keyName: z.string().nullable(),
    keyEnded: z.boolean(),
    client: z.string(),
    lastAt: TimeOut,
    requests: z.int().meta({ description: 'of the last 24 hours, as are the counts below' }),
    accepted: z.int(),
    duplicates: z.int(),
    conflicts: z.int(),
    rejected: z.int(),
    hourly: z.array(z.int()).meta({ description: 'accepted events of each of the last 24 hours, the oldest first' }),
    silentHours: z.int(),
    longestHours: z.int().meta({ description: 'the longest it was silent before, in the last 14 days' }),
    silent: z.boolean().meta({ description: 'silent for more than twice as long as ever in the last 14 days' }),
  })
  .meta({ id: 'IntakeSource' });
export type IntakeSource = z.output<typeof IntakeSource>;

export const IntakeRequest = z
  .object({
    id: Id,
    keyId: Id.nullable(),
    client: z.string(),
    at: TimeOut,
    status: z.int(),
    latencyMs: z.int(),
    accepted: z.int(),
    duplicates: z.int(),
    conflicts: z.int(),
    rejected: z.int(),
    reason: z.string().nullable().meta({ description: 'why the request, or the first refused event in it, was refused' }),
    sample: z.string().nullable().meta({ description: 'the first event, or the first that was refused, cut' }),
  })
  .meta({ id: 'IntakeRequest' });
export type IntakeRequest = z.output<typeof IntakeRequest>;

const intake = { tag: 'Usage', permission: 'key.manage', key: 'manage' } as const;
export const intakeOperations = {
  listIntake: op({
    ...intake,
    method: 'GET',
    path: '/intake',
    summary: 'What sends usage: by key and client, its last 24 hours, and whether it fell silent',
    reply: z.object({ eventsPerMinute: z.int().meta({ description: 'what the workspace may send' }), items: z.array(IntakeSource) }),
  }),
  listIntakeRequests: op({
    ...intake,
    method: 'GET',
    path: '/intake/requests',
    summary: 'The latest requests, with status, latency and what was refused; of each key the last 200 are kept',
    query: z.object({ key: Id.optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
    reply: z.object({ items: z.array(IntakeRequest) }),
  }),
};

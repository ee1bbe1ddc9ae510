import * as z from 'zod';
import { op, type KeyScope } from './operation.ts';
import { Id, IdParams, Name, Nothing, TimeOut } from './value.ts';

/** What a key may do, in words. */
export const keyScopes = {
  ingest: 'send events and accounts',
  read: 'read accounts, scores and revenue',
  manage: 'change settings, meters, models and rules',
} as const satisfies Record<KeyScope, string>;
const Scope = z.enum(Object.keys(keyScopes) as [KeyScope, ...KeyScope[]]);

export const ApiKey = z
  .object({
    id: Id,
    name: z.string(),
    prefix: z.string().meta({ description: 'what to recognise it by' }),
    scopes: z.array(Scope),
    createdAt: TimeOut,
    expiresAt: TimeOut.nullable(),
    lastUsedAt: TimeOut.nullable().meta({ description: 'to the minute' }),
    revokedAt: TimeOut.nullable(),
    sourceAddresses: z.array(z.string()).meta({ description: 'ranges it may be used from; empty: anywhere' }),
    eventsPerMinute: z.int().nullable().meta({ description: 'null: as many as the workspace may send' }),
    rotatedTo: Id.nullable().meta({ description: 'the key that takes its place; this one works until it expires' }),
  })
  .meta({ id: 'ApiKey' });

/** Addresses as IPv4 or IPv6, alone or as a CIDR range. */
const SourceAddresses = z
  .array(z.string().trim().min(1).max(50))
  .max(50)
  .meta({ description: 'addresses or CIDR ranges it may be used from; empty: anywhere' });
/** At least a full request. */
const EventsPerMinute = z.int().min(1_000, { error: 'At least 1,000: a request may carry that many' }).max(100_000_000).nullable();

export const KeyBody = z.object({
  name: Name,
  scopes: z.array(Scope).min(1, { error: 'Choose at least one' }),
  expiresInDays: z.int().min(1).max(3650).nullable().default(null).meta({ description: 'null: until it is revoked' }),
  sourceAddresses: SourceAddresses.default([]),
  eventsPerMinute: EventsPerMinute.default(null),
});
export const KeyChange = z
  .object({ name: Name, sourceAddresses: SourceAddresses, eventsPerMinute: EventsPerMinute })
  .partial()
  .refine((change) => Object.keys(change).length > 0, { error: 'Name at least one thing to change' });
export const KeyRotation = z.object({
  overlapHours: z.int().min(0).max(720).default(24).meta({ description: 'how long the old key works beside the new one' }),
});

const keys = { tag: 'API keys', permission: 'key.manage' } as const;

export const apiKeyOperations = {
  listApiKeys: op({ ...keys, method: 'GET', path: '/api-keys', summary: 'API keys', reply: z.object({ items: z.array(ApiKey) }) }),
  createApiKey: op({
    ...keys,
    method: 'POST',
    path: '/api-keys',
    summary: 'Create an API key; its text is answered this once',
    body: KeyBody,
    reply: ApiKey.extend({ key: z.string() }),
    status: 201,
  }),
  changeApiKey: op({
    ...keys,
    method: 'PATCH',
    path: '/api-keys/{id}',
    summary: 'Change the name, the source addresses or the limit of an API key',
    params: IdParams,
    body: KeyChange,
    reply: ApiKey,
  }),
  rotateApiKey: op({
    ...keys,
    method: 'POST',
    path: '/api-keys/{id}/rotate',
    summary: 'Replace an API key by a new one that may do the same; the old one works for a while beside it',
    params: IdParams,
    body: KeyRotation,
    reply: ApiKey.extend({ key: z.string() }),
    status: 201,
  }),
  revokeApiKey: op({
    ...keys,
    method: 'DELETE',
    path: '/api-keys/{id}',
    summary: 'Revoke an API key; it stops working within a second',
    params: IdParams,
    reply: Nothing,
  }),
};

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
  })
  .meta({ id: 'ApiKey' });

export const KeyBody = z.object({
  name: Name,
  scopes: z.array(Scope).min(1, { error: 'Choose at least one' }),
  expiresInDays: z.int().min(1).max(3650).nullable().default(null).meta({ description: 'null: until it is revoked' }),
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
  revokeApiKey: op({
    ...keys,
    method: 'DELETE',
    path: '/api-keys/{id}',
    summary: 'Revoke an API key; it stops working within a second',
    params: IdParams,
    reply: Nothing,
  }),
};

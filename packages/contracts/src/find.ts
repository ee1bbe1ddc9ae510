import * as z from 'zod';
import { op } from './operation.ts';
import { Id } from './value.ts';

export const FoundAccount = z.object({ id: Id, externalId: z.string(), name: z.string(), status: z.string() }).meta({ id: 'FoundAccount' });

export const findOperations = {
  findAccounts: op({
    method: 'GET',
    path: '/find',
    summary: 'A few accounts by a part of their name or id, the best match first',
    tag: 'Accounts',
    permission: 'account.read',
    query: z.object({ q: z.string().trim().max(100) }),
    reply: z.object({ items: z.array(FoundAccount) }),
  }),
};

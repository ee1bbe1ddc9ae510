import * as z from 'zod';
import { op } from './operation.ts';
import { Currency, DayOut, DecimalText, Id, IdParams, TimeOut } from './value.ts';

const Named = z.object({ id: Id, externalId: z.string(), name: z.string() });
const Pair = z
  .object({ from: Id.meta({ description: 'the account that goes into the other' }), into: Id.meta({ description: 'the account that stays' }) })
  .refine(({ from, into }) => from !== into, { error: 'An account cannot be merged into itself', path: ['into'] });

export const MergeStates = ['merging', 'merged', 'undoing', 'undone'] as const;
export const AccountMerge = z
  .object({
    id: Id,
    from: Named,
    into: Named,
    state: z.enum(MergeStates).meta({ description: 'merging and undoing: its events are on the way' }),
    events: z.int().meta({ description: 'events that moved' }),
    actor: z.string(),
    madeAt: TimeOut,
    undoneAt: TimeOut.nullable(),
  })
  .meta({ id: 'AccountMerge' });

const Count = z.object({ all: z.int(), open: z.int() });
export const MergePreview = z
  .object({
    from: Named,
    into: Named,
    events: z.int(),
    days: z.int(),
    usage: z.array(z.object({ id: Id, name: z.string(), unit: z.string(), quantity: DecimalText })).meta({ description: 'what sums and counts move' }),
    tasks: Count,
    alerts: Count,
    touches: z.int(),
    contacts: z.int(),
    tickets: z.int(),
    contracts: z.int(),
    family: z
      .object({
        children: z.int().meta({ description: 'accounts that are part of the one and become part of the other' }),
        place: z
          .object({ parent: Named.nullable() })
          .nullable()
          .meta({ description: 'the surviving one is below the other and takes its place: part of this' }),
        leaves: Named.nullable().meta({ description: 'what the one is part of, which the surviving one does not become' }),
      })
      .meta({ description: 'which account is part of which afterwards' }),
    currency: Currency,
    revenue: z
      .array(z.object({ month: DayOut.meta({ description: 'its first day' }), from: DecimalText, into: DecimalText, together: DecimalText }))
      .meta({ description: 'the last twelve months in which it earned, the latest first' }),
  })
  .meta({ id: 'MergePreview' });

/** A merge, or its undoing, that goes on in the background. */
export const MergeBegun = z.object({ mergeId: Id, runId: Id.meta({ description: 'the background work to watch' }) });

const manage = { tag: 'Merges', permission: 'account.merge', key: 'manage' } as const;
export const accountMergeOperations = {
  previewMerge: op({
    ...manage,
    method: 'POST',
    path: '/account-merges/preview',
    summary: 'What merging an account into another moves; changes nothing',
    body: Pair,
    reply: MergePreview,
  }),
  mergeAccounts: op({
    ...manage,
    method: 'POST',
    path: '/account-merges',
    summary:
      'Merge an account into another, in the background: events, tasks, alerts, touches, contacts, tickets and contracts move, and its key means the other',
    body: Pair,
    reply: MergeBegun,
    status: 202,
  }),
  listMerges: op({
    ...manage,
    method: 'GET',
    path: '/account-merges',
    summary: 'Merges of accounts, the latest first',
    reply: z.object({ items: z.array(AccountMerge) }),
  }),
  undoMerge: op({
    ...manage,
    method: 'POST',
    path: '/account-merges/{id}/undo',
    summary: 'Take two merged accounts apart again, in the background; what came for the old key meanwhile goes back too',
    params: IdParams,
    reply: MergeBegun,
    status: 202,
  }),
};

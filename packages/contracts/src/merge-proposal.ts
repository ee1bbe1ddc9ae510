import * as z from 'zod';
import { MergeBegun } from './account-merge.ts';
import { op } from './operation.ts';
import { Currency, DayOut, DecimalText, Id, IdParams, Nothing, TimeOut } from './value.ts';

/** One of the two, with what tells whether they are one: since when and until when it was used, and how much. */
const Side = z.object({
  id: Id,
  externalId: z.string(),
  name: z.string(),
  createdDay: DayOut.nullable(),
  lastDay: DayOut.nullable().meta({ description: 'its last day of usage' }),
  runRate: DecimalText.nullable(),
  usage: z.array(z.object({ name: z.string(), unit: z.string(), quantity: DecimalText })).meta({ description: 'of the last 28 days, what sums and counts' }),
});

export const ProposalStates = ['open', 'merging', 'accepted', 'dismissed'] as const;
export const MergeProposal = z
  .object({
    id: Id,
    from: Side.meta({ description: 'the account that would go into the other' }),
    into: Side.meta({ description: 'the account that would stay' }),
    state: z.enum(ProposalStates).meta({ description: 'accepted: they are one by now, wherever that was said; undoing that merge opens it again' }),
    via: z.string().meta({ description: 'the client that called them one' }),
    actor: z.string().nullable().meta({ description: 'the key it came with' }),
    proposedAt: TimeOut,
    dismissed: z.object({ at: TimeOut, by: z.string().nullable() }).nullable(),
    merged: z.object({ at: TimeOut, by: z.string(), undoneAt: TimeOut.nullable() }).nullable().meta({ description: 'the latest merge of just these two' }),
  })
  .meta({ id: 'MergeProposal' });

const manage = { tag: 'Merges', permission: 'account.merge', key: 'manage' } as const;
export const mergeProposalOperations = {
  listProposals: op({
    ...manage,
    method: 'GET',
    path: '/merge-proposals',
    summary: 'Accounts that a client called one (an alias of Segment): those that wait first',
    reply: z.object({ open: z.int().meta({ description: 'all that wait' }), currency: Currency, items: z.array(MergeProposal) }),
  }),
  acceptProposal: op({
    ...manage,
    method: 'POST',
    path: '/merge-proposals/{id}/accept',
    summary: 'Merge the two, in the background, as `POST /account-merges` does',
    params: IdParams,
    body: z.object({ into: Id.optional().meta({ description: 'which of the two stays; absent: as proposed' }) }),
    reply: MergeBegun,
    status: 202,
  }),
  dismissProposal: op({
    ...manage,
    method: 'POST',
    path: '/merge-proposals/{id}/dismiss',
    summary: 'Say that they are not one: it is not proposed again',
    params: IdParams,
    reply: Nothing,
  }),
  reopenProposal: op({
    ...manage,
    method: 'POST',
    path: '/merge-proposals/{id}/reopen',
    summary: 'Take a dismissal back',
    params: IdParams,
    reply: Nothing,
  }),
};

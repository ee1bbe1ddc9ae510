import * as z from 'zod';
import { op } from './operation.ts';
import { PageQuery, pageOf } from './page.ts';
import { AccountKey, OwnKey, statedList, StatedReply } from './stated.ts';
import { DayOut, DayText, DecimalText, Id } from './value.ts';

const fields = {
  startDay: DayText,
  endDay: DayText.meta({ description: 'the last day of the term' }),
  commitment: DecimalText.nullable().meta({ description: 'money committed for the term; null: none' }),
};

/** What is named is set, what is left out stays as it was; null empties it. A new one needs both days. */
export const ContractItem = z.strictObject({ externalId: OwnKey, account: AccountKey, ...z.object(fields).partial().shape }).meta({ id: 'ContractItem' });
export type ContractItem = z.output<typeof ContractItem>;

export const Contract = z
  .object({
    id: Id,
    externalId: z.string().nullable().meta({ description: 'null: it came with its account, without a key' }),
    account: z.object({ id: Id, externalId: z.string() }),
    startDay: DayOut,
    endDay: DayOut,
    commitment: z.string().nullable(),
  })
  .meta({ id: 'Contract' });

const base = { tag: 'Contracts', path: '/contracts' } as const;
export const contractOperations = {
  putContracts: op({
    ...base,
    permission: 'account.edit',
    key: 'manage',
    method: 'POST',
    summary: 'Create or change terms and commitments, up to 1,000 at once, by your own keys',
    body: statedList('ContractItem'),
    reply: StatedReply,
  }),
  listContracts: op({
    ...base,
    permission: 'account.read',
    key: 'read',
    method: 'GET',
    summary: 'Contracts, of one account or of all',
    query: z.object({ account: AccountKey.optional() }).extend(PageQuery.shape),
    reply: pageOf(Contract),
  }),
};

import * as z from 'zod';
import { isStorable } from './ingest-properties.ts';
import { op } from './operation.ts';
import { DayOut, DayText, DecimalText, Email, Id, Name } from './value.ts';

export const ACCOUNT_STATUSES = ['live', 'closed', 'internal', 'test'] as const;
/** As it is told: one that was merged into another is set by merging only. */
export const AccountStatus = z.enum([...ACCOUNT_STATUSES, 'merged']);

export const ExternalId = z.string().min(1).max(200).refine(isStorable, { error: 'It holds a character that cannot be stored' });
const Label = z.string().trim().min(1).max(100).nullable();
const FieldValue = z.union([z.string().max(1_000).refine(isStorable), z.number(), z.boolean()]);
const ContractBody = z
  .object({ startDay: DayText, endDay: DayText, commitment: DecimalText.nullable().default(null).meta({ description: 'money committed for the term' }) })
  .refine(({ startDay, endDay }) => startDay <= endDay, { error: 'The term ends before it starts', path: ['endDay'] });

/** What is named is set, what is left out stays as it was; null empties it. */
export const AccountBody = z.object({
  name: Name.optional(),
  owner: Email.nullable().optional().meta({ description: 'e-mail of a member' }),
  status: z.enum(ACCOUNT_STATUSES).optional().meta({ description: 'closed, internal and test accounts stay out of peers, retention and triage' }),
  industry: Label.optional(),
  plan: Label.optional(),
  region: Label.optional(),
  fields: z
    .record(z.string().min(1).max(100), FieldValue.nullable())
    .refine((fields) => Object.keys(fields).length <= 100, { error: 'At most 100 fields' })
    .optional(),
  contractStart: DayText.nullable().optional(),
  parent: ExternalId.nullable().optional().meta({ description: 'key of the account it is part of; null: of none' }),
  contract: ContractBody.optional().meta({ description: 'a term; one with the same start day replaces it' }),
});
export type AccountBody = z.output<typeof AccountBody>;

export const Account = z
  .object({
    id: Id,
    externalId: z.string(),
    name: z.string(),
    status: AccountStatus,
    mergedInto: z.object({ id: Id, externalId: z.string(), name: z.string() }).nullable().meta({ description: 'where what is sent for its key counts' }),
    parent: z.object({ id: Id, externalId: z.string(), name: z.string() }).nullable().meta({ description: 'the account it is part of' }),
    owner: z.object({ id: Id, name: z.string(), email: z.string() }).nullable(),
    industry: z.string().nullable(),
    plan: z.string().nullable(),
    region: z.string().nullable(),
    fields: z.record(z.string(), z.unknown()),
    contractStart: DayOut.nullable(),
    createdDay: DayOut.nullable().meta({ description: 'the day its age counts from while it has no usage' }),
    createdVia: z.string(),
    contracts: z.array(z.object({ id: Id, startDay: DayOut, endDay: DayOut, commitment: z.string().nullable() })),
  })
  .meta({ id: 'Account' });

const params = z.object({ externalId: ExternalId });
export const accountOperations = {
  getAccount: op({
    method: 'GET',
    path: '/accounts/{externalId}',
    summary: 'One account',
    tag: 'Accounts',
    permission: 'account.read',
    key: 'read',
    params,
    reply: Account,
  }),
  putAccount: op({
    method: 'PUT',
    path: '/accounts/{externalId}',
    summary: 'Create an account or change it',
    tag: 'Accounts',
    permission: 'account.edit',
    key: 'manage',
    params,
    body: AccountBody,
    reply: Account,
  }),
  assignManyAccounts: op({
    method: 'POST',
    path: '/accounts/assign',
    summary: 'Give accounts to an owner',
    tag: 'Accounts',
    permission: 'account.assign',
    key: 'manage',
    body: z.object({ accountIds: z.array(Id).min(1).max(1_000), ownerId: Id.nullable().meta({ description: 'a member; null = unassigned' }) }),
    reply: z.object({ assigned: z.int() }),
  }),
};

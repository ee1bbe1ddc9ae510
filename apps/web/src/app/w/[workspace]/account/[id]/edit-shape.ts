import { AccountBody, ACCOUNT_STATUSES, type AccountStatus } from '@tideline/contracts/account';
import type { AccountPages } from '@tideline/contracts/account-page';
import { DayText } from '@tideline/contracts/value';
import type { Day } from '@tideline/domain/calendar';
import * as z from 'zod';

type Status = z.output<typeof AccountStatus>;
type Account = AccountPages['Page'];

/** What each status means for everything that counts accounts. */
export const statuses = {
  live: { label: 'Live', means: 'In triage, among its peers and in NRR.' },
  closed: { label: 'Closed', means: 'No longer a customer: it stays out of peers, NRR and triage. Its past is kept, and it can be live again.' },
  internal: { label: 'Internal', means: 'One of your own: it stays out of peers, NRR and triage.' },
  merged: { label: 'Merged', means: 'What it had, and what comes for its key, counts in the account it was merged into.' },
  test: { label: 'Test', means: 'Not a customer: it stays out of peers, NRR and triage.' },
} as const satisfies Record<Status, { label: string; means: string }>;

const words = z.string().trim().max(100);

/** The form of one account: every field as text, empty where there is none. */
export const EditForm = z
  .object({
    name: AccountBody.shape.name.unwrap(),
    /** E-mail of a member; empty: nobody. */
    owner: z.string(),
    status: z.enum(ACCOUNT_STATUSES),
    industry: words,
    plan: words,
    region: words,
    contractStart: z.union([z.literal(''), DayText], { error: 'Choose a day, or leave it empty' }),
    fields: z.array(z.object({ key: z.string().trim().min(1, { error: 'Name the field' }).max(100), value: z.string().trim().max(1_000) })).max(100),
  })
  .refine(({ fields }) => new Set(fields.map(({ key }) => key)).size === fields.length, { error: 'Two fields have the same name', path: ['fields'] });
export type EditValues = z.output<typeof EditForm>;

const isPlain = (value: unknown): value is string | number | boolean => ['string', 'number', 'boolean'].includes(typeof value);

export const valuesOf = (account: Account, ownerEmail: string): EditValues => ({
  name: account.name,
  owner: ownerEmail,
  status: account.status === 'merged' ? 'live' : account.status,
  industry: account.industry ?? '',
  plan: account.plan ?? '',
  region: account.region ?? '',
  contractStart: (account.contractStart ?? '') as Day | '',
  fields: Object.entries(account.fields).flatMap(([key, value]) => (isPlain(value) ? [{ key, value: String(value) }] : [])),
});

/** A field keeps its kind where the new words still are one: 12 stays a number, true stays a switch. */
const typed = (before: unknown, text: string): string | number | boolean => {
  if (typeof before === 'number' && text !== '' && Number.isFinite(Number(text))) return Number(text);
  return typeof before === 'boolean' && (text === 'true' || text === 'false') ? text === 'true' : text;
};

/** What the form changes, as the API takes it: only what differs; an emptied field goes. Null when nothing does. */
export const changeOf = (account: Account, before: EditValues, after: EditValues): z.input<typeof AccountBody> | null => {
  const body: z.input<typeof AccountBody> = {};
  if (after.name !== before.name) body.name = after.name;
  if (after.status !== before.status) body.status = after.status;
  if (after.owner !== before.owner) body.owner = after.owner === '' ? null : after.owner;
  for (const key of ['industry', 'plan', 'region', 'contractStart'] as const) if (after[key] !== before[key]) body[key] = after[key] === '' ? null : after[key];
  const fields = changedFields(account.fields, before.fields, after.fields);
  if (Object.keys(fields).length > 0) body.fields = fields;
  return Object.keys(body).length === 0 ? null : body;
};

type Pairs = EditValues['fields'];
const changedFields = (stored: Record<string, unknown>, before: Pairs, after: Pairs): NonNullable<z.input<typeof AccountBody>['fields']> => {
  const was = new Map(before.map(({ key, value }) => [key, value]));
  const now = new Map(after.filter(({ value }) => value !== '').map(({ key, value }) => [key, value]));
  const set = [...now].filter(([key, value]) => was.get(key) !== value).map(([key, value]) => [key, typed(stored[key], value)] as const);
  const gone = [...was.keys()].filter((key) => !now.has(key)).map((key) => [key, null] as const);
  return Object.fromEntries([...set, ...gone]);
};

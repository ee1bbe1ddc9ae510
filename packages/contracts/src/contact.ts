import { CONTACT_ROLES } from '@tideline/domain/contact';
import * as z from 'zod';
import { op } from './operation.ts';
import { PageQuery, pageOf } from './page.ts';
import { AccountKey, Line, OwnKey, statedList, StatedReply } from './stated.ts';
import { DayOut, DayText, Email, Id, IdParams, Nothing } from './value.ts';

const fields = {
  name: Line(200).meta({ description: 'without it: the e-mail address, else the key' }),
  email: Email.nullable(),
  title: Line(200).nullable().meta({ description: 'what they do there' }),
  role: z.enum(CONTACT_ROLES).meta({ description: 'other where none is given; touches with champions and executive sponsors count as engagement' }),
  leftOn: DayText.nullable().meta({ description: 'the day they left the account' }),
};

/** What is named is set, what is left out stays as it was; null empties it. */
export const ContactItem = z.strictObject({ externalId: OwnKey, account: AccountKey, ...z.object(fields).partial().shape }).meta({ id: 'ContactItem' });
export type ContactItem = z.output<typeof ContactItem>;

export const Contact = z
  .object({
    id: Id,
    externalId: z.string(),
    account: z.object({ id: Id, externalId: z.string() }),
    name: z.string(),
    email: z.string().nullable(),
    title: z.string().nullable(),
    role: z.enum(CONTACT_ROLES),
    leftOn: DayOut.nullable(),
  })
  .meta({ id: 'Contact' });
export type Contact = z.output<typeof Contact>;

const base = { tag: 'Contacts', permission: 'account.edit', key: 'manage' } as const;
export const contactOperations = {
  putContacts: op({
    ...base,
    method: 'POST',
    path: '/contacts',
    summary: 'Create or change contacts, up to 1,000 at once, by your own keys',
    body: statedList('ContactItem'),
    reply: StatedReply,
  }),
  listContacts: op({
    ...base,
    permission: 'account.read',
    key: 'read',
    method: 'GET',
    path: '/contacts',
    summary: 'Contacts, of one account or of all',
    query: z.object({ account: AccountKey.optional() }).extend(PageQuery.shape),
    reply: pageOf(Contact),
  }),
  changeContact: op({
    ...base,
    method: 'PATCH',
    path: '/contacts/{id}',
    summary: 'Change a contact, or say when they left',
    params: IdParams,
    body: z.strictObject(fields).partial(),
    reply: Contact,
  }),
  deleteContact: op({
    ...base,
    method: 'DELETE',
    path: '/contacts/{id}',
    summary: 'Delete a contact that should never have been there; touches stay, without it',
    params: IdParams,
    reply: Nothing,
  }),
};

import { CONTACT_ROLES } from '@tideline/domain/contact';
import * as z from 'zod';
import { op } from './operation.ts';
import { PageQuery, pageOf } from './page.ts';
import { AccountKey, OwnKey, statedList, StatedReply } from './stated.ts';
import { TOUCH_KINDS } from './triage.ts';
import { DayOut, DayText, Email, Id, IdParams, Nothing, TimeOut } from './value.ts';
import { isStorable } from './ingest-properties.ts';

const When = z.union([DayText, z.iso.datetime({ offset: true })], { error: 'Write when it was as ISO 8601 with an offset, or as a day (YYYY-MM-DD)' });

/** What is named is set, what is left out stays as it was; null empties it. */
export const TouchItem = z
  .strictObject({
    externalId: OwnKey,
    account: AccountKey,
    kind: z.enum(TOUCH_KINDS),
    at: When.meta({ description: 'when it was: a time, or a day of the workspace' }),
    contact: z.string().min(1).max(200).nullable().optional().meta({ description: 'your own key of the contact it was with' }),
    by: Email.nullable().optional().meta({ description: 'e-mail of the member whose touch it was' }),
    text: z.string().trim().max(4_000).refine(isStorable).optional(),
  })
  .meta({ id: 'TouchItem' });
export type TouchItem = z.output<typeof TouchItem>;

export const Touch = z
  .object({
    id: Id,
    externalId: z.string().nullable().meta({ description: 'null: logged on a screen' }),
    account: z.object({ id: Id, externalId: z.string() }),
    kind: z.enum(TOUCH_KINDS),
    day: DayOut,
    at: TimeOut,
    text: z.string(),
    contact: z.object({ id: Id, externalId: z.string(), name: z.string(), role: z.enum(CONTACT_ROLES) }).nullable(),
    by: z.object({ id: Id, name: z.string() }).nullable(),
  })
  .meta({ id: 'Touch' });
export type Touch = z.output<typeof Touch>;

const base = { tag: 'Touches', permission: 'account.act', key: 'manage' } as const;
export const touchOperations = {
  putTouches: op({
    ...base,
    method: 'POST',
    path: '/touches',
    summary: 'Log or change calls, mails, meetings and notes, up to 1,000 at once, by your own keys',
    body: statedList('TouchItem'),
    reply: StatedReply,
  }),
  listTouches: op({
    ...base,
    permission: 'account.read',
    key: 'read',
    method: 'GET',
    path: '/touches',
    summary: 'Touches, of one account or of all',
    query: z.object({ account: AccountKey.optional() }).extend(PageQuery.shape),
    reply: pageOf(Touch),
  }),
  removeTouch: op({
    ...base,
    method: 'DELETE',
    path: '/touches/{id}',
    summary: 'Take back a touch: a person one of their own, a key any',
    params: IdParams,
    reply: Nothing,
  }),
};

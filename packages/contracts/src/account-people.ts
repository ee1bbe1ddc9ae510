import { CONTACT_ROLES } from '@tideline/domain/contact';
import { TICKET_SEVERITIES } from '@tideline/domain/ticket';
import * as z from 'zod';
import { op } from './operation.ts';
import { DayOut, Id, IdParams, TimeOut } from './value.ts';

export const AccountPeople = z
  .object({
    contacts: z
      .array(
        z.object({
          id: Id,
          name: z.string(),
          email: z.string().nullable(),
          title: z.string().nullable(),
          role: z.enum(CONTACT_ROLES),
          leftOn: DayOut.nullable(),
          lastTouch: DayOut.nullable().meta({ description: 'the last call, mail or meeting with them' }),
        }),
      )
      .meta({ description: 'sponsors and champions first; those who left last' }),
    tickets: z
      .array(
        z.object({
          id: Id,
          externalId: z.string(),
          subject: z.string(),
          severity: z.enum(TICKET_SEVERITIES),
          url: z.string().nullable(),
          openedAt: TimeOut,
          closedAt: TimeOut.nullable(),
        }),
      )
      .meta({ description: 'open ones, the worst and oldest first, then the last five that were closed' }),
    open: z.int().meta({ description: 'open tickets, also those that are not listed' }),
    connected: z.object({ contacts: z.boolean(), tickets: z.boolean() }).meta({ description: 'whether the workspace has any at all' }),
  })
  .meta({ id: 'AccountPeople' });
export type AccountPeople = z.output<typeof AccountPeople>;

export const accountPeopleOperations = {
  accountPeople: op({
    tag: 'Accounts',
    permission: 'account.read',
    method: 'GET',
    path: '/account-pages/{id}/people',
    summary: 'Contacts and tickets of an account',
    params: IdParams,
    reply: AccountPeople,
  }),
};

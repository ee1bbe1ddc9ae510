import { Problem } from '@tideline/contracts/problem';
import { accountById } from '@tideline/db/read/account-page';
import { contactsBy } from '@tideline/db/read/contact';
import { accountTickets, peopleConnected } from '@tideline/db/read/ticket';
import { lastTouches } from '@tideline/db/read/touch';
import { withWorkspace } from '@tideline/db/workspace';
import type { Deps, Who } from './deps.ts';

const OPEN_SHOWN = 50;
const CLOSED_SHOWN = 5;

/** Who is there, with the last touch with each, and what they asked. */
export const accountPeople = (deps: Deps, who: Who, id: string) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    if (!(await accountById(tx, id, who.ownAccountsOf))) throw new Problem('not-found', 'There is no such account');
    const last = await lastTouches(tx, id);
    const { open, ...connected } = await peopleConnected(tx, id);
    return {
      contacts: (await contactsBy(tx, { account: id })).map(({ accountId: _account, externalId: _key, ...contact }) => ({
        ...contact,
        lastTouch: last.get(contact.id) ?? null,
      })),
      tickets: (await accountTickets(tx, id, OPEN_SHOWN, CLOSED_SHOWN)).map(({ accountId: _account, openedAt, closedAt, ...ticket }) => ({
        ...ticket,
        openedAt: openedAt.toISOString(),
        closedAt: closedAt?.toISOString() ?? null,
      })),
      open,
      connected,
    };
  });

import { randomUUID } from 'node:crypto';
import { type contactOperations, ContactItem } from '@tideline/contracts/contact';
import type { BodyOf, QueryOf } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import { contactPage, type ContactRow, contactsBy } from '@tideline/db/read/contact';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { audit } from '@tideline/db/write/audit';
import { removeContact, writeContacts } from '@tideline/db/write/contact';
import { lockStated } from '@tideline/db/write/stated';
import type { Deps, Who } from './deps.ts';
import { noteOthers } from './other-signal.ts';
import { accountIn, pageFor } from './stated-page.ts';
import { named, putStated, tellStated, type StatedKind } from './stated.ts';

type Ops = typeof contactOperations;

export const contactKind: StatedKind<ContactItem, ContactRow> = {
  of: 'contacts',
  item: ContactItem,
  stored: (tx, keys) => contactsBy(tx, { keys }),
  layer: async () => (item, before, accountId) => {
    const { externalId, account: _account, ...fields } = item;
    const base: ContactRow = before ?? { ...nobody, id: randomUUID(), accountId, externalId, name: item.email ?? externalId };
    return { row: { ...base, ...named(fields), accountId } };
  },
  write: writeContacts,
};
const nobody = { email: null, title: null, role: 'other', leftOn: null } as const;

/** Creates and changes contacts by the workspace's own keys. */
export const put = (deps: Deps, who: Who, given: BodyOf<Ops['putContacts']>) => putStated(deps, who, contactKind, given);

/** Contacts of one account or of all. */
export const list = (deps: Deps, who: Who, query: QueryOf<Ops['listContacts']>) => pageFor(deps, who, query, contactPage);

/** A contact that `who` may see, with its account. */
const one = async (tx: WorkspaceTx, who: Who, id: string): Promise<{ row: ContactRow; account: { id: string; externalId: string } }> => {
  const [row] = await contactsBy(tx, { ids: [id] });
  const account = row && (await accountIn(tx, who, row.accountId));
  if (!row || !account) throw new Problem('not-found', 'There is no such contact');
  return { row, account };
};

/** Changes what is named of a contact. */
export const change = async (deps: Deps, who: Who, id: string, body: BodyOf<Ops['changeContact']>) => {
  const contact = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    await lockStated(tx);
    const { row, account } = await one(tx, who, id);
    const after = { ...row, ...named(body) };
    await writeContacts(tx, [after], deps.now());
    await noteOthers(tx, [after.accountId], deps.now());
    await audit(tx, who, 'contact.change', 'contact', id, row, after);
    const { accountId: _account, ...shown } = after;
    return { ...shown, account };
  });
  await tellStated(deps, who.workspaceId, [contact.account.id]);
  return contact;
};

/** Deletes a contact; touches with it stay, without it. */
export const remove = async (deps: Deps, who: Who, id: string): Promise<void> => {
  const accountId = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    await lockStated(tx);
    const { row } = await one(tx, who, id);
    await removeContact(tx, id);
    await noteOthers(tx, [row.accountId], deps.now());
    await audit(tx, who, 'contact.delete', 'contact', id, row, null);
    return row.accountId;
  });
  await tellStated(deps, who.workspaceId, [accountId]);
};

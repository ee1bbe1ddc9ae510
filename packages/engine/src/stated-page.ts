import { Problem } from '@tideline/contracts/problem';
import { accountById } from '@tideline/db/read/account-page';
import type { PageOf } from '@tideline/db/read/contact';
import { statedAccounts } from '@tideline/db/read/stated';
import { isUuid, withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import type { Deps, Who } from './deps.ts';

type Query = { account?: string | undefined; cursor?: string | undefined; limit: number };

/** A page of what stands on one account, by its key, or on all that `who` may see; in the order of ids, which never changes. */
export const pageFor = <T extends { id: string }>(
  deps: Deps,
  who: Who,
  { account: key, cursor, limit }: Query,
  read: (tx: WorkspaceTx, of: PageOf) => Promise<T[]>,
): Promise<{ items: T[]; next: string | null }> =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    if (cursor !== undefined && !isUuid(cursor)) throw new Problem('invalid-request', 'This cursor is none of ours: start again without it');
    const [account] = key === undefined ? [] : await statedAccounts(tx, [key], who.ownAccountsOf);
    if (key !== undefined && !account) throw new Problem('not-found', 'There is no such account');
    const rows = await read(tx, { account: account?.means ?? null, onlyOwner: who.ownAccountsOf, after: cursor ?? null, limit: limit + 1 });
    const items = rows.slice(0, limit);
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  });

/** An account that `who` may see, as what stands on it names it; undefined when there is none. */
export const accountIn = async (tx: WorkspaceTx, who: Who, id: string): Promise<{ id: string; externalId: string } | undefined> => {
  const account = await accountById(tx, id, who.ownAccountsOf);
  return account ? { id: account.id, externalId: account.externalId } : undefined;
};

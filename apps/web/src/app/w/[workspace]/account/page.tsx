import { AccountFilter, AccountQuery, AccountSummary, AccountRow } from '@tideline/contracts/account-page';
import { may } from '@tideline/domain/role';
import { list, summary } from '@tideline/engine/account-list';
import type { Deps, Who } from '@tideline/engine/deps';
import { settings } from '@tideline/engine/workspace';
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { createLoader, type SearchParams } from 'nuqs/server';
import { Suspense } from 'react';
import * as z from 'zod';
import { composed } from '../../../../composed.ts';
import { readerOf } from '../../../../lib/reader.ts';
import { whoIs } from '../../../../lib/who.ts';
import { accountParsers, filterQuery, keyOf, listQuery, type AccountAddress } from './address.ts';
import { Accounts } from './accounts.tsx';
import { AccountsSkeleton } from './accounts-skeleton.tsx';
import type { Listed } from './use-account-list.ts';

export const metadata: Metadata = { title: 'Accounts' };

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<SearchParams> };
const readAddress = createLoader(accountParsers);
const FIRST = 100;

/** The first rows and the counts, so that they stand in the first HTML. An address nobody can mean is read as none. */
const firstAnswer = async (deps: Deps, who: Who, address: AccountAddress): Promise<Listed> => {
  const asked = listQuery(address);
  const read = AccountQuery.safeParse({ ...asked, limit: FIRST });
  const query = read.success ? read.data : AccountQuery.parse({ status: 'live', limit: FIRST });
  const filter = read.success ? AccountFilter.parse(filterQuery(address)) : {};
  const [page, counts] = await Promise.all([list(deps, who, query), summary(deps, who, filter)]);
  return { key: keyOf(asked), rows: z.array(AccountRow).parse(page.items), next: page.next, accounts: page.accounts, summary: AccountSummary.parse(counts) };
};

// A loading.tsx here would stand around the pages below too, and their answer could no longer be "not found".
export default async function AccountsPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const who = await whoIs(workspace);
  return (
    <Suspense fallback={<AccountsSkeleton />}>
      <Book workspace={workspace} who={who} searchParams={searchParams} />
    </Suspense>
  );
}

const Book = async ({ workspace, who, searchParams }: { workspace: string; who: Who; searchParams: Promise<SearchParams> }) => {
  const { deps } = composed();
  const [address, { timezone }, agent] = await Promise.all([readAddress(searchParams), settings(deps, who), headers()]);
  const [initial, reader] = await Promise.all([firstAnswer(deps, who, address), readerOf(timezone)]);
  return (
    <Accounts
      workspace={workspace}
      me={{ id: who.userId ?? '', name: who.actor }}
      allowed={{ assign: may(who.role, 'account.assign'), connect: may(who.role, 'import.run') }}
      reader={reader}
      initial={initial}
      phone={/\bMobi/.test(agent.get('user-agent') ?? '')}
    />
  );
};

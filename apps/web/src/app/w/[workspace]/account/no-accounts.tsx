'use client';
import type { AccountPages } from '@tideline/contracts/account-page';
import Link from 'next/link';
import { Button } from '../../../../ui/button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { isFiltered, noFilters, type AccountAddress } from './address.ts';
import type { Allowed } from './accounts.tsx';
import type { SetAddress } from './filters.tsx';
import { statusLabels } from './status-tabs.tsx';

type Props = { address: AccountAddress; summary: AccountPages['Summary']; workspace: string; allowed: Allowed; onClear: SetAddress };

/** Nothing is here yet, or nothing matches: each says which, and offers the way on. */
export const NoAccounts = ({ address, summary, workspace, allowed, onClear }: Props) => {
  if (summary.accounts === 0)
    return (
      <EmptyState
        className="px-4"
        title="No accounts yet."
        actions={
          allowed.connect && (
            <>
              <Button asChild look="primary">
                <Link href={`/w/${workspace}/settings/data`}>Import accounts</Link>
              </Button>
              <Button asChild>
                <Link href={`/w/${workspace}/developers`}>Send the first event</Link>
              </Button>
            </>
          )
        }
      >
        Every customer company stands here as soon as its first usage arrives or it is imported, with its segment, health and run rate.
      </EmptyState>
    );
  if (isFiltered(address))
    return (
      <EmptyState
        className="px-4"
        title="No account matches these filters."
        actions={<Button onClick={() => onClear({ ...noFilters, status: 'all' })}>Search all accounts</Button>}
      >
        {address.q
          ? `Nothing called “${address.q}” among ${statusLabels[address.status].toLowerCase()} accounts with these filters.`
          : 'Take a filter away, or look through all of them.'}
      </EmptyState>
    );
  return (
    <EmptyState
      className="px-4"
      title={`No ${statusLabels[address.status].toLowerCase()} accounts.`}
      actions={<Button onClick={() => onClear({ status: 'all' })}>Show all</Button>}
    />
  );
};

'use client';
import { Download } from 'lucide-react';
import { useQueryStates } from 'nuqs';
import { useMemo, useRef } from 'react';
import { api } from '../../../../lib/api.ts';
import { useKeepWalk } from '../../../../lib/use-walk.ts';
import { amountsIn } from '../../../../ui/amount.ts';
import { Button } from '../../../../ui/button.tsx';
import { ErrorState } from '../../../../ui/error-state.tsx';
import { counted, type Reader } from '../../../../ui/format.ts';
import { PageHeader } from '../../../../ui/page-header.tsx';
import { Tooltip } from '../../../../ui/tooltip.tsx';
import { usePhone } from '../triage/use-phone.ts';
import { AccountTable } from './account-table.tsx';
import { accountParsers, listQuery, writeAddress } from './address.ts';
import { AssignBar } from './assign-bar.tsx';
import { Filters } from './filters.tsx';
import { NoAccounts } from './no-accounts.tsx';
import { StatusTabs } from './status-tabs.tsx';
import { useAccountList, type AccountList, type Listed } from './use-account-list.ts';
import { useAccountKeys } from './use-account-keys.ts';
import { useChosen } from './use-chosen.ts';

export type Allowed = { assign: boolean; connect: boolean };
type Props = { workspace: string; me: { id: string; name: string }; allowed: Allowed; reader: Reader; initial: Listed; phone: boolean };

/** Every account the workspace has, whatever its status. */
export const Accounts = ({ workspace, me, allowed, reader, initial, phone: guess }: Props) => {
  const [address, setAddress] = useQueryStates(accountParsers);
  const list = useAccountList(workspace, listQuery(address), initial);
  const phone = usePhone(guess);
  const ids = useMemo(() => list.rows.map((row) => row.id), [list.rows]);
  useKeepWalk({ workspace, label: 'Accounts', href: `/w/${workspace}/account${writeAddress(address)}`, ids, total: list.accounts });
  const scroller = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const chosen = useChosen(list.rows);
  const amounts = useMemo(() => amountsIn(list.summary.currency, list.summary.unit), [list.summary.currency, list.summary.unit]);
  const cursor = useAccountKeys({ workspace, list, chosen, search, allowed });
  const set = useMemo(() => (change: Parameters<typeof setAddress>[0]) => void setAddress(change), [setAddress]);
  return (
    <div className="relative flex h-dvh flex-col">
      <PageHeader className="lg:px-4" title="Accounts" meta={<Meta list={list} />} actions={<ExportLink workspace={workspace} query={listQuery(address)} />} />
      <StatusTabs
        address={address}
        summary={list.summary}
        hrefOf={(status) => `/w/${workspace}/account${writeAddress({ ...address, status })}`}
        onTab={(status) => set({ status })}
      />
      <Filters address={address} set={set} summary={list.summary} me={me} search={search} />
      {list.problem && (
        <ErrorState className="mx-4 mb-2" title="The list could not be read again." action={<Button onClick={() => void list.again()}>Try again</Button>}>
          {list.problem} What you see is from before.
        </ErrorState>
      )}
      {list.accounts === 0 && !list.stale ? (
        <NoAccounts address={address} summary={list.summary} workspace={workspace} allowed={allowed} onClear={set} />
      ) : (
        <AccountTable {...{ workspace, address, set, list, chosen, cursor, reader, amounts, phone, scroller }} mayChoose={allowed.assign} />
      )}
      {allowed.assign && <AssignBar list={list} chosen={chosen} />}
    </div>
  );
};

const Meta = ({ list }: { list: AccountList }) => (
  <>
    {counted(list.accounts, 'account')}
    {list.summary.unassigned > 0 && ` · ${list.summary.unassigned.toLocaleString('en-US')} without an owner`}
  </>
);

const ExportLink = ({ workspace, query }: { workspace: string; query: ReturnType<typeof listQuery> }) => (
  <Tooltip text="Export as CSV">
    <Button asChild look="ghost" className="w-control px-0">
      <a href={api(workspace).href('exportAccounts', { query })} download aria-label="Export as CSV">
        <Download aria-hidden />
      </a>
    </Button>
  </Tooltip>
);

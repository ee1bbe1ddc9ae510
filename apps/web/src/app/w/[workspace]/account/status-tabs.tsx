'use client';
import type { AccountPages } from '@tideline/contracts/account-page';
import { Tabs } from '../../../../ui/tabs.tsx';
import { STATUS_TABS, type AccountAddress, type StatusTab } from './address.ts';

export const statusLabels = { live: 'Live', closed: 'Closed', internal: 'Internal', test: 'Test', all: 'All' } as const satisfies Record<StatusTab, string>;

/** Tabs by status; those that hold nothing are left out, except where one stands. */
export const StatusTabs = ({
  address,
  summary,
  hrefOf,
  onTab,
}: {
  address: AccountAddress;
  summary: AccountPages['Summary'];
  hrefOf: (status: StatusTab) => string;
  onTab: (status: StatusTab) => void;
}) => {
  const countOf = (tab: StatusTab) => (tab === 'all' ? Object.values(summary.statuses).reduce((a, b) => a + b, 0) : summary.statuses[tab]);
  return (
    <Tabs
      label="Status"
      className="px-4"
      tabs={STATUS_TABS.filter((tab) => tab === 'live' || tab === 'all' || tab === address.status || countOf(tab) > 0).map((tab) => ({
        href: hrefOf(tab),
        label: statusLabels[tab],
        count: countOf(tab),
        current: tab === address.status,
        onClick: (event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          onTab(tab);
        },
      }))}
    />
  );
};

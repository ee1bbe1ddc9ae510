import Link from 'next/link';
import type { MouseEvent, ReactNode } from 'react';
import { cx } from './cx.ts';

export type Tab = {
  href: string;
  label: ReactNode;
  count?: number | string | undefined;
  current: boolean;
  /** Where the page changes the address itself: it prevents the default, so that the server is not asked for the whole page. */
  onClick?: (event: MouseEvent) => void;
};

/** Tabs are links: which one is open stands in the address. */
export const Tabs = ({ label, tabs, className }: { label: string; tabs: readonly Tab[]; className?: string }) => (
  <nav aria-label={label} className={cx('no-scrollbar flex h-10 flex-none gap-5 overflow-x-auto border-b border-line', className)}>
    {tabs.map((tab) => (
      <Link
        key={tab.href}
        href={tab.href}
        scroll={false}
        prefetch={tab.onClick ? false : null}
        {...(tab.onClick ? { onClick: tab.onClick } : {})}
        aria-current={tab.current ? 'page' : undefined}
        className="moves -mb-px flex items-center gap-1.5 border-b-2 border-transparent pt-0.5 font-medium whitespace-nowrap text-text-2 hover:text-text focus-visible:-outline-offset-2 aria-[current]:border-accent aria-[current]:text-text"
      >
        {tab.label}
        {tab.count !== undefined && <span className="text-12 text-text-3 tabular-nums">{tab.count}</span>}
      </Link>
    ))}
  </nav>
);

import type { ReactNode } from 'react';
import { cx } from './cx.ts';

/**
 * The 48 px title line: title, what it is about in grey, actions at the right.
 * Under 1024 pixels the shell's menu button stands over its left end, hence the padding.
 */
export const PageHeader = ({
  title,
  meta,
  crumbs,
  actions,
  className,
}: {
  title: ReactNode;
  meta?: ReactNode;
  crumbs?: ReactNode;
  actions?: ReactNode;
  className?: string;
}) => (
  <header className={cx('flex h-12 flex-none items-center gap-2 border-b border-line px-4 max-lg:pl-13 lg:px-6', className)}>
    {crumbs && <div className="flex items-center gap-2 text-text-3 max-sm:hidden">{crumbs}</div>}
    <h1 className="truncate font-semibold">{title}</h1>
    {meta && <span className="truncate text-12 text-text-3 max-sm:hidden">{meta}</span>}
    {actions && <div className="ml-auto flex flex-none items-center gap-2 pl-2">{actions}</div>}
  </header>
);

/** A section's title line: weight, not size. `aside` stands at the right. */
export const SectionTitle = ({ title, sub, aside, level = 2 }: { title: ReactNode; sub?: ReactNode; aside?: ReactNode; level?: 2 | 3 }) => {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <div className="flex min-h-7 flex-wrap items-center gap-2">
      <Heading className="font-semibold max-sm:min-w-[40%] max-sm:flex-1">{title}</Heading>
      {sub && <span className="text-12 text-text-3">{sub}</span>}
      {aside && <div className="ml-auto flex items-center gap-2 text-12 text-text-2">{aside}</div>}
    </div>
  );
};

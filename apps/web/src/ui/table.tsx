import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';

/**
 * A plain table: 36 px rows, hairlines, figures to the right. `caption` names it for screen readers.
 * It scrolls sideways inside itself, so the page never does, and the keyboard can reach that scroll.
 */
export const Table = ({ caption, className, children, ...rest }: ComponentProps<'table'> & { caption: string }) => (
  <div role="region" aria-label={caption} tabIndex={0} className="quiet-scroll relative w-full overflow-x-auto focus-visible:-outline-offset-2">
    <table {...rest} className={cx('w-full border-collapse tabular-nums', className)}>
      <caption className="sr-only">{caption}</caption>
      {children}
    </table>
  </div>
);

export const Thead = ({ children }: { children: ReactNode }) => <thead>{children}</thead>;
export const Tbody = ({ children }: { children: ReactNode }) => <tbody>{children}</tbody>;
/** The sums; stand in the columns they sum. */
export const Tfoot = ({ children }: { children: ReactNode }) => <tfoot className="font-semibold [&_td]:border-b-0 [&_th]:border-b-0">{children}</tfoot>;

export const Tr = ({ className, ...rest }: ComponentProps<'tr'>) => (
  <tr {...rest} className={cx('[tbody_&]:hover:bg-bg-hover [tbody_&]:transition-colors [tbody_&]:duration-(--fast) aria-selected:bg-bg-selected', className)} />
);

type CellLook = { /** Figures and their heads stand at the right. */ right?: boolean; /** Grey: context, not the point. */ quiet?: boolean };
const cell = ({ right, quiet }: CellLook) =>
  cx('border-b border-line px-2 whitespace-nowrap first:pl-0 last:pr-0', right && 'text-right', quiet && 'text-text-2');

export const Td = ({ right, quiet, className, ...rest }: ComponentProps<'td'> & CellLook) => (
  <td {...rest} className={cx(cell({ right: right ?? false, quiet: quiet ?? false }), 'h-row-compact', className)} />
);

/** The head of a row: the name the row is about. */
export const RowHead = ({ className, ...rest }: ComponentProps<'th'>) => <th scope="row" {...rest} className={cx(cell({}), 'h-row-compact', className)} />;

export type Sort = 'ascending' | 'descending' | 'none';
const arrows = { ascending: ArrowUp, descending: ArrowDown, none: null } as const;

/** A column head; with `sort` and `href` it is the link that sorts, because the order stands in the address. */
export const Th = ({ right, sort, href, className, children, ...rest }: ComponentProps<'th'> & CellLook & { sort?: Sort; href?: string }) => {
  const Arrow = sort ? arrows[sort] : null;
  return (
    <th
      scope="col"
      {...rest}
      {...(sort ? { 'aria-sort': sort } : {})}
      className={cx(cell({ right: right ?? false }), 'h-8 text-12 text-text-3 aria-[sort=ascending]:text-text aria-[sort=descending]:text-text', className)}
    >
      {href ? (
        <Link href={href} scroll={false} className="door inline-flex items-center gap-0.5 hover:text-text">
          {children}
          {Arrow && <Arrow aria-hidden className="size-3 stroke-2" />}
        </Link>
      ) : (
        children
      )}
    </th>
  );
};

'use client';
import type { Day } from '@tideline/domain/calendar';
import Link from 'next/link';
import { memo, useEffect, useRef, type ReactNode } from 'react';
import type { Amounts } from '../../../../ui/amount.ts';
import { Avatar } from '../../../../ui/avatar.tsx';
import { BandGauge } from '../../../../ui/band-gauge.tsx';
import { Checkbox } from '../../../../ui/checkbox.tsx';
import { Chip } from '../../../../ui/chip.tsx';
import { cx } from '../../../../ui/cx.ts';
import { When } from '../../../../ui/figure.tsx';
import { NONE, type Reader } from '../../../../ui/format.ts';
import { SegmentMark, segmentLooks } from '../../../../ui/segment-mark.tsx';
import { dropOf, gridLine } from './columns.ts';
import { statuses } from './[id]/edit-shape.ts';
import type { Row } from './use-account-list.ts';

type Props = {
  row: Row;
  /** Among all rows, the head is 1. */
  index: number;
  isCursor: boolean;
  tabbable: boolean;
  isChosen: boolean;
  onToggle: ((id: string, range: boolean) => void) | null;
  workspace: string;
  reader: Reader;
  amounts: Amounts;
};

/** One account: 36 px in a table, a card of two lines on a phone. */
export const AccountLine = memo(({ row, index, isCursor, tabbable, isChosen, onToggle, workspace, reader, amounts }: Props) => {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (isCursor) link.current?.focus({ preventScroll: true });
  }, [isCursor]);
  return (
    <div
      role="row"
      aria-rowindex={index}
      aria-selected={isChosen}
      className={cx(
        'moves relative h-full border-b border-line hover:bg-bg-hover aria-selected:bg-bg-selected',
        'max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:content-center max-sm:gap-x-3 max-sm:gap-y-0.5 max-sm:px-4',
        gridLine,
        isCursor && 'bg-bg-hover before:absolute before:inset-y-0 before:left-0 before:w-0.75 before:bg-accent',
      )}
    >
      <Cell className="flex items-center sm:pl-4 max-sm:hidden">
        {onToggle && (
          <Checkbox
            aria-label={`Select ${row.name}`}
            checked={isChosen}
            tabIndex={tabbable ? 0 : -1}
            onClick={(event) => {
              event.preventDefault();
              onToggle(row.id, event.shiftKey);
            }}
          />
        )}
      </Cell>
      <div role="rowheader" className="flex min-w-0 items-center gap-2 sm:px-1.5">
        <Link
          ref={link}
          href={`/w/${workspace}/account/${row.id}`}
          prefetch={false}
          tabIndex={tabbable ? 0 : -1}
          title={row.name}
          className="door truncate font-semibold"
        >
          {row.name}
        </Link>
        {row.status !== 'live' && <Chip className="h-4.5">{statuses[row.status].label}</Chip>}
      </div>
      <Facts row={row} reader={reader} amounts={amounts} />
    </div>
  );
});
AccountLine.displayName = 'AccountLine';

const Facts = ({ row, reader, amounts }: Pick<Props, 'row' | 'reader' | 'amounts'>) => (
  <>
    <Cell className="truncate text-text-2 max-sm:order-3 max-sm:text-12">
      {row.owner ? (
        <span className="inline-flex max-w-full items-center gap-2" title={row.owner.name}>
          <Avatar name={row.owner.name} className="max-sm:hidden" /> <span className="truncate">{row.owner.name}</span>
        </span>
      ) : (
        <span className="text-text-3">Nobody</span>
      )}
    </Cell>
    <Cell className="max-sm:hidden">
      {row.segment === null ? (
        <span className="text-text-3">{NONE}</span>
      ) : (
        <span className="flex min-w-0 items-center gap-2">
          <SegmentMark silent segment={row.segment} /> <span className="truncate">{segmentLooks[row.segment].short}</span>
        </span>
      )}
    </Cell>
    <Cell className={cx('truncate text-text-2 max-sm:hidden', dropOf('about'))} title={[row.industry, row.plan, row.region].filter(Boolean).join(' · ')}>
      {[row.industry, row.plan].filter(Boolean).join(', ') || <span className="text-text-3">{NONE}</span>}
    </Cell>
    <Cell className="flex items-center max-sm:justify-self-end">
      <BandGauge score={row.health} band={row.band} />
    </Cell>
    <Amount title={`${amounts.exact(row.runRate)} a year`} className="max-sm:order-4 max-sm:text-12">
      {amounts.short(row.runRate)}
    </Amount>
    <Amount title={amounts.exact(row.stake)} className="max-sm:hidden">
      {amounts.short(row.stake)}
    </Amount>
    <Amount className={cx('sm:pr-4 max-sm:hidden', dropOf('lastDay'))}>
      <When as="ago" day={row.lastDay as Day | null} reader={reader} />
    </Amount>
  </>
);

const Cell = ({ className, title, children }: { className?: string; title?: string; children?: ReactNode }) => (
  <div role="gridcell" title={title} className={cx('min-w-0 sm:px-1.5', className)}>
    {children}
  </div>
);

const Amount = ({ className, title, children }: { className?: string; title?: string; children: ReactNode }) => (
  <Cell {...(title ? { title } : {})} className={cx('text-right whitespace-nowrap text-text-2 tabular-nums', className)}>
    {children}
  </Cell>
);

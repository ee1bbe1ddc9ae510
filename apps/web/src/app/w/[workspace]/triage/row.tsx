'use client';
import { badges } from '@tideline/domain/badge';
import type { Day } from '@tideline/domain/calendar';
import { Bell, Check, ChevronsUp } from 'lucide-react';
import Link from 'next/link';
import { memo, useEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { Avatar } from '../../../../ui/avatar.tsx';
import { BandGauge } from '../../../../ui/band-gauge.tsx';
import { Chip } from '../../../../ui/chip.tsx';
import { CommitmentBar } from '../../../../ui/commitment-bar.tsx';
import { cx } from '../../../../ui/cx.ts';
import { When } from '../../../../ui/figure.tsx';
import { nearDay, NONE } from '../../../../ui/format.ts';
import { SegmentMark, segmentLooks } from '../../../../ui/segment-mark.tsx';
import { Sentence } from '../../../../ui/sentence.tsx';
import { Sparkline } from '../../../../ui/sparkline.tsx';
import { dropped, gridLine } from './columns.ts';
import type { Row } from './list-state.ts';
import { OverrideMark } from './override-mark.tsx';
import { RowActions } from './row-actions.tsx';
import { useScene } from './scene.ts';
import type { RowHandlers } from './use-handlers.ts';

export type RowProps = {
  row: Row;
  /** Among all lines of the whole list, from 1; the head is 1. */
  index: number;
  /** On which the keyboard is; `focus` changes when it came there by key. */
  isCursor: boolean;
  focus: number;
  /** Reached by the tab key: the row with the cursor, or the first. */
  tabbable: boolean;
  isOpen: boolean;
  isChosen: boolean;
  /** The list holds it no longer. */
  isGone: boolean;
  handlers: RowHandlers;
};

const isControl = (target: EventTarget): boolean => target instanceof HTMLElement && target.closest('a, button, input, [role=menu], [role=menuitem]') !== null;

/** One account: 52 px in a table, a card on a phone. */
export const RowLine = memo((props: RowProps) => {
  const { row, index, isCursor, focus, tabbable, isOpen, isChosen, isGone, handlers } = props;
  const line = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (isCursor && focus > 0) line.current?.focus({ preventScroll: true });
  }, [isCursor, focus]);
  const onClick = (event: MouseEvent) => {
    if (isControl(event.target)) return;
    if (event.shiftKey || event.metaKey || event.ctrlKey) handlers.toggle(row.id, event.shiftKey);
    else handlers.open(row.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.target !== line.current) return;
    event.preventDefault();
    handlers.open(row.id);
  };
  const cells = <Cells row={row} isChosen={isChosen} handlers={handlers} tabbable={tabbable} />;
  return (
    <div
      ref={line}
      role="row"
      aria-rowindex={index}
      aria-selected={isChosen}
      {...(isOpen ? { 'aria-current': true } : {})}
      tabIndex={tabbable ? 0 : -1}
      onClick={onClick}
      onKeyDown={onKeyDown}
      onFocus={() => handlers.focused(row.id)}
      onPointerEnter={() => setNear(true)}
      onPointerLeave={() => setNear(false)}
      title={isGone ? 'No longer in this list; it leaves when the list is read again' : undefined}
      className={cx(
        'group/row moves relative h-full border-b border-line select-none hover:bg-bg-hover focus-visible:rounded-1 focus-visible:-outline-offset-2 aria-[current]:bg-bg-selected aria-selected:bg-bg-selected',
        'before:absolute before:inset-y-0 before:left-0 before:w-0.75 aria-[current]:before:bg-accent',
        'hover:[--spark-band:var(--bg-track)] aria-[current]:[--spark-band:var(--bg-track)] aria-selected:[--spark-band:var(--bg-track)]',
        'max-sm:grid max-sm:grid-cols-[20px_minmax(0,1fr)_auto_minmax(56px,auto)] max-sm:content-start max-sm:gap-x-2 max-sm:gap-y-1.5 max-sm:px-4 max-sm:py-3',
        gridLine,
        isGone && 'bg-bg-group grayscale',
      )}
    >
      {cells}
      {(near || isCursor) && <RowActions row={row} tabbable={tabbable} handlers={handlers} />}
    </div>
  );
});

const cell = 'min-w-0 sm:px-1.5';

const Cells = ({ row, isChosen, handlers, tabbable }: Pick<RowProps, 'row' | 'isChosen' | 'handlers' | 'tabbable'>) => {
  const { amount, exact, has, reader, allowed } = useScene();
  return (
    <>
      <div role="gridcell" className={cx(cell, 'relative flex h-full items-center sm:pl-4 max-sm:row-span-3 max-sm:items-start max-sm:pt-1')}>
        {allowed.act && (
          <span className="relative inline-grid size-3.5 flex-none opacity-0 group-hover/row:opacity-100 has-checked:opacity-100 has-focus-visible:opacity-100 max-sm:hidden">
            {/* A native box: fifty of the form control's kind would cost more than the rows they stand in. */}
            <input
              type="checkbox"
              aria-label={`Select ${row.name}`}
              checked={isChosen}
              tabIndex={tabbable ? 0 : -1}
              onChange={() => undefined}
              onClick={(event) => handlers.toggle(row.id, event.shiftKey)}
              className="peer size-3.5 cursor-pointer appearance-none rounded-[4px] border-[1.5px] border-line-control bg-bg before:absolute before:-inset-[6.5px] checked:border-accent checked:bg-accent"
            />
            <Check aria-hidden className="pointer-events-none absolute inset-0.5 hidden size-2.5 stroke-[3] text-on-accent peer-checked:block" />
          </span>
        )}
        <SegmentMark
          segment={row.segment}
          className={cx(
            'sm:absolute sm:left-4.25',
            allowed.act && 'sm:group-hover/row:hidden sm:group-has-[input:focus-visible]/row:hidden',
            isChosen && 'sm:hidden',
          )}
        />
      </div>
      <AccountCell row={row} tabbable={tabbable} />
      <div role="gridcell" className={cx(cell, 'flex items-center max-sm:self-start max-sm:justify-self-end')}>
        <BandGauge
          score={row.health}
          band={row.band}
          change={row.delta28}
          lately={row.delta7}
          mark={row.override && <OverrideMark override={row.override} reader={reader} />}
        />
      </div>
      <div role="gridcell" className={cx(cell, dropped.narrow, 'max-sm:order-2 max-sm:col-start-2')}>
        <Sparkline ratios={row.spark} tone={segmentLooks[row.segment].tone} />
      </div>
      <WhyCell row={row} />
      <Amount className="max-sm:hidden" title={`${exact(row.runRate)} a year`}>
        {amount(row.runRate)}
      </Amount>
      <Amount
        className="font-semibold text-text max-sm:order-0 max-sm:self-start"
        title={row.urgency > 1 ? `${exact(row.stake)}, pressing: counts ${row.urgency} times` : exact(row.stake)}
      >
        {row.urgency > 1 && <ChevronsUp aria-hidden className="mr-0.5 mb-px inline size-3 stroke-2 text-text-3" />}
        {amount(row.stake)}
      </Amount>
      {has.contracts && (
        <div role="gridcell" className={cx(cell, dropped.mid, 'max-sm:order-2 max-sm:w-24')}>
          <CommitmentBar used={row.commitment?.used ?? null} plan={row.commitment?.plan ?? null} pace={row.commitment?.pace ?? 'on_plan'} />
        </div>
      )}
      {has.touches && (
        <div role="gridcell" className={cx(cell, dropped.mid, 'text-right whitespace-nowrap text-text-2 tabular-nums max-sm:order-2 max-sm:col-start-4')}>
          <When as="ago" day={row.lastTouch?.day as Day | undefined} reader={reader} />
        </div>
      )}
    </>
  );
};

const Amount = ({ title, className, children }: { title: string; className?: string; children: ReactNode }) => (
  <div role="gridcell" className={cx(cell, 'text-right whitespace-nowrap text-text-2 tabular-nums', className)} title={title}>
    {children}
  </div>
);

const AccountCell = ({ row, tabbable }: Pick<RowProps, 'row' | 'tabbable'>) => {
  const { workspace, me } = useScene();
  const about = [
    row.industry,
    row.provisional ? 'Provisional' : null,
    ...row.badges.map((badge) => (badge in badges ? badges[badge as keyof typeof badges].label : null)),
  ];
  const owner = row.owner?.name ?? 'Nobody';
  return (
    <div role="rowheader" className={cx(cell, 'flex flex-col')}>
      <Link
        href={`/w/${workspace}/account/${row.id}`}
        prefetch={false}
        tabIndex={tabbable ? 0 : -1}
        title={row.name}
        className="door block w-fit max-w-full truncate font-semibold"
      >
        {row.name}
      </Link>
      <span className="flex h-4.5 items-center gap-1.5 overflow-hidden text-12 whitespace-nowrap text-text-3">
        {row.owner ? (
          <Avatar size="sm" name={owner} me={row.owner.id === me.id} />
        ) : (
          <span className="size-4 flex-none rounded-full border border-dashed border-line-control" />
        )}
        <span className="sr-only">Owner {owner}</span>
        <span className="truncate" title={[owner, ...about].filter(Boolean).join(' · ')}>
          {about.filter(Boolean).join(' · ') || owner}
        </span>
        {row.alerts > 0 && (
          <span
            className="ml-auto inline-flex flex-none items-center gap-0.5 tabular-nums"
            title={`${row.alerts} open ${row.alerts === 1 ? 'alert' : 'alerts'}`}
          >
            <Bell aria-hidden className="size-3" />
            {row.alerts}
            <span className="sr-only"> open alerts</span>
          </span>
        )}
      </span>
    </div>
  );
};

const WhyCell = ({ row }: Pick<RowProps, 'row'>) => {
  const { reader } = useScene();
  const put = row.snoozed ? `Snoozed until ${nearDay(row.snoozed.until as Day, reader)}` : row.done ? `Done ${nearDay(row.done.day as Day, reader)}` : null;
  return (
    <div role="gridcell" className={cx(cell, 'max-sm:order-1 max-sm:col-span-3 max-sm:col-start-2 max-sm:h-9')}>
      {put && (
        <Chip className="mr-2 float-left h-4.5" tone="quiet">
          <span title={row.snoozed?.reason ?? row.done?.by ?? undefined}>{put}</span>
        </Chip>
      )}
      {row.reason.length === 0 ? (
        <span className="text-text-3">{NONE}</span>
      ) : (
        <Sentence clamp parts={row.reason.map(({ text, strong }) => ({ text, ...(strong ? { strong } : {}) }))} className="@min-[1080px]:line-clamp-1" />
      )}
      <span className="hidden truncate text-12 text-text-3 sm:@min-[1080px]:block" title={row.nextAction}>
        {row.nextAction}
      </span>
    </div>
  );
};

'use client';
import type { Day } from '@tideline/domain/calendar';
import { ChevronRight, HeartPulse } from 'lucide-react';
import { memo, useId } from 'react';
import { Chip } from '../../../../ui/chip.tsx';
import { cx } from '../../../../ui/cx.ts';
import { exactMoment, fullDay, nearDay, type Reader } from '../../../../ui/format.ts';
import { SegmentMark, segmentLooks } from '../../../../ui/segment-mark.tsx';
import type { Tone } from '../../../../ui/tone.ts';
import type { AlertItem } from './address.ts';
import { AlertDetail } from './alert-detail.tsx';
import { points } from './points.ts';
import { AccountLink, PickBox, RowActions, Who, type Action } from './row-parts.tsx';
import { useScene } from './scene.ts';
import { rowMark } from './use-rows.ts';

const stateLooks = {
  open: { tone: 'watch', words: () => 'Open' },
  acknowledged: { tone: 'quiet', words: () => 'Acknowledged' },
  snoozed: { tone: 'quiet', words: ({ snoozedUntil }, reader) => `Snoozed until ${nearDay(snoozedUntil as Day | null, reader)}` },
  resolved: { tone: 'healthy', words: ({ resolvedOn }, reader) => `Resolved ${nearDay(resolvedOn as Day | null, reader)}` },
} as const satisfies Record<AlertItem['state'], { tone: Tone; words: (row: AlertItem, reader: Reader) => string }>;

/** The kind of rule that fired: a shape, not only a colour. */
const KindMark = ({ row }: { row: AlertItem }) =>
  row.rule.kind === 'segment_entered' ? (
    <SegmentMark segment={row.evidence.after.segment} />
  ) : (
    <HeartPulse role="img" aria-label="Health" className="size-3 flex-none text-risk" />
  );

const Evidence = ({ row }: { row: AlertItem }) => {
  const { before, after } = row.evidence;
  return (
    <span className="text-12 whitespace-nowrap text-text-2 tabular-nums">
      <span className="sr-only">Health then </span>
      {before && <>{points(before.health)} → </>}
      <b className="text-text">{points(after.health)}</b>
      <span className="block truncate text-text-3 max-sm:inline max-sm:before:content-['_·_']">{segmentLooks[after.segment].short}</span>
    </span>
  );
};

type AlertRowProps = {
  row: AlertItem;
  isAt: boolean;
  isPicked: boolean;
  isOpen: boolean;
  actionsFor: (rows: readonly AlertItem[]) => Action[];
  onPick: (id: string) => void;
  onOpen: (id: string) => void;
};

/** One alert: what fired about whom, on which evidence, whose it is and where it stands; opened, the whole story. */
export const AlertRow = memo(({ row, isAt, isPicked, isOpen, actionsFor, onPick, onOpen }: AlertRowProps) => {
  const { reader, allowed } = useScene();
  const detail = useId();
  const { tone, words } = stateLooks[row.state];
  const about = `${row.account.name}: ${row.sentence}`;
  return (
    <li {...rowMark(row.id)} className={cx('group/row relative border-b border-line hover:bg-bg-hover', (isPicked || isAt) && 'bg-bg-selected')}>
      <div className="flex min-h-row items-center gap-x-2.5 px-4 py-1.5 max-sm:flex-wrap max-sm:gap-y-1.5 max-sm:py-3 max-sm:pr-12">
        {allowed.alert && <PickBox about={about} checked={isPicked} onToggle={() => onPick(row.id)} isAt={isAt} />}
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={isOpen ? detail : undefined}
          aria-label={`Evidence: ${about}`}
          onClick={() => onOpen(row.id)}
          className="moves grid size-6 flex-none place-items-center rounded-2 text-text-3 hover:text-text max-sm:-mt-0.5 max-sm:self-start"
        >
          <ChevronRight aria-hidden className={cx('size-3.5', isOpen && 'rotate-90')} />
        </button>
        <span className="flex-none max-sm:mt-1 max-sm:self-start">
          <KindMark row={row} />
        </span>
        <div className="min-w-0 flex-1 max-sm:basis-[60%]">
          <AccountLink account={row.account} />
          <p className="text-text-2 sm:truncate" title={row.sentence}>
            {row.sentence}
          </p>
        </div>
        <div className="sm:w-28 sm:flex-none max-sm:basis-full max-sm:pl-0">
          <Evidence row={row} />
        </div>
        <span className="flex sm:w-42 sm:flex-none" title={row.snoozeReason ?? undefined}>
          <Chip tone={tone}>{words(row, reader)}</Chip>
        </span>
        <Who person={row.assignee} className="sm:w-32 sm:flex-none" />
        <time
          dateTime={row.openedAt}
          title={`${fullDay(row.openedOn as Day, reader)}; opened ${exactMoment(row.openedAt, reader)}`}
          className="text-12 whitespace-nowrap text-text-3 tabular-nums sm:w-30 sm:flex-none sm:text-right"
        >
          {nearDay(row.openedOn as Day, reader)}
        </time>
      </div>
      <RowActions about={about} actions={actionsFor([row])} isAt={isAt} />
      {isOpen && <AlertDetail id={detail} row={row} />}
    </li>
  );
});
AlertRow.displayName = 'AlertRow';

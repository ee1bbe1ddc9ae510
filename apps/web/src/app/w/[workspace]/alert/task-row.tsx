'use client';
import type { Day } from '@tideline/domain/calendar';
import { Bell, BellOff, Check } from 'lucide-react';
import { memo } from 'react';
import { clearedWords } from '../../../../lib/cleared-words.ts';
import { Chip } from '../../../../ui/chip.tsx';
import { cx } from '../../../../ui/cx.ts';
import { fullDay, nearDay } from '../../../../ui/format.ts';
import type { TaskItem } from './address.ts';
import { AccountLink, PickBox, RowActions, Who, type Action } from './row-parts.tsx';
import { useScene } from './scene.ts';
import { rowMark } from './use-rows.ts';

type TaskRowProps = {
  row: TaskItem;
  isAt: boolean;
  isPicked: boolean;
  actionsFor: (ids: string[]) => Action[];
  onPick: (id: string) => void;
  /** Marks it done, or open again. */
  onFlip: (id: string) => void;
};

/** The round box that closes a task. */
const DoneBox = ({ row, onFlip }: Pick<TaskRowProps, 'row' | 'onFlip'>) => (
  <button
    type="button"
    role="checkbox"
    aria-checked={row.state === 'done'}
    aria-label={`Done: ${row.title}`}
    onClick={() => onFlip(row.id)}
    className="moves grid size-6 flex-none place-items-center rounded-full max-sm:-mt-0.5 max-sm:self-start"
  >
    <span
      className={cx(
        'grid size-4 place-items-center rounded-full border-[1.5px]',
        row.state === 'done' ? 'border-accent bg-accent text-on-accent' : 'border-line-control text-transparent hover:text-text-3',
      )}
    >
      <Check aria-hidden className="size-2.5 stroke-[3]" />
    </span>
  </button>
);

const Due = ({ row }: { row: TaskItem }) => {
  const { reader } = useScene();
  if (!row.dueDay) return <span className="text-12 text-text-3 sm:w-34 sm:flex-none">No due day</span>;
  const day = row.dueDay as Day;
  return (
    <time
      dateTime={row.dueDay}
      title={fullDay(day, reader)}
      className={cx('text-12 whitespace-nowrap tabular-nums sm:w-34 sm:flex-none', row.overdue ? 'font-medium text-risk-text' : 'text-text-2')}
    >
      {row.overdue ? 'Overdue' : 'Due'} {nearDay(day, reader)}
    </time>
  );
};

/** The alert a task came from, or that it has cleared by itself meanwhile: then the task may need no more than a tick. */
const FromAlert = ({ alert: { sentence, clearedOn } }: { alert: NonNullable<TaskItem['alert']> }) => {
  const { reader } = useScene();
  const Icon = clearedOn ? BellOff : Bell;
  return (
    <p className="flex items-start gap-1 text-12 text-text-3" title={sentence}>
      <Icon aria-hidden className="mt-0.5 size-3 flex-none" />
      {!clearedOn && <span className="sr-only">From the alert: </span>}
      <span className={cx('sm:truncate', clearedOn && 'text-text-2')}>{clearedOn ? clearedWords(clearedOn, reader) : sentence}</span>
    </p>
  );
};

/** One task: what is to be done for whom by when, whose it is, and the alert it came from. */
export const TaskRow = memo(({ row, isAt, isPicked, actionsFor, onPick, onFlip }: TaskRowProps) => {
  const { allowed } = useScene();
  return (
    <li {...rowMark(row.id)} className={cx('group/row relative border-b border-line hover:bg-bg-hover', (isPicked || isAt) && 'bg-bg-selected')}>
      <div className="flex min-h-row items-center gap-x-2.5 px-4 py-1.5 max-sm:flex-wrap max-sm:gap-y-1.5 max-sm:py-3 max-sm:pr-12">
        {allowed.task && <PickBox about={row.title} checked={isPicked} onToggle={() => onPick(row.id)} isAt={isAt} />}
        {allowed.task && <DoneBox row={row} onFlip={onFlip} />}
        <div className="min-w-0 flex-1 max-sm:basis-[60%]">
          <p className={cx('sm:truncate', row.state === 'open' ? 'text-text' : 'text-text-3')} title={row.note || row.title}>
            {row.title}
          </p>
          {row.outcome ? <p className="text-12 text-text-3 sm:truncate">{row.outcome}</p> : row.alert && <FromAlert alert={row.alert} />}
        </div>
        <div className="min-w-0 sm:w-52 sm:flex-none max-sm:basis-full">
          <AccountLink account={row.account} />
        </div>
        <Due row={row} />
        <Who person={row.owner} className="sm:w-32 sm:flex-none" />
        {row.state !== 'open' && <Chip tone={row.state === 'done' ? 'healthy' : 'quiet'}>{row.state === 'done' ? 'Done' : 'Dismissed'}</Chip>}
      </div>
      <RowActions about={row.title} actions={actionsFor([row.id])} isAt={isAt} />
    </li>
  );
});
TaskRow.displayName = 'TaskRow';

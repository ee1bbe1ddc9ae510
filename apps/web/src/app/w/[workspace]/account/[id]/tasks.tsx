'use client';
import type { AccountPages } from '@tideline/contracts/account-page';
import type { Day } from '@tideline/domain/calendar';
import { Plus } from 'lucide-react';
import { useOptimistic, useTransition } from 'react';
import { clearedWords } from '../../../../../lib/cleared-words.ts';
import { Checkbox } from '../../../../../ui/checkbox.tsx';
import { cx } from '../../../../../ui/cx.ts';
import { When } from '../../../../../ui/figure.tsx';
import type { Reader } from '../../../../../ui/format.ts';
import { IconButton } from '../../../../../ui/icon-button.tsx';
import { SectionTitle } from '../../../../../ui/page-header.tsx';

type Task = AccountPages['Task'];
/** `onMove` and `onAdd` are null where this person only looks. */
type Props = { tasks: readonly Task[]; reader: Reader; onMove: ((task: Task, to: 'done' | 'reopen') => Promise<void>) | null; onAdd: (() => void) | null };

/** Open tasks by due day, then the last ones closed; ticking one closes it, ticking again opens it. */
export const Tasks = ({ tasks, reader, onMove, onAdd }: Props) => {
  const [, start] = useTransition();
  const [shown, tick] = useOptimistic(tasks, (now: readonly Task[], change: { id: string; state: Task['state'] }) =>
    now.map((task) => (task.id === change.id ? { ...task, state: change.state } : task)),
  );
  const move = (task: Task) =>
    start(async () => {
      tick({ id: task.id, state: task.state === 'open' ? 'done' : 'open' });
      await onMove?.(task, task.state === 'open' ? 'done' : 'reopen');
    });
  const open = shown.filter((task) => task.state === 'open').length;
  return (
    <section id="tasks" className="scroll-mt-14">
      <SectionTitle
        title="Tasks"
        sub={`${open} open`}
        aside={
          onAdd && (
            <IconButton label="New task" hint="t" onClick={onAdd}>
              <Plus aria-hidden />
            </IconButton>
          )
        }
      />
      {tasks.length === 0 && <p className="py-1 text-text-2">None. Alerts open them by themselves, or you add one.</p>}
      <ul>
        {shown.map((task) => (
          <li key={task.id} className="flex items-start gap-2.5 py-1.5">
            <span className="flex h-5 items-center">
              <Checkbox
                checked={task.state !== 'open'}
                disabled={!onMove}
                onCheckedChange={() => move(task)}
                aria-label={task.state === 'open' ? `Done: ${task.title}` : `Open again: ${task.title}`}
              />
            </span>
            <span className="min-w-0 flex-1 break-words">
              <span className={cx(task.state !== 'open' && 'text-text-3')}>{task.title}</span>
              {task.alertClearedOn && task.state === 'open' && <span className="block text-12 text-text-3">{clearedWords(task.alertClearedOn, reader)}</span>}
              {task.note && task.state === 'open' && <span className="block text-12 text-text-3">{task.note}</span>}
            </span>
            {task.dueDay && task.state === 'open' && (
              <When day={task.dueDay as Day} reader={reader} className={task.dueDay <= reader.today ? 'text-risk-text' : 'text-text-3'} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
};

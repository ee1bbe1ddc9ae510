'use client';
import type { AccountPages } from '@tideline/contracts/account-page';
import type { Day } from '@tideline/domain/calendar';
import { useRouter } from 'next/navigation';
import { api } from '../../../../../lib/api.ts';
import { clearedWords } from '../../../../../lib/cleared-words.ts';
import { problemText } from '../../../../../lib/request.ts';
import { Checkbox } from '../../../../../ui/checkbox.tsx';
import { nearDay, type Reader } from '../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../ui/page-header.tsx';
import { failed } from '../../../../../ui/toast.tsx';

type Props = { workspace: string; tasks: readonly AccountPages['Task'][]; reader: Reader; mayWrite: boolean };

/** Open tasks by due day, then the last ones closed; ticking one closes it, ticking again opens it. */
export const Tasks = ({ workspace, tasks, reader, mayWrite }: Props) => {
  const router = useRouter();
  const move = async (id: string, isDone: boolean) => {
    try {
      await api(workspace).call('moveTasks', { body: { move: isDone ? 'reopen' : 'done', ids: [id] } });
      router.refresh();
    } catch (error) {
      failed('The task stays as it was', problemText(error));
    }
  };
  const open = tasks.filter((task) => task.state === 'open').length;
  return (
    <section>
      <SectionTitle title="Tasks" sub={`${open} open`} />
      {tasks.length === 0 && <p className="py-2 text-text-2">No task. Alerts open them; Task above adds one.</p>}
      <ul>
        {tasks.map((task) => (
          <li key={task.id} className="flex items-start gap-2 py-1.5">
            <Checkbox
              checked={task.state !== 'open'}
              disabled={!mayWrite}
              onCheckedChange={() => void move(task.id, task.state !== 'open')}
              aria-label={task.state === 'open' ? `Done: ${task.title}` : `Open again: ${task.title}`}
            />
            <span className={task.state === 'open' ? 'min-w-0 flex-1' : 'min-w-0 flex-1 text-text-3'}>
              {task.title}
              {task.alertClearedOn && task.state === 'open' && <span className="block text-12 text-text-3">{clearedWords(task.alertClearedOn, reader)}</span>}
            </span>
            {task.dueDay && task.state === 'open' && (
              <span className={task.dueDay < reader.today ? 'text-risk-text' : 'text-text-3'}>{nearDay(task.dueDay as Day, reader)}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
};

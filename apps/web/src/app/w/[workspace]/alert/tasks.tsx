'use client';
import { CalendarClock, Check, MessageSquareText, Pencil, Undo2, UserRound, X } from 'lucide-react';
import { useCallback, useMemo, type ReactNode } from 'react';
import { api } from '../../../../lib/api.ts';
import { useKeys } from '../../../../shell/keys.tsx';
import { Button } from '../../../../ui/button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { counted } from '../../../../ui/format.ts';
import { useLatest } from '../../../../ui/use-latest.ts';
import type { InboxAddress, SetAddress, TaskItem } from './address.ts';
import { AskWords } from './ask-words.tsx';
import { AssignDialog } from './assign-dialog.tsx';
import { ListFrame } from './list-frame.tsx';
import { PostponeDialog } from './postpone-dialog.tsx';
import { ChosenBar, type Action } from './row-parts.tsx';
import { useScene } from './scene.ts';
import { taskActs, type TaskGiven } from './task-acts.ts';
import { TaskDialog } from './task-dialog.tsx';
import { TaskRow } from './task-row.tsx';
import { useActs, type Act } from './use-acts.ts';
import type { List } from './use-list.ts';
import { useRows } from './use-rows.ts';

export type TaskAsking = { kind: 'new' | 'edit' | 'done' | 'dismiss' | 'postpone' | 'assign'; ids: string[] };
type TasksProps = {
  address: InboxAddress;
  set: SetAddress;
  list: List<TaskItem>;
  isMine: boolean;
  onChanged: () => void;
  asking: TaskAsking | null;
  ask: (asking: TaskAsking | null) => void;
};

const useTaskActs = ({ address, list, onChanged }: TasksProps) => {
  const { workspace, reader } = useScene();
  const { act, undo } = useActs(onChanged);
  const client = useMemo(() => api(workspace), [workspace]);
  const given = (ids: readonly string[]): TaskGiven => ({
    client,
    reader,
    rows: list.held.items.filter(({ id }) => ids.includes(id)),
    show: (some, change) =>
      list.patch(some, (row) => {
        const next = change(row);
        return next.state === address.task ? next : null;
      }),
  });
  return { act, undo, given };
};

type Kind = 'flip' | Exclude<TaskAsking['kind'], 'new'>;
type KindOf = { kind: Kind; label: string; hint: string; icon: ReactNode; /** Makes sense for one task alone. */ single?: true };

/** What may be done with open tasks, as buttons and as keys; a closed one can only be opened again. */
const openKinds: readonly KindOf[] = [
  { kind: 'flip', label: 'Done', hint: 'e', icon: <Check aria-hidden /> },
  { kind: 'done', label: 'Done, with what came of it', hint: 'o', icon: <MessageSquareText aria-hidden /> },
  { kind: 'postpone', label: 'Postpone', hint: 's', icon: <CalendarClock aria-hidden /> },
  { kind: 'assign', label: 'Give to …', hint: 'w', icon: <UserRound aria-hidden /> },
  { kind: 'edit', label: 'Edit', hint: 'i', icon: <Pencil aria-hidden />, single: true },
  { kind: 'dismiss', label: 'Dismiss', hint: 'd', icon: <X aria-hidden /> },
];
const closedKinds: readonly KindOf[] = [{ kind: 'flip', label: 'Reopen', hint: 'e', icon: <Undo2 aria-hidden /> }];

const useTaskActions = ({ address, ask }: TasksProps, { act, given }: ReturnType<typeof useTaskActs>) => {
  const { allowed } = useScene();
  const isOpen = address.task === 'open';
  const run = (kind: Kind, ids: string[]) => {
    if (kind !== 'flip') ask({ kind, ids: kind === 'edit' ? ids.slice(0, 1) : ids });
    else void act(isOpen ? taskActs.done(given(ids), '') : taskActs.reopen(given(ids)));
  };
  const latest = useLatest(run);
  const kinds = !allowed.task ? nothingToDo : isOpen ? openKinds : closedKinds;
  // Never another function: a row is drawn again when the row changes, not with every key and click.
  const actionsFor = useCallback(
    (ids: string[]): Action[] =>
      kinds
        .filter(({ single }) => !single || ids.length === 1)
        .map(({ kind, label, hint, icon }) => ({ label, hint, icon, run: () => latest.current(kind, ids) })),
    [kinds, latest],
  );
  const flip = useCallback((id: string) => latest.current('flip', [id]), [latest]);
  const keys = kinds.map(({ kind, label, hint }) => ({ keys: hint, label, run: (ids: string[]) => run(kind, ids) }));
  return { actionsFor, flip, keys };
};
const nothingToDo: readonly KindOf[] = [];

/** The tasks of the inbox, the first due first. */
export const Tasks = (props: TasksProps) => {
  const { address, set, list, isMine, asking, ask } = props;
  const { allowed } = useScene();
  const acts = useTaskActs(props);
  const { actionsFor, flip, keys } = useTaskActions(props, acts);
  const rows = useRows(list.held.items, keys, acts.undo, allowed.task);
  useKeys(
    useMemo(() => (allowed.task ? [{ keys: 'n', label: 'New task', group: 'List', run: () => ask({ kind: 'new', ids: [] }) }] : []), [allowed.task, ask]),
  );
  return (
    <>
      <ListFrame
        label="Tasks"
        noun="task"
        list={list}
        rows={rows}
        mayChoose={allowed.task}
        empty={<Nothing address={address} set={set} isMine={isMine} onNew={allowed.task ? () => ask({ kind: 'new', ids: [] }) : null} />}
        row={(row) => (
          <TaskRow
            key={row.id}
            row={row}
            isAt={rows.at === row.id}
            isPicked={rows.picked.has(row.id)}
            actionsFor={actionsFor}
            onPick={rows.toggle}
            onFlip={flip}
          />
        )}
      />
      <ChosenBar count={rows.chosen.length} noun="task" actions={actionsFor(rows.chosen.map(({ id }) => id))} onClear={rows.clear} />
      {asking && (
        <Question
          asking={asking}
          given={acts.given(asking.ids)}
          onClose={() => ask(null)}
          onAct={(one) => {
            ask(null);
            rows.clear();
            void acts.act(one);
          }}
        />
      )}
    </>
  );
};

type QuestionProps = { asking: TaskAsking; given: TaskGiven; onClose: () => void; onAct: (act: Act) => void };

const Question = ({ asking: { kind }, given, onClose, onAct }: QuestionProps) => {
  const [only] = given.rows;
  const what = given.rows.length === 1 && only ? `“${only.title}”` : counted(given.rows.length, 'task');
  const asks = {
    new: () => <TaskDialog task={null} onClose={onClose} onTask={(draft) => onAct(taskActs.create(given, draft))} />,
    edit: () => only && <TaskDialog task={only} onClose={onClose} onTask={(draft) => onAct(taskActs.edit(given, draft))} />,
    postpone: () => <PostponeDialog what={what} onClose={onClose} onPostpone={(day) => onAct(taskActs.postpone(given, day))} />,
    assign: () => <AssignDialog what={what} onClose={onClose} onAssign={(person) => onAct(taskActs.assign(given, person))} />,
    done: () => (
      <AskWords title={`Done: ${what}`} label="What came of it" action="Done" onClose={onClose} onWords={(words) => onAct(taskActs.done(given, words))} />
    ),
    dismiss: () => (
      <AskWords
        title={`Dismiss ${what}`}
        label="Why it is not worth doing"
        action="Dismiss"
        required="Say why it is not worth doing: it teaches the rule"
        onClose={onClose}
        onWords={(words) => onAct(taskActs.dismiss(given, words))}
      />
    ),
  } as const satisfies Record<TaskAsking['kind'], () => ReactNode>;
  return asks[kind]();
};

const nothings = { overdue: 'Nothing is overdue.', today: 'Nothing is due today.', week: 'Nothing is due this week.' } as const;

const Nothing = ({ address, set, isMine, onNew }: Pick<TasksProps, 'address' | 'set' | 'isMine'> & { onNew: (() => void) | null }) => {
  const closed = { done: 'Nothing done yet.', dismissed: 'Nothing dismissed.', open: isMine ? 'You have no open tasks.' : 'There are no open tasks.' };
  const due = address.task === 'open' ? address.due : null;
  return (
    <EmptyState
      title={due ? nothings[due] : closed[address.task]}
      actions={
        <>
          {onNew && (
            <Button hint="n" onClick={onNew}>
              New task
            </Button>
          )}
          {due && <Button onClick={() => set({ due: null }, { history: 'push' })}>Whenever due</Button>}
          {isMine && <Button onClick={() => set({ owner: 'anyone' }, { history: 'push' })}>Everyone’s tasks</Button>}
        </>
      }
    >
      Tasks come from alerts, or are written by hand.
    </EmptyState>
  );
};

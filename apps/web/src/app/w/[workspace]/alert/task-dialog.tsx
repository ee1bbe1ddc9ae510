'use client';
import type { Day } from '@tideline/domain/calendar';
import { dueDay } from '@tideline/domain/task';
import { useState } from 'react';
import { AccountField } from '../../../../lib/account-field.tsx';
import { Combobox } from '../../../../ui/combobox.tsx';
import { Field } from '../../../../ui/field.tsx';
import { Input } from '../../../../ui/input.tsx';
import { Textarea } from '../../../../ui/textarea.tsx';
import { AskDialog } from '../../../../ui/ask-dialog.tsx';
import type { TaskItem } from './address.ts';
import { NOBODY, people } from './assign-dialog.tsx';
import { useScene } from './scene.ts';

export type TaskDraft = { account: string; title: string; note: string; owner: string | null; dueDay: Day | null };

/** A new task, or an open one changed. A new one is the account owner's until somebody is named. */
export const TaskDialog = ({ task, onClose, onTask }: { task: TaskItem | null; onClose: () => void; onTask: (draft: TaskDraft) => void }) => {
  const scene = useScene();
  const [account, setAccount] = useState<string | null>(task?.account.id ?? null);
  const [title, setTitle] = useState(task?.title ?? '');
  const [note, setNote] = useState(task?.note ?? '');
  const [owner, setOwner] = useState<string>(task ? (task.owner?.id ?? NOBODY) : scene.me.id);
  const [due, setDue] = useState<string>(task ? (task.dueDay ?? '') : dueDay('normal', scene.reader.today));
  const [tried, setTried] = useState(false);
  const submit = () => {
    setTried(true);
    if (account === null || title.trim() === '') return;
    onTask({ account, title: title.trim(), note: note.trim(), owner: owner === NOBODY ? null : owner, dueDay: due === '' ? null : (due as Day) });
  };
  return (
    <AskDialog title={task ? `Edit task for ${task.account.name}` : 'New task'} action={task ? 'Save' : 'Add task'} onClose={onClose} onSubmit={submit}>
      <Field label="What to do" error={tried && title.trim() === '' ? 'Say what is to be done' : undefined}>
        {(control) => <Input {...control} value={title} maxLength={200} onChange={(event) => setTitle(event.target.value)} />}
      </Field>
      {!task && (
        <Field label="Account" error={tried && account === null ? 'Choose an account' : undefined}>
          {(control) => <AccountField workspace={scene.workspace} control={control} value={account} onChange={setAccount} />}
        </Field>
      )}
      <Field label="Who does it">{(control) => <Combobox {...control} label="Who does it" options={people(scene)} value={owner} onChange={setOwner} />}</Field>
      <Field label="Due" optional>
        {(control) => <Input {...control} type="date" value={due} onChange={(event) => setDue(event.target.value)} />}
      </Field>
      <Field label="Note" optional>
        {(control) => <Textarea {...control} value={note} maxLength={5_000} onChange={(event) => setNote(event.target.value)} />}
      </Field>
    </AskDialog>
  );
};

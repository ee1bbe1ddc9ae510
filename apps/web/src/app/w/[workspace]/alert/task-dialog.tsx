'use client';
import type { Day } from '@tideline/domain/calendar';
import { dueDay } from '@tideline/domain/task';
import { useEffect, useState } from 'react';
import { api } from '../../../../lib/api.ts';
import { problemText } from '../../../../lib/request.ts';
import { Combobox } from '../../../../ui/combobox.tsx';
import { Field, type FieldControl } from '../../../../ui/field.tsx';
import { Input } from '../../../../ui/input.tsx';
import type { Option } from '../../../../ui/select.tsx';
import { Textarea } from '../../../../ui/textarea.tsx';
import { AskDialog } from '../../../../ui/ask-dialog.tsx';
import type { TaskItem } from './address.ts';
import { NOBODY, people } from './assign-dialog.tsx';
import { useScene } from './scene.ts';

export type TaskDraft = { account: string; title: string; note: string; owner: string | null; dueDay: Day | null };

/** Accounts found by typing. */
const AccountField = ({ control, value, onChange }: { control: FieldControl; value: string | null; onChange: (id: string) => void }) => {
  const { workspace } = useScene();
  const [q, setQ] = useState('');
  const [found, setFound] = useState<Option[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    const find = async () => {
      try {
        const { items } = await api(workspace).call('findAccounts', { query: { q }, signal: stop.signal });
        setFound(items.map(({ id, name, externalId }) => ({ value: id, label: name, hint: externalId })));
        setProblem(null);
      } catch (error) {
        if (!stop.signal.aborted) setProblem(problemText(error));
      }
    };
    const timer = setTimeout(() => void find(), 150);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [workspace, q]);
  const [kept, keep] = useState<Option | null>(null);
  const options = kept && !found.some((one) => one.value === kept.value) ? [kept, ...found] : found;
  const choose = (id: string) => {
    keep(options.find((one) => one.value === id) ?? null);
    onChange(id);
  };
  return (
    <>
      <Combobox {...control} label="Account" options={options} value={value} onChange={choose} onSearch={setQ} />
      {problem && <p className="mt-1 text-12 text-risk-text">{problem}</p>}
    </>
  );
};

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
          {(control) => <AccountField control={control} value={account} onChange={setAccount} />}
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

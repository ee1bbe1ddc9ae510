'use client';
import type { Day } from '@tideline/domain/calendar';
import { dueDay } from '@tideline/domain/task';
import { useState } from 'react';
import { Field } from '../../../../ui/field.tsx';
import type { Reader } from '../../../../ui/format.ts';
import { Input } from '../../../../ui/input.tsx';
import { Textarea } from '../../../../ui/textarea.tsx';
import { AskDialog } from '../../../../ui/ask-dialog.tsx';
import type { NewTask } from './changes.ts';

type TaskDialogProps = { what: string; reader: Reader; suggestion: string; onClose: () => void; onTask: (task: NewTask) => void };

/** One step with a date, for one account or for each of several; offers what the reason suggests. */
export const TaskDialog = ({ what, reader, suggestion, onClose, onTask }: TaskDialogProps) => {
  const [title, setTitle] = useState(suggestion);
  const [due, setDue] = useState<string>(dueDay('normal', reader.today));
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const submit = () => {
    setTried(true);
    if (title.trim() !== '') onTask({ title: title.trim(), dueDay: due === '' ? null : (due as Day), note: note.trim() });
  };
  return (
    <AskDialog title={`New task for ${what}`} action="Add task" onClose={onClose} onSubmit={submit}>
      <Field label="What to do" error={tried && title.trim() === '' ? 'Say what to do' : undefined}>
        {(control) => <Input {...control} value={title} maxLength={200} onChange={(event) => setTitle(event.target.value)} />}
      </Field>
      <Field label="Due" optional>
        {(control) => <Input {...control} type="date" value={due} onChange={(event) => setDue(event.target.value)} />}
      </Field>
      <Field label="Note" optional>
        {(control) => <Textarea {...control} value={note} maxLength={2_000} onChange={(event) => setNote(event.target.value)} />}
      </Field>
    </AskDialog>
  );
};

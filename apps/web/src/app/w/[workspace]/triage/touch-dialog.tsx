'use client';
import type { Day } from '@tideline/domain/calendar';
import { contactRoles, type ContactRole } from '@tideline/domain/contact';
import { useState } from 'react';
import { Field } from '../../../../ui/field.tsx';
import type { Reader } from '../../../../ui/format.ts';
import { Input } from '../../../../ui/input.tsx';
import { Segmented } from '../../../../ui/segmented.tsx';
import { Select } from '../../../../ui/select.tsx';
import { Textarea } from '../../../../ui/textarea.tsx';
import { AskDialog } from '../../../../ui/ask-dialog.tsx';
import type { Touch } from './changes.ts';

const kinds = [
  { value: 'call', label: 'Call' },
  { value: 'email', label: 'Mail' },
  { value: 'meeting', label: 'Meeting' },
  { value: 'note', label: 'Note' },
] as const satisfies readonly { value: Touch['kind']; label: string }[];

/** Somebody a touch may have been with. */
type Contact = { id: string; name: string; role: ContactRole };
type TouchDialogProps = {
  what: string;
  reader: Reader;
  kind: Touch['kind'];
  /** The account's people, where they are at hand; `contact`: the one that is chosen at first. */
  contacts?: readonly Contact[];
  contact?: string;
  onClose: () => void;
  onTouch: (touch: Touch) => void;
};
const NOBODY = 'nobody';

/** Logs what happened with an account, or keeps a note; a note is no touch, so it needs words and no day. */
export const TouchDialog = ({ what, reader, kind: first, contacts = [], contact: chosen, onClose, onTouch }: TouchDialogProps) => {
  const [kind, setKind] = useState<Touch['kind']>(first);
  const [body, setBody] = useState('');
  const [day, setDay] = useState<string>(reader.today);
  const [contact, setContact] = useState(chosen ?? NOBODY);
  const [tried, setTried] = useState(false);
  const isNote = kind === 'note';
  const missing = isNote && body.trim() === '';
  const late = !isNote && (day === '' || day > reader.today);
  const submit = () => {
    setTried(true);
    if (!missing && !late)
      onTouch({ kind, body: body.trim(), day: isNote ? reader.today : (day as Day), ...(isNote || contact === NOBODY ? {} : { contact }) });
  };
  return (
    <AskDialog title={isNote ? `Note on ${what}` : `Log with ${what}`} action={isNote ? 'Keep note' : 'Log'} onClose={onClose} onSubmit={submit}>
      <Segmented label="Kind" value={kind} onChange={setKind} options={kinds} className="self-start" />
      {!isNote && contacts.length > 0 && (
        <Field label="With">
          {(control) => (
            <Select {...control} options={[{ value: NOBODY, label: 'Nobody named' }, ...contacts.map(optionOf)]} value={contact} onChange={setContact} />
          )}
        </Field>
      )}
      <Field label={isNote ? 'Note' : 'What was said'} optional={!isNote} error={tried && missing ? 'Write what the note says' : undefined}>
        {(control) => <Textarea {...control} value={body} maxLength={4_000} onChange={(event) => setBody(event.target.value)} />}
      </Field>
      {!isNote && (
        <Field label="When" error={tried && late ? 'Choose today or a day before' : undefined}>
          {(control) => <Input {...control} type="date" value={day} max={reader.today} onChange={(event) => setDay(event.target.value)} />}
        </Field>
      )}
    </AskDialog>
  );
};

const optionOf = ({ id, name, role }: Contact) => ({ value: id, label: `${name}, ${contactRoles[role].label.toLowerCase()}` });

'use client';
import { addDays, workday, type Day } from '@tideline/domain/calendar';
import { snoozeProblem, snoozeReasons, SNOOZE_DAYS, type SnoozeReason } from '@tideline/domain/snooze';
import { useState } from 'react';
import { AskDialog } from '../ui/ask-dialog.tsx';
import { DayField } from '../ui/day-field.tsx';
import { Field } from '../ui/field.tsx';
import type { Reader } from '../ui/format.ts';
import { Input } from '../ui/input.tsx';
import { Select } from '../ui/select.tsx';

export type Snooze = { until: Day; reason: SnoozeReason; note: string };
const reasons = Object.entries(snoozeReasons).map(([value, { label }]) => ({ value: value as SnoozeReason, label }));
const dayFor = (reason: SnoozeReason, today: Day): Day => workday(addDays(today, snoozeReasons[reason].days));

type SnoozeDialogProps = {
  what: string;
  /** What happens until that day, in one sentence. */
  description: string;
  reader: Reader;
  onClose: () => void;
  onSnooze: (snooze: Snooze) => void;
};

/** Puts something aside until a day, with the reason: the reason offers the day. */
export const SnoozeDialog = ({ what, description, reader, onClose, onSnooze }: SnoozeDialogProps) => {
  const { today } = reader;
  const [reason, setReason] = useState<SnoozeReason>('waiting_for_customer');
  const [until, setUntil] = useState<Day>(dayFor('waiting_for_customer', today));
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const problem = snoozeProblem(until, reason, note, today) ?? undefined;
  const noteMissing = reason === 'other' && note.trim() === '';
  const submit = () => {
    setTried(true);
    if (!problem) onSnooze({ until, reason, note: note.trim() });
  };
  const because = (next: SnoozeReason) => {
    setReason(next);
    setUntil(dayFor(next, today));
  };
  return (
    <AskDialog title={`Snooze ${what}`} description={description} action="Snooze" onClose={onClose} onSubmit={submit}>
      <Field label="Reason">{(control) => <Select {...control} value={reason} options={reasons} onChange={because} />}</Field>
      <DayField
        label="Until"
        day={until}
        last={addDays(today, SNOOZE_DAYS)}
        reader={reader}
        onChange={setUntil}
        error={tried && !noteMissing ? problem : undefined}
      />
      <Field label="Note" optional={reason !== 'other'} error={tried && noteMissing ? problem : undefined}>
        {(control) => <Input {...control} value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />}
      </Field>
    </AskDialog>
  );
};

'use client';
import { addDays, weekday, type Day } from '@tideline/domain/calendar';
import { snoozeProblem, snoozeReasons, SNOOZE_DAYS, type SnoozeReason } from '@tideline/domain/snooze';
import { useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { Field } from '../../../../ui/field.tsx';
import { fullDay } from '../../../../ui/format.ts';
import { Input } from '../../../../ui/input.tsx';
import { Select } from '../../../../ui/select.tsx';
import { AskDialog } from '../../../../ui/ask-dialog.tsx';
import { useScene } from './scene.ts';

export type Snooze = { until: Day; reason: SnoozeReason; note: string };
const reasons = Object.entries(snoozeReasons).map(([value, { label }]) => ({ value: value as SnoozeReason, label }));

const offered = [
  { label: 'Tomorrow', day: (today: Day) => addDays(today, 1) },
  { label: 'Monday', day: (today: Day) => addDays(today, (8 - weekday(today)) % 7 || 7) },
  { label: '2 weeks', day: (today: Day) => addDays(today, 14) },
] as const;

const DayField = ({ label, day, last, onChange, error }: { label: string; day: Day; last?: Day; onChange: (day: Day) => void; error: string | undefined }) => {
  const { reader } = useScene();
  const { today } = reader;
  return (
    <div>
      <Field label={label} help={fullDay(day, reader)} error={error}>
        {(control) => (
          <Input
            {...control}
            type="date"
            value={day}
            min={addDays(today, 1)}
            {...(last ? { max: last } : {})}
            // An emptied date field keeps the day it had: there is always a day to show.
            onChange={(event) => event.target.value !== '' && onChange(event.target.value as Day)}
          />
        )}
      </Field>
      <div role="group" aria-label="Offered days" className="mt-2 flex flex-wrap gap-1">
        {offered.map((one) => (
          <Button
            key={one.label}
            size="sm"
            aria-pressed={one.day(today) === day}
            onClick={() => onChange(one.day(today))}
            className="aria-pressed:bg-bg-selected"
          >
            {one.label}
          </Button>
        ))}
      </div>
    </div>
  );
};

/** Puts alerts aside until a day, with the reason: the reason offers the day. */
export const SnoozeDialog = ({ what, onClose, onSnooze }: { what: string; onClose: () => void; onSnooze: (snooze: Snooze) => void }) => {
  const { reader } = useScene();
  const [reason, setReason] = useState<SnoozeReason>('waiting_for_customer');
  const [until, setUntil] = useState<Day>(addDays(reader.today, snoozeReasons.waiting_for_customer.days));
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const problem = snoozeProblem(until, reason, note, reader.today) ?? undefined;
  const noteMissing = reason === 'other' && note.trim() === '';
  const submit = () => {
    setTried(true);
    if (!problem) onSnooze({ until, reason, note: note.trim() });
  };
  const because = (next: SnoozeReason) => {
    setReason(next);
    setUntil(addDays(reader.today, snoozeReasons[next].days));
  };
  return (
    <AskDialog title={`Snooze ${what}`} description="Opens again on the morning of that day." action="Snooze" onClose={onClose} onSubmit={submit}>
      <Field label="Reason">{(control) => <Select {...control} value={reason} options={reasons} onChange={because} />}</Field>
      <DayField label="Until" day={until} last={addDays(reader.today, SNOOZE_DAYS)} onChange={setUntil} error={tried && !noteMissing ? problem : undefined} />
      <Field label="Note" optional={reason !== 'other'} error={tried && noteMissing ? problem : undefined}>
        {(control) => <Input {...control} value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />}
      </Field>
    </AskDialog>
  );
};

/** Moves tasks to another day. */
export const PostponeDialog = ({ what, onClose, onPostpone }: { what: string; onClose: () => void; onPostpone: (day: Day) => void }) => {
  const { reader } = useScene();
  const [day, setDay] = useState<Day>(addDays(reader.today, 1));
  const [tried, setTried] = useState(false);
  const problem = day <= reader.today ? 'Choose a day after today' : undefined;
  const submit = () => {
    setTried(true);
    if (!problem) onPostpone(day);
  };
  return (
    <AskDialog title={`Postpone ${what}`} action="Postpone" onClose={onClose} onSubmit={submit}>
      <DayField label="New due day" day={day} onChange={setDay} error={tried ? problem : undefined} />
    </AskDialog>
  );
};

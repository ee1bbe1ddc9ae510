'use client';
import { addDays, weekday, type Day } from '@tideline/domain/calendar';
import { snoozeProblem, snoozeReasons, SNOOZE_DAYS, type SnoozeReason } from '@tideline/domain/snooze';
import { useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { Field } from '../../../../ui/field.tsx';
import { fullDay, type Reader } from '../../../../ui/format.ts';
import { Input } from '../../../../ui/input.tsx';
import { Select } from '../../../../ui/select.tsx';
import { AskDialog } from '../../../../ui/ask-dialog.tsx';
import type { Snooze } from './changes.ts';

const reasons = Object.entries(snoozeReasons).map(([value, { label }]) => ({ value: value as SnoozeReason, label }));

/** A day to come back to work on: what falls on a weekend waits for Monday. */
const workday = (day: Day): Day => addDays(day, { 6: 2, 0: 1 }[weekday(day)] ?? 0);
/** The next Monday after today. */
const monday = (today: Day): Day => addDays(today, (8 - weekday(today)) % 7 || 7);
const quick = [
  { label: 'Tomorrow', day: (today: Day) => addDays(today, 1) },
  { label: 'Monday', day: monday },
  { label: '2 weeks', day: (today: Day) => workday(addDays(today, 14)) },
  { label: 'A month', day: (today: Day) => workday(addDays(today, 30)) },
] as const;

/** Puts accounts aside until a day, with the reason: the reason offers the day. */
export const SnoozeDialog = ({
  what,
  reader,
  onClose,
  onSnooze,
}: {
  what: string;
  reader: Reader;
  onClose: () => void;
  onSnooze: (snooze: Snooze) => void;
}) => {
  const [reason, setReason] = useState<SnoozeReason>('waiting_for_customer');
  const [until, setUntil] = useState<Day>(workday(addDays(reader.today, snoozeReasons.waiting_for_customer.days)));
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const problem = snoozeProblem(until, reason, note, reader.today) ?? undefined;
  const noteMissing = reason === 'other' && note.trim() === '';
  const submit = () => {
    setTried(true);
    if (problem) return;
    const { label } = snoozeReasons[reason];
    onSnooze({ until, reason, note: note.trim(), words: reason === 'other' ? note.trim() : [label, note.trim()].filter(Boolean).join(': ') });
  };
  const because = (next: SnoozeReason) => {
    setReason(next);
    setUntil(workday(addDays(reader.today, snoozeReasons[next].days)));
  };
  return (
    <AskDialog title={`Snooze ${what}`} description="Out of triage until the morning of that day." action="Snooze" onClose={onClose} onSubmit={submit}>
      <Field label="Reason">{(control) => <Select {...control} value={reason} options={reasons} onChange={because} />}</Field>
      <div>
        <UntilField reader={reader} until={until} onChange={setUntil} error={tried && !noteMissing ? problem : undefined} />
      </div>
      <Field label="Note" optional={reason !== 'other'} error={tried && noteMissing ? problem : undefined}>
        {(control) => <Input {...control} value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />}
      </Field>
    </AskDialog>
  );
};

const UntilField = ({ reader, until, onChange, error }: { reader: Reader; until: Day; onChange: (day: Day) => void; error: string | undefined }) => {
  const { today } = reader;
  return (
    <>
      <Field label="Until" help={fullDay(until, reader)} error={error}>
        {(control) => (
          <Input
            {...control}
            type="date"
            value={until}
            min={addDays(today, 1)}
            max={addDays(today, SNOOZE_DAYS)}
            onChange={(event) => onChange(event.target.value as Day)}
          />
        )}
      </Field>
      <div role="group" aria-label="Offered days" className="mt-2 flex flex-wrap gap-1">
        {quick.map(({ label, day }) => (
          <Button key={label} size="sm" aria-pressed={day(today) === until} onClick={() => onChange(day(today))} className="aria-pressed:bg-bg-selected">
            {label}
          </Button>
        ))}
      </div>
    </>
  );
};

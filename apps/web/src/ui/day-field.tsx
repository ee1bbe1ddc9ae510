'use client';
import { addDays, weekday, workday, type Day } from '@tideline/domain/calendar';
import { Button } from './button.tsx';
import { Field } from './field.tsx';
import { fullDay, type Reader } from './format.ts';
import { Input } from './input.tsx';

/** Days one comes back to work on; two names for one day are offered once. */
const offered = (today: Day, last: Day | undefined) => {
  const named = [
    { label: 'Tomorrow', day: addDays(today, 1) },
    { label: 'Monday', day: addDays(today, (8 - weekday(today)) % 7 || 7) },
    { label: '2 weeks', day: workday(addDays(today, 14)) },
    { label: 'A month', day: workday(addDays(today, 30)) },
  ];
  return named.filter(({ day }, i) => (last === undefined || day <= last) && named.findIndex((one) => one.day === day) === i);
};

type DayFieldProps = { label: string; day: Day; last?: Day; reader: Reader; error: string | undefined; onChange: (day: Day) => void };

/** A day after today, written or chosen from those one mostly means. */
export const DayField = ({ label, day, last, reader, error, onChange }: DayFieldProps) => (
  <div>
    <Field label={label} help={fullDay(day, reader)} error={error}>
      {(control) => (
        <Input
          {...control}
          type="date"
          value={day}
          min={addDays(reader.today, 1)}
          {...(last ? { max: last } : {})}
          // An emptied date field keeps the day it had: there is always a day to show.
          onChange={(event) => event.target.value !== '' && onChange(event.target.value as Day)}
        />
      )}
    </Field>
    <div role="group" aria-label="Offered days" className="mt-2 flex flex-wrap gap-1">
      {offered(reader.today, last).map((one) => (
        <Button key={one.label} size="sm" aria-pressed={one.day === day} onClick={() => onChange(one.day)} className="aria-pressed:bg-bg-selected">
          {one.label}
        </Button>
      ))}
    </div>
  </div>
);

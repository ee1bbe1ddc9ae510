'use client';
import { addDays, type Day } from '@tideline/domain/calendar';
import { parseAsString, useQueryStates } from 'nuqs';
import { Field } from '../../../../../../ui/field.tsx';
import { fullDay, type Reader } from '../../../../../../ui/format.ts';
import { Input } from '../../../../../../ui/input.tsx';

const keys = { from: parseAsString, to: parseAsString };

/** Two days with a score; the address carries them. An emptied field keeps the day it had. */
export const DayChoice = ({ from, to, first, last, reader }: { from: Day; to: Day; first: Day; last: Day; reader: Reader }) => {
  const [, set] = useQueryStates(keys, { shallow: false, history: 'push', scroll: false });
  const field = (name: 'from' | 'to', label: string, day: Day, min: Day, max: Day) => (
    <Field label={label} help={fullDay(day, reader)}>
      {(control) => (
        <Input
          {...control}
          key={day}
          type="date"
          defaultValue={day}
          min={min}
          max={max}
          className="w-40"
          onChange={({ target }) => target.value !== '' && target.validity.valid && void set({ [name]: target.value })}
        />
      )}
    </Field>
  );
  return (
    <form aria-label="Days to compare" className="flex flex-wrap gap-4" onSubmit={(event) => event.preventDefault()}>
      {field('from', 'From', from, first, addDays(to, -1))}
      {field('to', 'To', to, addDays(from, 1), last)}
    </form>
  );
};

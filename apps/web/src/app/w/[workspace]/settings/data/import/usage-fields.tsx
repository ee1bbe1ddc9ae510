'use client';
import { timeForms, type TimeForm } from '@tideline/domain/written-time';
import { Checkbox } from '../../../../../../ui/checkbox.tsx';
import { MultiCombobox } from '../../../../../../ui/combobox.tsx';
import { ChoiceField, Field } from '../../../../../../ui/field.tsx';
import { Input } from '../../../../../../ui/input.tsx';
import { SectionTitle } from '../../../../../../ui/page-header.tsx';
import { Segmented } from '../../../../../../ui/segmented.tsx';
import { Select } from '../../../../../../ui/select.tsx';
import { ColumnField, optionsOf } from './column-field.tsx';
import type { UsageDraft } from './draft.ts';
import { timeFormOf, type Look } from './guess.ts';
import { RowFilter } from './row-filter.tsx';
import { ValueField } from './value-field.tsx';

type Props = {
  look: Look;
  usage: UsageDraft;
  missing: Partial<Record<'account' | 'event' | 'time', string>>;
  timeZone: string;
  onChange: (next: UsageDraft) => void;
};

/** Drops what is undefined: in the contract, absent and undefined are not the same. */
const without = <K extends keyof UsageDraft>(usage: UsageDraft, key: K): UsageDraft =>
  Object.fromEntries(Object.entries(usage).filter(([name]) => name !== key));

/** Which columns become which part of an event. */
export const UsageFields = ({ look, usage, missing, timeZone, onChange }: Props) => {
  const set = <K extends keyof UsageDraft>(key: K, value: UsageDraft[K] | undefined) =>
    onChange(value === undefined ? without(usage, key) : { ...usage, [key]: value });
  return (
    <>
      <section className="flex flex-col gap-4">
        <SectionTitle title="What happened, to whom, when" />
        <ColumnField
          look={look}
          label="Account"
          value={usage.account?.column}
          error={missing.account}
          onChange={(column) => set('account', column === undefined ? undefined : { column })}
        />
        <EventField look={look} usage={usage} error={missing.event} onChange={(event) => set('event', event)} />
        <TimeField label="Time" look={look} time={usage.time} error={missing.time} timeZone={timeZone} onChange={(time) => set('time', time)} />
        <ValueField look={look} value={usage.value} onChange={(value) => set('value', value)} />
        <Field label="Properties" help="What meters filter and count by. Each column keeps its name." optional>
          {(control) => (
            <MultiCombobox
              {...control}
              label="Properties"
              placeholder="None"
              options={optionsOf(look, ...(usage.properties ?? []))}
              values={usage.properties ?? []}
              onChange={(properties) => set('properties', properties)}
            />
          )}
        </Field>
      </section>
      <details className="group" open={Boolean(usage.id ?? usage.arrival ?? usage.filter?.length) || usage.historical === false}>
        <summary className="cursor-pointer font-semibold">More: own ids, arrival, leaving rows out</summary>
        <div className="mt-3 flex flex-col gap-4">
          <ColumnField
            look={look}
            label="Own id of the fact"
            none="None"
            help="Without one, equal rows are separate facts, told apart by how often they stand in the source."
            value={usage.id?.column}
            onChange={(column) => set('id', column === undefined ? undefined : { column })}
          />
          <TimeField
            label="Became known"
            none="When it happened"
            look={look}
            time={usage.arrival}
            timeZone={timeZone}
            onChange={(arrival) => set('arrival', arrival)}
          />
          <RowFilter look={look} filter={usage.filter ?? []} onChange={(filter) => set('filter', filter)} />
          <ChoiceField
            label="It is history"
            help="Facts count as known when they happened, so past days are judged as they were. Off: they became known today."
            control={(id) => <Checkbox id={id} checked={usage.historical ?? true} onCheckedChange={(on) => set('historical', on === true)} />}
          />
        </div>
      </details>
    </>
  );
};

type EventProps = { look: Look; usage: UsageDraft; error: string | undefined; onChange: (event: UsageDraft['event']) => void };
const EVENT_FROM = [
  { value: 'constant', label: 'All rows are' },
  { value: 'column', label: 'A column says' },
] as const;

const EventField = ({ look, usage: { event }, error, onChange }: EventProps) => {
  const from = event && 'column' in event ? 'column' : 'constant';
  return (
    <div className="flex flex-col gap-2">
      <span className="flex items-center justify-between">
        <span className="text-12 text-text-2">Event name</span>
        <Segmented
          label="Where the event name comes from"
          value={from}
          options={EVENT_FROM}
          onChange={(next) => onChange(next === 'constant' ? { constant: 'usage' } : { column: look.columns[0] ?? '' })}
        />
      </span>
      {event && 'column' in event ? (
        <ColumnField
          look={look}
          label="Column of the event name"
          value={event.column}
          error={error}
          onChange={(column) => onChange({ column: column ?? '' })}
        />
      ) : (
        <Field label="The name of every row’s event" error={error}>
          {(control) => (
            <Input
              {...control}
              value={event?.constant ?? ''}
              onChange={({ target }) => onChange({ constant: target.value })}
              spellCheck={false}
              placeholder="invoice.line"
            />
          )}
        </Field>
      )}
    </div>
  );
};

type Time = NonNullable<UsageDraft['time']>;
type TimeProps = {
  label: string;
  look: Look;
  time: Time | undefined;
  none?: string;
  error?: string | undefined;
  timeZone: string;
  onChange: (time: Time | undefined) => void;
};
const AUTO = 'auto';
const FORMS = [{ value: AUTO, label: 'Found out by itself' }, ...Object.entries(timeForms).map(([value, { label }]) => ({ value, label }))];

/** Chooses a column of times, and the form they are written in. */
export const TimeField = ({ label, look, time, none, error, timeZone, onChange }: TimeProps) => {
  const at = time ? look.columns.indexOf(time.column) : -1;
  const values = look.sample.map((row) => row[at]?.trim() ?? '').filter(Boolean);
  const written = timeFormOf(values, timeZone);
  const choose = (column: string | undefined) => {
    if (column === undefined) return onChange(undefined);
    const place = look.columns.indexOf(column);
    const form = timeFormOf(look.sample.map((row) => row[place]?.trim() ?? '').filter(Boolean), timeZone)?.form;
    return onChange({ column, ...(form ? { form } : {}) });
  };
  return (
    <div className="flex flex-col gap-2">
      <ColumnField look={look} label={label} value={time?.column} error={error} onChange={choose} {...(none === undefined ? {} : { none })} />
      {time && (
        <Field
          label={`How ${label.toLowerCase()} is written`}
          error={
            written?.ambiguous && !time.form
              ? `“${values[0] ?? ''}” may be day first or month first: choose.`
              : values.length > 0 && !written && !time.form
                ? `“${values[0] ?? ''}” is not a time in a known form.`
                : undefined
          }
        >
          {(control) => (
            <Select
              {...control}
              options={FORMS}
              value={time.form ?? AUTO}
              onChange={(form) => onChange({ column: time.column, ...(form === AUTO ? {} : { form: form as TimeForm }) })}
            />
          )}
        </Field>
      )}
    </div>
  );
};

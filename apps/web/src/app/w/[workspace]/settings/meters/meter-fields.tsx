'use client';
import { aggregations, type Aggregation } from '@tideline/domain/meter';
import { useId } from 'react';
import { Controller, useFormContext, useWatch } from 'react-hook-form';
import { Checkbox } from '../../../../../ui/checkbox.tsx';
import { ChoiceField, Field } from '../../../../../ui/field.tsx';
import { Input } from '../../../../../ui/input.tsx';
import { SectionTitle } from '../../../../../ui/page-header.tsx';
import { Select } from '../../../../../ui/select.tsx';
import { ConditionsField } from './conditions-field.tsx';
import { keyFrom, type MeterForm } from './meter-shape.ts';
import { namesIn, propertiesIn, type SeenEvent } from './seen.ts';

/** What each way of measuring is for, and what it asks of the value field. */
const ways = {
  COUNT: { help: 'One for each event: calls, jobs, messages.', field: '' },
  SUM: { help: 'Adds up a figure: gigabytes, minutes, spend.', field: 'Property that is added up' },
  UNIQUE: { help: 'Different values of a property: users, orders, products.', field: 'Property whose different values count' },
  MAX: { help: 'The highest of a figure in the period: peak seats.', field: 'Property that holds the figure' },
  LAST: { help: 'A level, kept until the next is reported: storage, seats.', field: 'Property that holds the level' },
} as const satisfies Record<Aggregation, { help: string; field: string }>;
const WAYS = (Object.keys(ways) as Aggregation[]).map((value) => ({ value, label: aggregations[value].label }));

export const Naming = ({ fixedKey }: { fixedKey: boolean }) => {
  const { register, setValue, formState } = useFormContext<MeterForm>();
  const { errors, dirtyFields, isSubmitted } = formState;
  const name = register('name', {
    onChange: (event: { target: { value: string } }) => {
      if (!fixedKey && !dirtyFields.key) setValue('key', keyFrom(event.target.value), { shouldValidate: isSubmitted });
    },
  });
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Name" error={errors.name?.message}>
        {(control) => <Input {...control} {...name} placeholder="API calls" />}
      </Field>
      <Field label="Unit" help="As people say it, in the plural." error={errors.unit?.message}>
        {(control) => <Input {...control} {...register('unit')} placeholder="calls" />}
      </Field>
      {!fixedKey && (
        <Field label="Key" help="What exports and the API call it. It stays." error={errors.key?.message}>
          {(control) => <Input {...control} {...register('key')} spellCheck={false} placeholder="api_calls" />}
        </Field>
      )}
    </div>
  );
};

export const Measuring = ({ events }: { events: readonly SeenEvent[] }) => {
  const { control, register, setValue, formState } = useFormContext<MeterForm>();
  const [aggregation, eventName] = useWatch({ control, name: ['aggregation', 'eventName'] });
  const { errors, dirtyFields } = formState;
  const [names, properties] = [useId(), useId()];
  const reads = aggregations[aggregation].field;
  const choose = (next: Aggregation, set: (next: Aggregation) => void) => {
    set(next);
    // A gauge reports every day and would never let an account go silent: its default follows the way of measuring.
    if (!dirtyFields.countsActivity) setValue('countsActivity', aggregations[next].countsAsActivity);
  };
  return (
    <section>
      <SectionTitle title="What it measures" />
      <Suggestions id={names} from={namesIn(events)} />
      <Suggestions id={properties} from={propertiesIn(events, eventName)} />
      <div className="mt-2 grid gap-4 sm:grid-cols-2">
        <Field label="Event" help="The event name your systems send." error={errors.eventName?.message}>
          {(wiring) => <Input {...wiring} {...register('eventName')} list={names} spellCheck={false} placeholder="api.call" />}
        </Field>
        <Controller
          control={control}
          name="aggregation"
          render={({ field }) => (
            <Field label="Measured as" help={ways[aggregation].help}>
              {(wiring) => <Select {...wiring} options={WAYS} value={field.value} onChange={(next) => choose(next, field.onChange)} />}
            </Field>
          )}
        />
        {reads !== 'none' && (
          <Field
            label={ways[aggregation].field}
            help={reads === 'text' ? 'The name of the property alone.' : 'Empty: the value of the event.'}
            optional={reads !== 'text'}
            error={errors.valueField?.message}
          >
            {(wiring) => (
              <Input {...wiring} {...register('valueField')} list={properties} spellCheck={false} placeholder={reads === 'text' ? 'user_id' : 'value'} />
            )}
          </Field>
        )}
      </div>
      <div className="mt-4">
        <ConditionsField
          list="filter"
          legend="Only events where"
          help="Without conditions every event of this name is measured."
          seen={propertiesIn(events, eventName)}
        />
      </div>
    </section>
  );
};

const Suggestions = ({ id, from }: { id: string; from: readonly string[] }) => (
  <datalist id={id}>
    {from.map((name) => (
      <option key={name} value={name} />
    ))}
  </datalist>
);

export const Activity = ({ events }: { events: readonly SeenEvent[] }) => {
  const { control } = useFormContext<MeterForm>();
  const [counts, eventName] = useWatch({ control, name: ['countsActivity', 'eventName'] });
  return (
    <section>
      <SectionTitle title="Activity" />
      <Controller
        control={control}
        name="countsActivity"
        render={({ field }) => (
          <ChoiceField
            label="Usage on this meter is activity"
            help="A day with activity is a usage day: rhythm and silence are judged by those. Leave it off for levels that are reported whatever the customer does."
            control={(id) => <Checkbox id={id} checked={field.value} onCheckedChange={(on) => field.onChange(on === true)} />}
          />
        )}
      />
      {counts && (
        <div className="mt-2">
          <ConditionsField
            list="activityFilter"
            legend="Activity only where"
            help="For what is measured but no use of the product, such as returns and credits."
            seen={propertiesIn(events, eventName)}
          />
        </div>
      )}
    </section>
  );
};

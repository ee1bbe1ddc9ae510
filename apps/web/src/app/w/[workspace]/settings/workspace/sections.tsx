'use client';
import type { WorkspaceSettings } from '@tideline/db/read/workspace';
import { retentionDefinitions } from '@tideline/domain/retention';
import type { ReactNode } from 'react';
import { Controller, useFormContext, useWatch } from 'react-hook-form';
import { CurrencyField, ZoneField } from '../../../../../lib/workspace-fields.tsx';
import { Field } from '../../../../../ui/field.tsx';
import { shortDay, type Reader } from '../../../../../ui/format.ts';
import { Input } from '../../../../../ui/input.tsx';
import { SectionTitle } from '../../../../../ui/page-header.tsx';
import { Select, type Option } from '../../../../../ui/select.tsx';
import type { Day } from '@tideline/domain/calendar';
import { EVER, type SettingsForm } from './settings-shape.ts';

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <section>
    <SectionTitle title={title} />
    <div className="mt-2 flex flex-col gap-4">{children}</div>
  </section>
);

type Choice = { name: keyof SettingsForm; label: string; help: string; options: readonly Option[] };

/** One of a few, wired to the form around it. */
const ChoiceOf = ({ name, label, help, options }: Choice) => {
  const { control } = useFormContext<SettingsForm>();
  return (
    <Controller
      control={control}
      name={name}
      render={({ field, fieldState }) => (
        <Field label={label} help={help} error={fieldState.error?.message}>
          {(wiring) => <Select {...wiring} options={options} value={field.value} onChange={field.onChange} />}
        </Field>
      )}
    />
  );
};

export const Basics = ({ fixed, settings }: { fixed: { timezone: boolean; currency: boolean }; settings: WorkspaceSettings }) => {
  const { control, register, formState } = useFormContext<SettingsForm>();
  return (
    <Section title="Name and units">
      <Field label="Name" error={formState.errors.name?.message}>
        {(wiring) => <Input {...wiring} {...register('name')} />}
      </Field>
      {fixed.timezone ? (
        <Fixed label="Time zone" value={settings.timezone.replaceAll('_', ' ')} why="Usage is counted in days of this zone, so it cannot change." />
      ) : (
        <ZoneField control={control} name="timezone" help="Days begin and end in this zone. It cannot change once usage is counted." />
      )}
      {fixed.currency ? (
        <Fixed label="Currency" value={settings.currency} why="Meters are priced in it, so it cannot change." />
      ) : (
        <CurrencyField control={control} name="currency" help="Prices and revenue are in it. It cannot change once a meter has a price." />
      )}
    </Section>
  );
};

const Fixed = ({ label, value, why }: { label: string; value: string; why: string }) => (
  <div>
    <p className="mb-1 text-12 text-text-2">{label}</p>
    <p>{value}</p>
    <p className="mt-1 text-12 text-text-3">{why}</p>
  </div>
);

export const Judgement = ({ settings, reader }: { settings: WorkspaceSettings; reader: Reader }) => {
  const { control, register, formState } = useFormContext<SettingsForm>();
  const pinned = useWatch({ control, name: 'asOfPin' }) !== '';
  const closed = settings.closedThrough ? `Days are closed through ${shortDay(settings.closedThrough as Day, reader)}. ` : '';
  return (
    <Section title="How accounts are judged">
      <Field
        label="As-of day"
        help={
          closed +
          (pinned
            ? 'Everything is judged as on this day. Moving it on closes the days between.'
            : 'Empty: the last complete day. Set a day to judge imported history as on that day.')
        }
        error={formState.errors.asOfPin?.message}
      >
        {(wiring) => <Input {...wiring} {...register('asOfPin')} type="date" max={reader.today} />}
      </Field>
      <ChoiceOf
        name="unknownAccounts"
        label="Events for an account that is not known yet"
        help="Refused events are reported to the sender with the code unknown-account."
        options={[
          { value: 'create', label: 'Create the account' },
          { value: 'refuse', label: 'Refuse the event' },
        ]}
      />
    </Section>
  );
};

const definitions: Option[] = [
  { value: 'longest', label: 'The longest the history allows' },
  ...Object.entries(retentionDefinitions).map(([value, { label }]) => ({ value, label })),
];

export const Retention = () => {
  const { control, register, formState } = useFormContext<SettingsForm>();
  const chosen = useWatch({ control, name: 'nrrDefinition' });
  const words = Object.entries(retentionDefinitions).find(([key]) => key === chosen)?.[1].words;
  return (
    <Section title="Net revenue retention">
      <ChoiceOf
        name="nrrDefinition"
        label="Definition"
        help={
          words ? `${words[0]?.toUpperCase()}${words.slice(1)}.` : 'Trailing 12 months where there is enough history, else quarters. Named under the number.'
        }
        options={definitions}
      />
      <Field label="Target, percent" error={formState.errors.nrrTargetPercent?.message}>
        {(wiring) => <Input {...wiring} {...register('nrrTargetPercent')} numeric className="max-w-28" />}
      </Field>
      <Field label="An account is a new logo for, months" error={formState.errors.newLogoMonths?.message}>
        {(wiring) => <Input {...wiring} {...register('newLogoMonths')} numeric className="max-w-28" />}
      </Field>
    </Section>
  );
};

const lengths: Option[] = [
  { value: EVER, label: 'For ever' },
  { value: '90', label: '90 days' },
  { value: '400', label: '400 days' },
  { value: '730', label: 'Two years' },
];

export const Events = ({ settings, reader }: { settings: WorkspaceSettings; reader: Reader }) => {
  const own = settings.retentionDays === null ? EVER : String(settings.retentionDays);
  const options = lengths.some(({ value }) => value === own) ? lengths : [...lengths, { value: own, label: `${own} days` }];
  const gone = settings.rawFrom ? ` Events before ${shortDay(settings.rawFrom as Day, reader)} are gone.` : '';
  return (
    <Section title="Events">
      <ChoiceOf
        name="retentionDays"
        label="Keep events for"
        help={`Daily usage, revenue and scores stay whatever is chosen; what goes is what corrections and changed meters are counted from.${gone}`}
        options={options}
      />
      <Fixed
        label="How many may come"
        value={`${settings.eventsPerMinute.toLocaleString('en')} a minute`}
        why="More is refused with the time to come back, and the RateLimit headers of each answer say what is left. A key can be held to less."
      />
    </Section>
  );
};

export const Books = () => (
  <Section title="Books">
    <ChoiceOf
      name="csmScope"
      label="CSMs see"
      help="Admins, leaders and viewers see the whole book either way."
      options={[
        { value: 'all', label: 'The whole book' },
        { value: 'own', label: 'Only the accounts they own' },
      ]}
    />
  </Section>
);

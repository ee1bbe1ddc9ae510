'use client';
import type { NewWorkspace } from '@tideline/contracts/workspace';
import { useMemo } from 'react';
import { Controller, useFormContext, useWatch, type Control, type FieldPath, type FieldValues } from 'react-hook-form';
import type * as z from 'zod';
import { Combobox } from '../ui/combobox.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { currencyOptions, slugOf, zoneOptions } from './workspace-form.ts';

/** A time zone by name. */
export const ZoneField = <I extends FieldValues, O>({ control, name, help }: { control: Control<I, unknown, O>; name: FieldPath<I>; help?: string }) => {
  const options = useMemo(() => zoneOptions(), []);
  return (
    <Controller
      control={control}
      name={name}
      render={({ field, fieldState }) => (
        <Field label="Time zone" help={help} error={fieldState.error?.message}>
          {(wiring) => <Combobox {...wiring} label="Time zone" options={options} value={field.value} onChange={field.onChange} />}
        </Field>
      )}
    />
  );
};

/** A currency by code or name. */
export const CurrencyField = <I extends FieldValues, O>({ control, name, help }: { control: Control<I, unknown, O>; name: FieldPath<I>; help?: string }) => {
  const options = useMemo(() => currencyOptions(), []);
  return (
    <Controller
      control={control}
      name={name}
      render={({ field, fieldState }) => (
        <Field label="Currency" help={help} error={fieldState.error?.message}>
          {(wiring) => <Combobox {...wiring} label="Currency" options={options} value={field.value} onChange={field.onChange} />}
        </Field>
      )}
    />
  );
};

type Nested = { workspace: z.input<typeof NewWorkspace> };

/**
 * Name, address, zone and currency of a new workspace, under `workspace` of the form around it (`FormProvider`);
 * the address follows the name until it is touched.
 */
export const NewWorkspaceFields = () => {
  const form = useFormContext<Nested>();
  const { errors, dirtyFields } = form.formState;
  const slug = useWatch({ control: form.control, name: 'workspace.slug' });
  const name = form.register('workspace.name', {
    onChange: (event: { target: { value: string } }) => {
      if (!dirtyFields.workspace?.slug) form.setValue('workspace.slug', slugOf(event.target.value), { shouldValidate: form.formState.isSubmitted });
    },
  });
  return (
    <>
      <Field label="Workspace" help="Your company or team, as people say it." error={errors.workspace?.name?.message}>
        {(control) => <Input {...control} {...name} autoComplete="organization" />}
      </Field>
      <Field label="Address" help={<>Opens at /w/{slug || '…'} and stays as it is.</>} error={errors.workspace?.slug?.message}>
        {(control) => <Input {...control} {...form.register('workspace.slug')} spellCheck={false} />}
      </Field>
      <ZoneField control={form.control} name="workspace.timezone" help="Days begin and end in this zone. It cannot change once usage is counted." />
      <CurrencyField control={form.control} name="workspace.currency" help="Prices and revenue are in it. It cannot change once a meter has a price." />
    </>
  );
};

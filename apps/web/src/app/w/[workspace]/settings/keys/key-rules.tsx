'use client';
import { Controller, useFormContext } from 'react-hook-form';
import { Field } from '../../../../../ui/field.tsx';
import { Input } from '../../../../../ui/input.tsx';

type Rules = { sourceAddresses?: string[]; eventsPerMinute?: number | null };

/** Where a key may be used from and how much it may send, wired to the form around it. */
export const KeyRules = () => {
  const { control, formState } = useFormContext<Rules>();
  const { sourceAddresses, eventsPerMinute } = formState.errors;
  return (
    <>
      <Controller
        control={control}
        name="sourceAddresses"
        render={({ field }) => (
          <Field
            label="Only from these addresses"
            help="Addresses or ranges, with commas between them. Empty: from anywhere."
            error={sourceAddresses?.message ?? sourceAddresses?.[0]?.message}
          >
            {(wiring) => (
              <Input
                {...wiring}
                defaultValue={(field.value ?? []).join(', ')}
                placeholder="203.0.113.7, 198.51.100.0/24"
                onChange={({ target }) => field.onChange(target.value.split(/[\s,]+/).filter(Boolean))}
              />
            )}
          </Field>
        )}
      />
      <Controller
        control={control}
        name="eventsPerMinute"
        render={({ field }) => (
          <Field label="Events a minute" help="Empty: as many as the workspace may send." error={eventsPerMinute?.message}>
            {(wiring) => (
              <Input
                {...wiring}
                numeric
                className="max-w-36"
                defaultValue={String(field.value ?? '')}
                onChange={({ target }) => field.onChange(target.value.trim() === '' ? null : Number(target.value.replaceAll(/[ ,]/g, '')))}
              />
            )}
          </Field>
        )}
      />
    </>
  );
};

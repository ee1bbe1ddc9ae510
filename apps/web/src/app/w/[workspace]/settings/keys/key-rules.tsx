'use client';
import { Field } from '../../../../../ui/field.tsx';
import { Input } from '../../../../../ui/input.tsx';

type Props<T> = { value: T; onChange: (value: T) => void; error: string | undefined };

/** Where a key may be used from, written as a list with commas. */
export const AddressField = ({ value, onChange, error }: Props<readonly string[]>) => (
  <Field label="Only from these addresses" help="Addresses or ranges, with commas between them. Empty: from anywhere." error={error}>
    {(wiring) => (
      <Input
        {...wiring}
        defaultValue={value.join(', ')}
        placeholder="203.0.113.7, 198.51.100.0/24"
        onChange={({ target }) => onChange(target.value.split(/[\s,]+/).filter(Boolean))}
      />
    )}
  </Field>
);

/** How many events a key may send in a minute. */
export const LimitField = ({ value, onChange, error }: Props<number | null>) => (
  <Field label="Events a minute" help="Empty: as many as the workspace may send." error={error}>
    {(wiring) => (
      <Input
        {...wiring}
        numeric
        className="max-w-36"
        defaultValue={value === null ? '' : String(value)}
        onChange={({ target }) => onChange(target.value.trim() === '' ? null : Number(target.value.replaceAll(/[ ,]/g, '')))}
      />
    )}
  </Field>
);

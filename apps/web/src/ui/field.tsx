'use client';
import { useId, type ReactNode } from 'react';
import { cx } from './cx.ts';

/** What a control needs so that its label, help and error are read with it. */
export type FieldControl = { id: string; 'aria-invalid'?: true; 'aria-describedby'?: string };

/**
 * A labelled control with help and error text. Works with `register` and with `Controller`:
 * `<Field label="Name" error={errors.name?.message}>{(control) => <Input {...control} {...register('name')} />}</Field>`
 */
export const Field = ({
  label,
  help,
  error,
  optional = false,
  children,
  className,
}: {
  label: ReactNode;
  help?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  children: (control: FieldControl) => ReactNode;
  className?: string;
}) => {
  const id = useId();
  const described = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={cx('min-w-0', className)}>
      <label htmlFor={id} className="mb-1 block text-12 text-text-2">
        {label}
        {optional && <span className="text-text-3"> · optional</span>}
      </label>
      {children({ id, ...(error ? { 'aria-invalid': true as const } : {}), ...(described ? { 'aria-describedby': described } : {}) })}
      {help && (
        <p id={`${id}-help`} className="mt-1 text-12 text-text-3">
          {help}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} role="alert" className="mt-1 text-12 text-risk-text">
          {error}
        </p>
      )}
    </div>
  );
};

/** A checkbox or switch with its words beside it, `help` under them. */
export const ChoiceField = ({ label, help, control }: { label: ReactNode; help?: ReactNode; control: (id: string) => ReactNode }) => {
  const id = useId();
  return (
    <div className="flex items-start gap-2.5 py-1.5">
      <span className="flex h-5 items-center">{control(id)}</span>
      <label htmlFor={id}>
        {label}
        {help && <span className="block text-12 text-text-3">{help}</span>}
      </label>
    </div>
  );
};

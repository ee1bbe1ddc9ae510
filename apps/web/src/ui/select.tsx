import { ChevronDown } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';
import { controlFrame } from './input.tsx';

export type Option<T extends string = string> = {
  value: T;
  label: string;
  /** Grey, beside the label. */ hint?: string;
  /** Comboboxes only. */ icon?: ReactNode;
  disabled?: boolean;
};

/**
 * One of a few; ten choices or more: use Combobox. The browser's own select, because it is the one phones, screen readers
 * and password managers know: an open Radix select hides the page from readers while its controls stay focusable, which axe reports.
 * Controlled: in react-hook-form use it inside `Controller`. Where the browser can style the list, globals.css does.
 */
export const Select = <T extends string>({
  value,
  onChange,
  options,
  placeholder = 'Choose',
  className,
  ...rest
}: Omit<ComponentProps<'select'>, 'value' | 'onChange' | 'children'> & {
  value: T | undefined;
  /** The chosen value; not called for the placeholder. */
  onChange: (value: T) => void;
  options: readonly Option<T>[];
  placeholder?: string;
}) => (
  <span className={cx('relative block', className)}>
    <select
      {...rest}
      value={value ?? ''}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.target.value);
        if (chosen) onChange(chosen.value);
      }}
      className={cx(controlFrame, 'pr-7')}
    >
      {value === undefined && <option value="">{placeholder}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value} disabled={option.disabled}>
          {option.hint ? `${option.label} · ${option.hint}` : option.label}
        </option>
      ))}
    </select>
    <ChevronDown aria-hidden className="pointer-events-none absolute top-1/2 right-2 size-3.5 -translate-y-1/2 text-text-3" />
  </span>
);

'use client';
import { Command } from 'cmdk';
import { Check, ChevronDown, Search } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { cx } from './cx.ts';
import { controlFrame } from './input.tsx';
import { Popover } from './popover.tsx';
import type { Option } from './select.tsx';

type ListProps = {
  options: readonly Option[];
  chosen: readonly string[];
  onPick: (value: string) => void;
  label: string;
  onSearch?: ((query: string) => void) | undefined;
};

/** The searchable list inside both kinds of combobox. With `onSearch` the caller filters, else the words typed here do. */
const OptionList = ({ options, chosen, onPick, label, onSearch }: ListProps) => (
  <Command label={label} shouldFilter={!onSearch} className="flex flex-col">
    <span className="-mt-0.5 mb-1 flex h-9 items-center gap-2 border-b border-line px-2">
      <Search aria-hidden className="size-3.5 text-text-3" />
      <Command.Input
        {...(onSearch ? { onValueChange: onSearch } : {})}
        placeholder={label}
        className="h-full w-full bg-transparent text-13 outline-none focus-visible:outline-none"
      />
    </span>
    <Command.List className="quiet-scroll max-h-72 overflow-y-auto">
      <Command.Empty className="px-2 py-2 text-text-2">Nothing matches.</Command.Empty>
      {options.map((option) => (
        <Command.Item
          key={option.value}
          value={option.value}
          keywords={[option.label, option.hint ?? '']}
          disabled={option.disabled ?? false}
          onSelect={() => onPick(option.value)}
          className="flex h-8 items-center gap-2 rounded-2 px-2 select-none aria-disabled:text-text-3 data-[selected=true]:bg-bg-hover"
        >
          <span className="grid size-4 flex-none place-items-center">
            {chosen.includes(option.value) && (
              <>
                <Check aria-hidden className="size-3.5" />
                <span className="sr-only">chosen</span>
              </>
            )}
          </span>
          {option.icon}
          <span className="truncate">{option.label}</span>
          {option.hint && <span className="ml-auto pl-3 text-12 text-text-3">{option.hint}</span>}
        </Command.Item>
      ))}
    </Command.List>
  </Command>
);

type Common = {
  options: readonly Option[];
  /** What is chosen here, in words: names the list and its search. */
  label: string;
  onSearch?: (query: string) => void;
  placeholder?: string;
  className?: string;
  id?: string;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string | undefined;
  /** Another trigger than the input-like one, for example a filter button. */
  trigger?: ReactNode;
};

const Trigger = ({
  text,
  empty,
  className,
  open,
  label,
  ...rest
}: {
  text: string;
  empty: boolean;
  open: boolean;
  label: string;
  className?: string | undefined;
}) => (
  <button
    type="button"
    aria-haspopup="dialog"
    aria-expanded={open}
    aria-label={`${label}: ${text}`}
    {...rest}
    className={cx(controlFrame, 'inline-flex items-center justify-between gap-2 text-left', empty && 'text-text-3', className)}
  >
    <span className="truncate">{text}</span>
    <ChevronDown aria-hidden className="size-3.5 text-text-3" />
  </button>
);

/** One of many, found by typing. */
export const Combobox = ({
  value,
  onChange,
  options,
  label,
  onSearch,
  placeholder = 'Choose',
  className,
  trigger,
  ...rest
}: Common & { value: string | null; onChange: (value: string) => void }) => {
  const [open, setOpen] = useState(false);
  const chosen = options.find((option) => option.value === value);
  const pick = (next: string) => {
    onChange(next);
    setOpen(false);
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={label}
      className="w-72"
      trigger={trigger ?? <Trigger {...rest} open={open} label={label} text={chosen?.label ?? placeholder} empty={!chosen} className={className} />}
    >
      <OptionList options={options} chosen={value === null ? [] : [value]} onPick={pick} label={label} onSearch={onSearch} />
    </Popover>
  );
};

/** Several of many; stays open while choosing. */
export const MultiCombobox = ({
  values,
  onChange,
  options,
  label,
  onSearch,
  placeholder = 'Any',
  className,
  trigger,
  ...rest
}: Common & { values: readonly string[]; onChange: (values: string[]) => void }) => {
  const [open, setOpen] = useState(false);
  const names = options.filter((option) => values.includes(option.value)).map((option) => option.label);
  const text = names.length === 0 ? placeholder : names.length > 2 ? `${names[0]} and ${names.length - 1} more` : names.join(', ');
  const toggle = (next: string) => onChange(values.includes(next) ? values.filter((value) => value !== next) : [...values, next]);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={label}
      className="w-72"
      trigger={trigger ?? <Trigger {...rest} open={open} label={label} text={text} empty={names.length === 0} className={className} />}
    >
      <OptionList options={options} chosen={values} onPick={toggle} label={label} onSearch={onSearch} />
    </Popover>
  );
};

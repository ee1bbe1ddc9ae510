'use client';
import { ToggleGroup } from 'radix-ui';
import { cx } from './cx.ts';

/** A few exclusive choices side by side, for example 13 w · 26 w · 1 y. Sets what is shown; where to go is Tabs. */
export const Segmented = <T extends string>({
  label,
  value,
  onChange,
  options,
  className,
}: {
  label: string;
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: string }[];
  className?: string;
}) => (
  <ToggleGroup.Root
    type="single"
    aria-label={label}
    value={value}
    // Pressing the pressed one would leave none: the empty value is ignored.
    onValueChange={(next) => options.some((o) => o.value === next) && onChange(next as T)}
    className={cx('inline-flex h-control flex-none gap-px rounded-2 border border-line-strong p-px', className)}
  >
    {options.map((option) => (
      <ToggleGroup.Item
        key={option.value}
        value={option.value}
        className="moves rounded-[4px] px-2 font-medium whitespace-nowrap text-text-2 hover:text-text data-[state=on]:bg-bg-selected data-[state=on]:text-text data-[state=on]:inset-ring data-[state=on]:inset-ring-line-strong max-sm:px-1.5"
      >
        {option.label}
      </ToggleGroup.Item>
    ))}
  </ToggleGroup.Root>
);

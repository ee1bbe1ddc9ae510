'use client';
import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';
import { controlFrame } from './input.tsx';
import { floating } from './popover.tsx';

export type Option<T extends string = string> = { value: T; label: string; hint?: string; icon?: ReactNode; disabled?: boolean };

/** One of a few. Give it the `id` and aria props of a `Field`, or `aria-label`. Ten choices or more: use Combobox. */
export const Select = <T extends string>({
  value,
  onChange,
  options,
  placeholder = 'Choose',
  className,
  disabled,
  ...rest
}: Omit<ComponentProps<'button'>, 'value' | 'onChange' | 'type'> & {
  value: T | undefined;
  onChange: (value: T) => void;
  options: readonly Option<T>[];
  placeholder?: string;
}) => (
  <Radix.Root value={value ?? ''} onValueChange={(next) => options.some((o) => o.value === next) && onChange(next as T)} disabled={disabled ?? false}>
    <Radix.Trigger {...rest} className={cx(controlFrame, 'inline-flex items-center justify-between gap-2 text-left data-[placeholder]:text-text-3', className)}>
      <span className="truncate">
        <Radix.Value placeholder={placeholder} />
      </span>
      <ChevronDown aria-hidden className="size-3.5 text-text-3" />
    </Radix.Trigger>
    <Radix.Portal>
      <Radix.Content position="popper" sideOffset={4} collisionPadding={8} className={cx(floating, 'max-h-80 min-w-(--radix-select-trigger-width)')}>
        <Radix.Viewport>
          {options.map((option) => (
            <Radix.Item
              key={option.value}
              value={option.value}
              disabled={option.disabled ?? false}
              className="flex h-8 items-center gap-2 rounded-2 pr-8 pl-2 outline-none select-none data-[disabled]:text-text-3 data-[highlighted]:bg-bg-hover"
            >
              {option.icon}
              <Radix.ItemText>{option.label}</Radix.ItemText>
              {option.hint && <span className="text-12 text-text-3">{option.hint}</span>}
              <Radix.ItemIndicator className="absolute right-3.5">
                <Check aria-hidden className="size-3.5" />
              </Radix.ItemIndicator>
            </Radix.Item>
          ))}
        </Radix.Viewport>
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);

'use client';
import { Popover as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';

/** The surface of everything that floats; only these have a shadow. */
export const floating = 'appears z-50 rounded-3 bg-bg-raised p-1.5 text-13 text-text shadow-2';

/** Content beside its trigger. Focus moves in, returns on close. `trigger` is one focusable element. */
export const Popover = ({
  trigger,
  children,
  open,
  onOpenChange,
  align = 'start',
  className,
  label,
}: {
  trigger: ReactNode;
  children: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  align?: 'start' | 'center' | 'end';
  className?: string;
  label?: string;
}) => {
  const state: Pick<ComponentProps<typeof Radix.Root>, 'open' | 'onOpenChange'> = {};
  if (open !== undefined) state.open = open;
  if (onOpenChange) state.onOpenChange = onOpenChange;
  return (
    <Radix.Root {...state}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content aria-label={label} align={align} sideOffset={4} collisionPadding={8} className={cx(floating, className)}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
};

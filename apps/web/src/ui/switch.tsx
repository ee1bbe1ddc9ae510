'use client';
import { Switch as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cx } from './cx.ts';

/** For what takes effect at once; a choice that waits for a Save button is a Checkbox. */
export const Switch = ({ className, ...rest }: ComponentProps<typeof Radix.Root>) => (
  <Radix.Root
    {...rest}
    className={cx(
      'moves relative h-4 w-6.5 flex-none rounded-full bg-line-control before:absolute before:-inset-1 focus-visible:rounded-full disabled:opacity-50 data-[state=checked]:bg-accent',
      className,
    )}
  >
    <Radix.Thumb className="block size-3 translate-x-0.5 rounded-full bg-bg transition-transform duration-(--fast) data-[state=checked]:translate-x-3" />
  </Radix.Root>
);

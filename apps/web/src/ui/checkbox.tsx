'use client';
import { Check, Minus } from 'lucide-react';
import { Checkbox as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cx } from './cx.ts';

/** `checked="indeterminate"` when some rows of a group are selected. Needs a label: a `<label>` around it, `id`, or `aria-label`. */
export const Checkbox = ({ className, ...rest }: ComponentProps<typeof Radix.Root>) => (
  <Radix.Root
    {...rest}
    className={cx(
      // 14 px to the eye, 24 px to the pointer.
      'relative inline-grid size-3.5 flex-none place-items-center rounded-[4px] border-[1.5px] border-line-control bg-bg before:absolute before:-inset-[6.5px]',
      'data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=checked]:text-on-accent',
      'data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent data-[state=indeterminate]:text-on-accent disabled:opacity-50',
      className,
    )}
  >
    <Radix.Indicator>
      {rest.checked === 'indeterminate' ? <Minus aria-hidden className="size-2.5 stroke-[3]" /> : <Check aria-hidden className="size-2.5 stroke-[3]" />}
    </Radix.Indicator>
  </Radix.Root>
);

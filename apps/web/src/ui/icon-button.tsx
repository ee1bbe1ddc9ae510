'use client';
import type { ComponentProps, ReactNode } from 'react';
import { buttonLooks, type ButtonLook } from './button.tsx';
import { cx } from './cx.ts';
import { Tooltip } from './tooltip.tsx';

/** A square button whose name is its tooltip. `hint` is the key that does the same. */
export const IconButton = ({
  label,
  hint,
  look = 'ghost',
  className,
  children,
  ...rest
}: Omit<ComponentProps<'button'>, 'aria-label'> & { label: string; hint?: string; look?: ButtonLook; children: ReactNode }) => (
  <Tooltip text={label} hint={hint}>
    <button
      type="button"
      aria-label={label}
      {...rest}
      className={cx(
        'moves inline-grid size-control shrink-0 place-items-center rounded-2 border disabled:text-text-3 disabled:opacity-60 aria-pressed:bg-bg-selected aria-pressed:text-text',
        buttonLooks[look],
        'px-0',
        className,
      )}
    >
      {children}
    </button>
  </Tooltip>
);

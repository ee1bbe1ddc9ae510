import { Slot } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';
import { Kbd } from './kbd.tsx';

export const buttonLooks = {
  primary: 'border-accent bg-accent text-on-accent hover:border-accent-hover hover:bg-accent-hover',
  secondary: 'border-line-strong bg-bg hover:bg-bg-hover [&_.lucide]:text-text-2',
  ghost: 'border-transparent bg-transparent px-2 text-text-2 hover:bg-bg-hover hover:text-text',
  danger: 'border-risk-text bg-bg text-risk-text hover:bg-risk-soft',
} as const satisfies Record<string, string>;
export type ButtonLook = keyof typeof buttonLooks;

export const buttonSizes = { md: 'h-control px-2.5 text-13', sm: 'h-6 px-2 text-12 max-sm:h-8' } as const satisfies Record<string, string>;

export type ButtonProps = Omit<ComponentProps<'button'>, 'children'> & {
  look?: ButtonLook;
  size?: keyof typeof buttonSizes;
  /** A lucide icon before the words. */
  icon?: ReactNode;
  /** The key that does the same; shown only where there is a keyboard. */
  hint?: string | undefined;
  /** Waiting for the server: stays in place and focusable, announced as busy, ignores clicks. */
  busy?: boolean;
  /** Renders the only child (a Link) with the looks of a button. */
  asChild?: boolean;
  children?: ReactNode;
};

/** A button, or with `asChild` a link that looks like one. */
export const Button = ({ look = 'secondary', size = 'md', icon, hint, busy, asChild, className, children, onClick, ...rest }: ButtonProps) => {
  const Part = asChild ? Slot.Root : 'button';
  return (
    <Part
      {...(asChild ? {} : { type: 'button' as const })}
      {...rest}
      {...(busy ? { 'aria-busy': true, 'aria-disabled': true } : {})}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={cx(
        'moves inline-flex shrink-0 items-center justify-center gap-1.5 rounded-2 border font-medium whitespace-nowrap select-none [&>.lucide]:-ml-0.5',
        'disabled:border-transparent disabled:bg-bg-track disabled:text-text-3 aria-busy:opacity-70',
        buttonSizes[size],
        buttonLooks[look],
        className,
      )}
    >
      {icon}
      <Slot.Slottable>{children}</Slot.Slottable>
      {hint && (
        <Kbd aria-hidden className="-mr-0.5 border-current/40 bg-transparent text-current max-lg:hidden">
          {hint}
        </Kbd>
      )}
    </Part>
  );
};

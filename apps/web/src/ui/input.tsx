import { Search } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cx } from './cx.ts';
import { Kbd } from './kbd.tsx';

/** The frame every control that takes text or a choice shares; its outline reaches 3:1 because it is the control. */
export const controlFrame =
  'moves h-control w-full min-w-0 rounded-2 border border-line-control bg-bg px-2 text-13 text-text aria-invalid:border-risk disabled:bg-bg-track disabled:text-text-3';

/** A text input. `numeric` sets the figures to the right and asks phones for a number pad. */
export const Input = ({ numeric, className, ...rest }: ComponentProps<'input'> & { numeric?: boolean }) => (
  <input
    autoComplete="off"
    {...(numeric ? { inputMode: 'decimal' as const } : {})}
    {...rest}
    className={cx(controlFrame, numeric && 'text-right tabular-nums', className)}
  />
);

/** A search input with its magnifier and the key that reaches it. */
export const SearchInput = ({ label, hint, className, ...rest }: Omit<ComponentProps<'input'>, 'type'> & { label: string; hint?: string }) => (
  <span className={cx('relative inline-flex w-44 items-center', className)}>
    <Search aria-hidden className="pointer-events-none absolute left-1.5 size-3.5 text-text-3" />
    <input
      type="search"
      aria-label={label}
      placeholder={label}
      autoComplete="off"
      {...rest}
      className="moves peer h-6 w-full rounded-2 border border-line-strong bg-bg pr-6 pl-6.5 text-12 text-text max-sm:h-8 [&::-webkit-search-cancel-button]:hidden"
    />
    {hint && (
      <Kbd aria-hidden className="pointer-events-none absolute right-1 h-4 min-w-4 peer-focus:hidden max-lg:hidden">
        {hint}
      </Kbd>
    )}
  </span>
);

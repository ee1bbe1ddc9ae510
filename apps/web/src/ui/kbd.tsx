import type { ReactNode } from 'react';
import { cx } from './cx.ts';

/** One key. Decoration beside a named control: `aria-hidden` there, so it is not read as part of the name. */
export const Kbd = ({ children, className, ...rest }: { children: ReactNode; className?: string; 'aria-hidden'?: boolean }) => (
  <kbd
    {...rest}
    className={cx(
      'inline-grid h-4.5 min-w-4.5 place-items-center rounded-[4px] border border-line-strong bg-bg px-1 font-sans text-12 leading-none text-text-3',
      className,
    )}
  >
    {children}
  </kbd>
);

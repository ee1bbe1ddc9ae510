import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

/**
 * A change: arrow, space, size. Grey, because direction is not good or bad by itself; bold when `hot`.
 * Nothing at zero or when the change is not defined.
 */
export const Delta = ({
  value,
  children,
  hot = false,
  className,
}: {
  value: number | null | undefined;
  /** The size as written, default the rounded number. */ children?: ReactNode;
  hot?: boolean;
  className?: string;
}) => {
  if (value === null || value === undefined) return null;
  const size = Math.abs(Math.round(value));
  if (children === undefined && size === 0) return null;
  const Arrow = value < 0 ? ArrowDown : ArrowUp;
  return (
    <span className={cx('inline-flex items-center gap-0.5 text-12 whitespace-nowrap tabular-nums', hot ? 'font-semibold text-text' : 'text-text-3', className)}>
      <Arrow aria-hidden className="size-2.5 stroke-[2.4]" />
      <span className="sr-only">{value < 0 ? 'down ' : 'up '}</span>
      {children ?? size}
    </span>
  );
};

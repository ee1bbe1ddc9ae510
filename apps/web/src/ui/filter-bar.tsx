'use client';
import { X } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { Button } from './button.tsx';
import { cx } from './cx.ts';

/** The 40 px line of filters under the title; scrolls sideways on a phone. `aside` stands at the right. */
export const FilterBar = ({ children, aside, className }: { children: ReactNode; aside?: ReactNode; className?: string }) => (
  <div role="group" aria-label="Filters" className={cx('no-scrollbar flex h-10 flex-none items-center gap-1 overflow-x-auto px-4', className)}>
    {children}
    {aside && <div className="ml-auto pl-3 text-12 whitespace-nowrap text-text-3 tabular-nums max-lg:hidden">{aside}</div>}
  </div>
);

/** `Owner  Me, covering Teo`: a filter's name and its value, the trigger of a menu or combobox. */
export const FilterButton = ({
  label,
  value,
  className,
  ...rest
}: Omit<ComponentProps<typeof Button>, 'children' | 'value'> & { label: ReactNode; value?: ReactNode }) => (
  <Button look="ghost" size="sm" {...rest} className={cx('focus-visible:-outline-offset-2', className)}>
    {label}
    {value && <span className="text-text">{value}</span>}
  </Button>
);

/** A filter that is set, with its way out. */
export const FilterChip = ({ label, onRemove }: { label: string; onRemove: () => void }) => (
  <span className="inline-flex h-6 flex-none items-center rounded-2 bg-bg-selected pl-2 text-12 whitespace-nowrap max-sm:h-8">
    {label}
    <button
      type="button"
      aria-label={`Remove filter ${label}`}
      onClick={onRemove}
      className="moves grid size-6 place-items-center rounded-2 text-text-3 hover:text-text"
    >
      <X aria-hidden className="size-3" />
    </button>
  </span>
);

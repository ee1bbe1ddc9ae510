'use client';
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { focusFirstField, veil } from './dialog.tsx';
import { IconButton } from './icon-button.tsx';

/** A modal panel from the side: for forms longer than a dialog, and for what a side panel becomes on a narrow screen. */
export const Sheet = ({
  open,
  onOpenChange,
  title,
  actions,
  children,
  footer,
  side = 'right',
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
  side?: 'left' | 'right';
}) => (
  <Radix.Root open={open} onOpenChange={onOpenChange}>
    <Radix.Portal>
      <Radix.Overlay className={veil} />
      <Radix.Content
        aria-describedby={undefined}
        onOpenAutoFocus={focusFirstField}
        className={cx(
          'appears fixed inset-y-0 z-50 flex w-110 max-w-[calc(100vw-32px)] flex-col bg-bg shadow-2 focus-visible:outline-none',
          side === 'right' ? 'right-0' : 'left-0',
        )}
      >
        <header className="flex h-12 flex-none items-center gap-2 border-b border-line pr-3 pl-5">
          <Radix.Title className="mr-auto flex min-w-0 items-center gap-2 truncate font-semibold">{title}</Radix.Title>
          {actions}
          <Radix.Close asChild>
            <IconButton label="Close" hint="esc">
              <X aria-hidden />
            </IconButton>
          </Radix.Close>
        </header>
        <div className="quiet-scroll min-h-0 flex-1 overflow-y-auto p-5">{children}</div>
        {footer && <footer className="flex flex-none gap-1.5 border-t border-line px-4 py-2.5">{footer}</footer>}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);

/**
 * The panel beside a list: not modal, the list keeps the keyboard and the panel follows its row.
 * Hidden under 1180 pixels, where opening a row goes to the account instead.
 */
export const SidePanel = ({
  title,
  label,
  actions,
  children,
  footer,
}: {
  title: ReactNode;
  /** Names the region for screen readers. */
  label: string;
  actions?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
}) => (
  <aside aria-label={label} className="quiet-scroll flex h-full w-panel flex-none flex-col overflow-y-auto border-l border-line max-side:hidden">
    <header className="sticky top-0 z-2 flex h-12 flex-none items-center gap-2 bg-bg pr-3 pl-5">
      <h2 className="mr-auto flex min-w-0 items-center gap-2 truncate font-semibold">{title}</h2>
      {actions}
    </header>
    <div className="flex flex-col gap-5 px-5 pb-5">{children}</div>
    {footer && <footer className="sticky bottom-0 mt-auto flex flex-none gap-1.5 border-t border-line bg-bg px-4 py-2.5">{footer}</footer>}
  </aside>
);

'use client';
import { X } from 'lucide-react';
import { AlertDialog, Dialog as Radix } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { cx } from './cx.ts';
import { IconButton } from './icon-button.tsx';

export const veil = 'appears fixed inset-0 z-40 bg-[light-dark(#11171952,#000000a3)]';
const box =
  'appears fixed top-[12vh] left-1/2 z-50 flex max-h-[80vh] w-[calc(100vw-32px)] -translate-x-1/2 flex-col rounded-3 bg-bg-raised shadow-2 focus-visible:rounded-3 focus-visible:outline-none';
const widths = { sm: 'max-w-100', md: 'max-w-130', lg: 'max-w-190' } as const;

/** Focus goes to the first field, else to the box itself: on the close button its tooltip would open and take the first Escape. */
export const focusFirstField = (event: Event): void => {
  event.preventDefault();
  if (!(event.currentTarget instanceof HTMLElement)) return;
  const field = event.currentTarget.querySelector<HTMLElement>('input:not([type=hidden]), textarea, select, [role=combobox]');
  (field ?? event.currentTarget).focus();
};

export type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** One sentence under the title. */
  description?: ReactNode;
  children: ReactNode;
  /** Buttons, the deciding one last. */
  footer?: ReactNode;
  width?: keyof typeof widths;
};

/** Asks for something before work goes on; traps focus and gives it back. */
export const Dialog = ({ open, onOpenChange, title, description, children, footer, width = 'md' }: DialogProps) => (
  <Radix.Root open={open} onOpenChange={onOpenChange}>
    <Radix.Portal>
      <Radix.Overlay className={veil} />
      <Radix.Content onOpenAutoFocus={focusFirstField} {...(description ? {} : { 'aria-describedby': undefined })} className={cx(box, widths[width])}>
        <header className="flex h-12 flex-none items-center gap-2 pr-3 pl-5">
          <Radix.Title className="truncate font-semibold">{title}</Radix.Title>
          <Radix.Close asChild>
            <IconButton label="Close" className="ml-auto">
              <X aria-hidden />
            </IconButton>
          </Radix.Close>
        </header>
        <div className="quiet-scroll min-h-0 overflow-y-auto px-5 pb-5">
          {description && <Radix.Description className="mb-4 max-w-[72ch] text-text-2">{description}</Radix.Description>}
          {children}
        </div>
        {footer && <footer className="flex flex-none justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer>}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);

/** Asks before what cannot be undone. `action` is the verb on the button; the dialog closes when `onConfirm` is done. */
export const Confirm = ({
  open,
  onOpenChange,
  title,
  body,
  action,
  danger = false,
  onConfirm,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  body: ReactNode;
  action: string;
  danger?: boolean;
  onConfirm: () => Promise<void> | void;
}) => {
  const [busy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    try {
      await onConfirm();
      onOpenChange(false);
    } finally {
      setBusy(false);
    }
  };
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={veil} />
        <AlertDialog.Content className={cx(box, widths.sm, 'p-5')}>
          <AlertDialog.Title className="font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="mt-1 text-text-2">{body}</div>
          </AlertDialog.Description>
          <div className="mt-5 flex justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button>Cancel</Button>
            </AlertDialog.Cancel>
            <Button look={danger ? 'danger' : 'primary'} busy={busy} onClick={confirm}>
              {action}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
};

'use client';
import { useId, type FormEvent, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

/** A short form that is open until it is answered; `action` is the verb on its button. */
export const AskDialog = ({
  title,
  description,
  action,
  onClose,
  onSubmit,
  children,
}: {
  title: string;
  description?: string;
  action: string;
  onClose: () => void;
  onSubmit: () => void;
  children: ReactNode;
}) => {
  const form = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      {...(description ? { description } : {})}
      width="sm"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={form}>
            {action}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        {children}
      </form>
    </Dialog>
  );
};

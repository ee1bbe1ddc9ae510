'use client';
import { Toaster as Sonner, toast } from 'sonner';

/** How long an undo stays on offer. */
const UNDO_MS = 8_000;

/** Where toasts stand; once, in the root layout. */
export const Toaster = () => (
  <Sonner
    position="bottom-center"
    offset={16}
    gap={8}
    toastOptions={{
      unstyled: true,
      classNames: {
        toast:
          'flex font-sans min-h-11 w-fit max-w-[min(520px,calc(100vw-32px))] items-center gap-2 rounded-3 bg-bg-raised py-1.5 pr-2 pl-3.5 text-13 text-text shadow-2',
        title: 'text-13',
        description: 'text-12 text-text-2',
        actionButton: 'moves ml-3 h-7 flex-none rounded-2 px-2 font-medium text-text-2 hover:bg-bg-hover hover:text-text',
      },
    }}
  />
);

/** Something is done, and for eight seconds can be undone. */
export const done = (message: string, undo?: () => void): void => {
  toast(message, undo ? { duration: UNDO_MS, action: { label: 'Undo', onClick: undo } } : {});
};

/** Something failed: what happened and what was kept, in words; stays until dismissed or retried. */
export const failed = (message: string, kept?: string, retry?: () => void): void => {
  toast.error(message, {
    duration: retry ? Number.POSITIVE_INFINITY : UNDO_MS,
    ...(kept ? { description: kept } : {}),
    ...(retry ? { action: { label: 'Try again', onClick: retry } } : {}),
  });
};

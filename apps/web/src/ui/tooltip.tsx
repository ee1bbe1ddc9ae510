'use client';
import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Kbd } from './kbd.tsx';

export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Radix.Provider delayDuration={400} skipDelayDuration={200}>
    {children}
  </Radix.Provider>
);

/** Words on hover and focus of its one focusable child. Never the only place a fact stands. */
export const Tooltip = ({
  text,
  hint,
  side = 'bottom',
  children,
}: {
  text: ReactNode;
  hint?: string | undefined;
  side?: 'top' | 'bottom' | 'left' | 'right';
  children: ReactNode;
}) => (
  <Radix.Root>
    <Radix.Trigger asChild>{children}</Radix.Trigger>
    {/* Into the page's main part, so that what floats is still inside a landmark. */}
    <Radix.Portal container={typeof document === 'undefined' ? null : document.getElementById('main')}>
      <Radix.Content
        side={side}
        sideOffset={6}
        collisionPadding={8}
        className="appears z-60 flex max-w-72 items-center gap-2 rounded-2 bg-bg-raised px-2.5 py-1.5 text-12 text-text shadow-2"
      >
        {text}
        {hint && <Kbd>{hint}</Kbd>}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);

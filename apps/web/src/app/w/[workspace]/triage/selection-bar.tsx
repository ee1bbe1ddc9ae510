'use client';
import { X } from 'lucide-react';
import { decimal, sum } from '@tideline/domain/money';
import { Button } from '../../../../ui/button.tsx';
import { counted } from '../../../../ui/format.ts';
import { IconButton } from '../../../../ui/icon-button.tsx';
import type { Row } from './list-state.ts';
import { useScene } from './scene.ts';
import type { RowHandlers } from './use-handlers.ts';

/** What is chosen, with its money, and what can be done with all of it. */
export const SelectionBar = ({ rows, handlers, onClear }: { rows: readonly Row[]; handlers: RowHandlers; onClear: () => void }) => {
  const { amount, allowed } = useScene();
  if (rows.length === 0) return null;
  const ids = rows.map((row) => row.id);
  const stake = sum(rows.map((row) => decimal(row.stake))).toFixed();
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-10 z-5 flex justify-center px-4">
      <div
        role="group"
        aria-label="Chosen accounts"
        className="appears pointer-events-auto flex h-11 items-center gap-1 rounded-3 bg-bg-raised pr-2 pl-3.5 shadow-2"
      >
        <span className="mr-2 whitespace-nowrap tabular-nums">
          <b>{counted(rows.length, 'account')}</b>, {amount(stake)} at stake
        </span>
        <Button look="ghost" hint="s" onClick={() => handlers.ask('snooze', ids)}>
          Snooze
        </Button>
        <Button look="ghost" hint="e" onClick={() => handlers.done(ids)}>
          Done
        </Button>
        {allowed.task && (
          <Button look="ghost" hint="t" onClick={() => handlers.ask('task', ids)}>
            Task
          </Button>
        )}
        {allowed.assign && (
          <Button look="ghost" hint="a" onClick={() => handlers.ask('owner', ids)}>
            Give to …
          </Button>
        )}
        <IconButton label="Choose none" hint="esc" onClick={onClear}>
          <X aria-hidden />
        </IconButton>
      </div>
    </div>
  );
};

'use client';
import { AlarmClock, Check, Clock, Ellipsis, Mail, MessageSquare, Phone, Plus, Undo2, UserRound, Users } from 'lucide-react';
import { useState } from 'react';
import { cx } from '../../../../ui/cx.ts';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { Menu, MenuItem, MenuRule } from '../../../../ui/menu.tsx';
import type { Row } from './list-state.ts';
import { useScene } from './scene.ts';
import type { RowHandlers } from './use-handlers.ts';

/** The row's own buttons, over its least needed columns; seen on hover and when one of them has the focus. */
export const RowActions = ({ row, tabbable, handlers }: { row: Row; tabbable: boolean; handlers: RowHandlers }) => {
  const { allowed } = useScene();
  const [open, setOpen] = useState(false);
  if (!allowed.act) return null;
  const tab = { tabIndex: tabbable ? 0 : -1 };
  return (
    <div
      className={cx(
        'absolute top-1/2 right-2.5 flex -translate-y-1/2 gap-0.5 rounded-[8px] bg-bg-raised p-0.5 opacity-0 shadow-2 group-hover/row:opacity-100 focus-within:opacity-100 max-sm:hidden',
        open && 'opacity-100',
      )}
    >
      {row.done ? (
        <IconButton {...tab} label="Take done back" onClick={() => handlers.undoDone([row.id])}>
          <Undo2 aria-hidden />
        </IconButton>
      ) : (
        <IconButton {...tab} label="Done" hint="e" onClick={() => handlers.done([row.id])}>
          <Check aria-hidden />
        </IconButton>
      )}
      {row.snoozed ? (
        <IconButton {...tab} label="Back into triage" onClick={() => handlers.wake([row.id])}>
          <AlarmClock aria-hidden />
        </IconButton>
      ) : (
        <IconButton {...tab} label="Snooze" hint="s" onClick={() => handlers.ask('snooze', [row.id])}>
          <Clock aria-hidden />
        </IconButton>
      )}
      {allowed.task && (
        <IconButton {...tab} label="New task" hint="t" onClick={() => handlers.ask('task', [row.id])}>
          <Plus aria-hidden />
        </IconButton>
      )}
      <MoreMenu row={row} tabbable={tabbable} handlers={handlers} onOpen={setOpen} />
    </div>
  );
};

const MoreMenu = ({ row, tabbable, handlers, onOpen }: { row: Row; tabbable: boolean; handlers: RowHandlers; onOpen: (open: boolean) => void }) => {
  const { allowed } = useScene();
  return (
    <Menu
      label={`More for ${row.name}`}
      onOpenChange={onOpen}
      trigger={
        <button
          type="button"
          aria-label="More"
          tabIndex={tabbable ? 0 : -1}
          className="moves inline-grid size-control place-items-center rounded-2 text-text-2 hover:bg-bg-hover hover:text-text"
        >
          <Ellipsis aria-hidden />
        </button>
      }
    >
      <MenuItem icon={<Phone aria-hidden />} hint="c" onSelect={() => handlers.ask('touch', [row.id], 'call')}>
        Log a call
      </MenuItem>
      <MenuItem icon={<Mail aria-hidden />} onSelect={() => handlers.ask('touch', [row.id], 'email')}>
        Log a mail
      </MenuItem>
      <MenuItem icon={<Users aria-hidden />} onSelect={() => handlers.ask('touch', [row.id], 'meeting')}>
        Log a meeting
      </MenuItem>
      <MenuItem icon={<MessageSquare aria-hidden />} hint="n" onSelect={() => handlers.ask('touch', [row.id], 'note')}>
        Write a note
      </MenuItem>
      {allowed.assign && (
        <>
          <MenuRule />
          <MenuItem icon={<UserRound aria-hidden />} hint="a" onSelect={() => handlers.ask('owner', [row.id])}>
            Give to …
          </MenuItem>
        </>
      )}
    </Menu>
  );
};

'use client';
import { Ellipsis } from 'lucide-react';
import Link from 'next/link';
import { useId, useState, type ReactNode } from 'react';
import { Avatar } from '../../../../ui/avatar.tsx';
import { Button } from '../../../../ui/button.tsx';
import { Checkbox } from '../../../../ui/checkbox.tsx';
import { cx } from '../../../../ui/cx.ts';
import { counted } from '../../../../ui/format.ts';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { Menu, MenuItem } from '../../../../ui/menu.tsx';
import { useScene, type Person } from './scene.ts';

/** One thing to do with a row: a button at its right, an entry of its menu on a phone, a button for all that are chosen. */
export type Action = { label: string; hint?: string; icon: ReactNode; run: () => void };

/** Seen on hover and when the focus is in the row; on a phone they are a menu. Out of the tab order elsewhere. */
export const RowActions = ({ about, actions, isAt }: { about: string; actions: readonly Action[]; isAt: boolean }) => {
  const [open, setOpen] = useState(false);
  const tab = { tabIndex: isAt ? 0 : -1 };
  if (actions.length === 0) return null;
  return (
    <>
      <div
        className={cx(
          'absolute top-1.5 right-3 flex gap-0.5 rounded-[8px] bg-bg-raised p-0.5 opacity-0 shadow-2 group-hover/row:opacity-100 group-has-[:focus-visible]/row:opacity-100 max-sm:hidden',
        )}
      >
        {actions.map(({ label, hint, icon, run }) => (
          <IconButton key={label} {...tab} label={label} {...(hint ? { hint } : {})} onClick={run}>
            {icon}
          </IconButton>
        ))}
      </div>
      <div className={cx('absolute top-2 right-2 sm:hidden', open && 'z-5')}>
        <Menu
          label={`Actions for ${about}`}
          onOpenChange={setOpen}
          trigger={
            <button type="button" aria-label={`Actions for ${about}`} className="moves inline-grid size-9 place-items-center rounded-2 text-text-2">
              <Ellipsis aria-hidden />
            </button>
          }
        >
          {actions.map(({ label, icon, run }) => (
            <MenuItem key={label} icon={icon} onSelect={run}>
              {label}
            </MenuItem>
          ))}
        </Menu>
      </div>
    </>
  );
};

export const PickBox = ({ about, checked, onToggle, isAt }: { about: string; checked: boolean; onToggle: () => void; isAt: boolean }) => (
  <Checkbox
    aria-label={`Choose ${about}`}
    checked={checked}
    onCheckedChange={onToggle}
    tabIndex={isAt ? 0 : -1}
    className="max-sm:mt-[3px] max-sm:self-start"
  />
);

export const AccountLink = ({ account }: { account: { id: string; name: string } }) => {
  const { workspace } = useScene();
  return (
    <Link href={`/w/${workspace}/account/${account.id}`} prefetch={false} title={account.name} className="door block w-fit max-w-full truncate font-semibold">
      {account.name}
    </Link>
  );
};

export const Who = ({ person, nobody = 'Nobody', className }: { person: Person | null; nobody?: string; className?: string }) => {
  const { me } = useScene();
  return (
    <span className={cx('flex min-w-0 items-center gap-1.5 text-12', person ? 'text-text-2' : 'text-text-3', className)}>
      {person ? (
        <Avatar size="sm" name={person.name} me={person.id === me.id} />
      ) : (
        <span aria-hidden className="size-4 flex-none rounded-full border border-dashed border-line-control" />
      )}
      <span className="truncate" title={person?.name ?? nobody}>
        {person?.name ?? nobody}
      </span>
    </span>
  );
};

/** Over the rows: choose all that are shown, and show what waits. */
export const ListHead = ({
  all,
  some,
  noun,
  mayChoose,
  onAll,
  waiting,
  onShow,
}: {
  all: boolean;
  some: boolean;
  noun: string;
  mayChoose: boolean;
  onAll: (on: boolean) => void;
  waiting: number;
  onShow: () => void;
}) => {
  const id = useId();
  return (
    <div className="flex h-9 items-center gap-2.5 border-b border-line px-4 text-12 text-text-3">
      {mayChoose && (
        <>
          <Checkbox id={id} checked={all ? true : some ? 'indeterminate' : false} onCheckedChange={(on) => onAll(on === true)} />
          <label htmlFor={id}>
            Choose all<span className="sr-only"> {noun}s</span> shown
          </label>
        </>
      )}
      {waiting > 0 && (
        <Button size="sm" className="ml-auto" onClick={onShow}>
          Show {counted(waiting, `new ${noun}`)}
        </Button>
      )}
    </div>
  );
};

/** What can be done with all that is chosen. */
export const ChosenBar = ({ count, noun, actions, onClear }: { count: number; noun: string; actions: readonly Action[]; onClear: () => void }) => {
  if (count === 0) return null;
  return (
    <div className="pointer-events-none sticky bottom-4 z-5 mt-3 flex justify-center px-2">
      <div
        role="group"
        aria-label={`Chosen ${noun}s`}
        className="appears no-scrollbar pointer-events-auto flex h-11 max-w-full items-center gap-1 overflow-x-auto rounded-3 bg-bg-raised pr-2 pl-3.5 shadow-2"
      >
        <b className="mr-2 whitespace-nowrap tabular-nums">{counted(count, noun)}</b>
        {actions.map(({ label, hint, run }) => (
          <Button key={label} look="ghost" hint={hint} onClick={run}>
            {label}
          </Button>
        ))}
        <Button look="ghost" hint="esc" onClick={onClear}>
          Choose none
        </Button>
      </div>
    </div>
  );
};

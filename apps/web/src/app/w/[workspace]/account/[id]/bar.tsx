'use client';
import {
  AlarmClock,
  Check,
  ChevronDown,
  ChevronUp,
  Clock,
  Ellipsis,
  Link2,
  Mail,
  Merge,
  MessageSquare,
  Network,
  PencilLine,
  Phone,
  Plus,
  Scale,
  Undo2,
  UserRound,
  Users,
} from 'lucide-react';
import Link from 'next/link';
import { Button } from '../../../../../ui/button.tsx';
import { IconButton } from '../../../../../ui/icon-button.tsx';
import { Menu, MenuItem, MenuRule } from '../../../../../ui/menu.tsx';
import { done } from '../../../../../ui/toast.tsx';
import type { Allowed, Asking, Neighbours } from './use-account-keys.ts';
import type { Acts } from './use-acts.ts';

type Props = {
  workspace: string;
  acts: Acts;
  ask: (asking: Asking) => void;
  allowed: Allowed;
  neighbours: Neighbours;
  snoozed: boolean;
  isDone: boolean;
};

/** The title line: the list one came from and the way to its neighbours; what can be done with the account. It stays while the page scrolls. */
export const Bar = (props: Props) => (
  <header className="sticky top-0 z-5 flex h-12 flex-none items-center gap-1 border-b border-line bg-bg px-4 max-lg:pl-13 lg:px-gutter">
    <Crumbs {...props} />
    <div className="ml-auto flex flex-none items-center gap-2 pl-2">
      <TriageButtons {...props} />
      {props.allowed.task && (
        <Button icon={<Plus aria-hidden />} hint="t" onClick={() => props.ask({ kind: 'task' })} className="max-sm:hidden">
          Task
        </Button>
      )}
      {props.allowed.act && (
        <Button look="primary" icon={<Phone aria-hidden />} hint="c" onClick={() => props.ask({ kind: 'touch', touch: 'call' })}>
          Log call
        </Button>
      )}
      <More {...props} />
    </div>
  </header>
);

const Crumbs = ({ workspace, neighbours: { walk, next, previous } }: Props) => {
  if (!walk) {
    return (
      <Link href={`/w/${workspace}/account`} className="door text-text-2">
        Accounts
      </Link>
    );
  }
  const unread = walk.total > walk.of ? `The list holds ${walk.total}; the first ${walk.of} were read` : undefined;
  return (
    <nav aria-label="List" className="flex min-w-0 items-center gap-1">
      <Link href={walk.href} className="door truncate text-text-2">
        {walk.label}
      </Link>
      <span className="mx-1 whitespace-nowrap text-text-3 tabular-nums" title={unread}>
        {walk.at} of {Math.max(walk.of, walk.total)}
      </span>
      <IconButton label="Next account" hint="j" disabled={walk.after === null} onClick={next}>
        <ChevronDown aria-hidden />
      </IconButton>
      <IconButton label="Account before" hint="k" disabled={walk.before === null} onClick={previous}>
        <ChevronUp aria-hidden />
      </IconButton>
    </nav>
  );
};

const TriageButtons = ({ acts, ask, allowed, snoozed, isDone }: Props) =>
  allowed.triage && (
    <span className="flex gap-0.5 max-sm:hidden">
      {snoozed ? (
        <IconButton label="Back into triage" onClick={acts.wake}>
          <AlarmClock aria-hidden />
        </IconButton>
      ) : (
        <IconButton label="Snooze" hint="s" onClick={() => ask({ kind: 'snooze' })}>
          <Clock aria-hidden />
        </IconButton>
      )}
      {isDone ? (
        <IconButton label="Take done back" onClick={acts.undoDone}>
          <Undo2 aria-hidden />
        </IconButton>
      ) : (
        <IconButton label="Done" hint="e" onClick={acts.done}>
          <Check aria-hidden />
        </IconButton>
      )}
    </span>
  );

const More = ({ acts, ask, allowed, snoozed, isDone }: Props) => {
  const copy = () => void navigator.clipboard.writeText(window.location.href).then(() => done('Link copied'));
  return (
    <Menu
      label="More for this account"
      trigger={
        <button
          type="button"
          aria-label="More"
          className="moves inline-grid size-control flex-none place-items-center rounded-2 text-text-2 hover:bg-bg-hover hover:text-text"
        >
          <Ellipsis aria-hidden />
        </button>
      }
    >
      {allowed.triage && (
        <>
          <MenuItem icon={<Check aria-hidden />} hint="e" onSelect={isDone ? acts.undoDone : acts.done}>
            {isDone ? 'Take done back' : 'Done'}
          </MenuItem>
          <MenuItem icon={<Clock aria-hidden />} hint="s" onSelect={snoozed ? acts.wake : () => ask({ kind: 'snooze' })}>
            {snoozed ? 'Back into triage' : 'Snooze'}
          </MenuItem>
        </>
      )}
      {allowed.task && (
        <MenuItem icon={<Plus aria-hidden />} hint="t" onSelect={() => ask({ kind: 'task' })}>
          New task
        </MenuItem>
      )}
      {allowed.act && (
        <>
          <MenuRule />
          <MenuItem icon={<Mail aria-hidden />} hint="l" onSelect={() => ask({ kind: 'touch', touch: 'email' })}>
            Log a mail
          </MenuItem>
          <MenuItem icon={<Users aria-hidden />} onSelect={() => ask({ kind: 'touch', touch: 'meeting' })}>
            Log a meeting
          </MenuItem>
          <MenuItem icon={<MessageSquare aria-hidden />} hint="n" onSelect={() => ask({ kind: 'touch', touch: 'note' })}>
            Write a note
          </MenuItem>
          <MenuRule />
        </>
      )}
      {allowed.act && (
        <MenuItem icon={<Scale aria-hidden />} onSelect={() => ask({ kind: 'override' })}>
          You know better …
        </MenuItem>
      )}
      {allowed.edit && (
        <MenuItem icon={<PencilLine aria-hidden />} hint="f" onSelect={() => ask({ kind: 'edit' })}>
          Edit fields
        </MenuItem>
      )}
      {allowed.assign && (
        <MenuItem icon={<UserRound aria-hidden />} hint="a" onSelect={() => ask({ kind: 'owner' })}>
          Give to …
        </MenuItem>
      )}
      {allowed.edit && (
        <MenuItem icon={<Network aria-hidden />} onSelect={() => ask({ kind: 'parent' })}>
          Part of …
        </MenuItem>
      )}
      {allowed.merge && (
        <MenuItem icon={<Merge aria-hidden />} onSelect={() => ask({ kind: 'merge' })}>
          Merge into …
        </MenuItem>
      )}
      <MenuItem icon={<Link2 aria-hidden />} onSelect={copy}>
        Copy link
      </MenuItem>
    </Menu>
  );
};

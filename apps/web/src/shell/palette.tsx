'use client';
import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Dialog } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { cx } from '../ui/cx.ts';
import { veil } from '../ui/dialog.tsx';
import { SegmentMark } from '../ui/segment-mark.tsx';
import { KeyNames } from './key-help.tsx';
import { useAccounts, type AccountSearch } from './palette-accounts.ts';
import { useAllActions } from './palette-actions.tsx';
import { hrefOf, screenList, type ScreenKey } from './screens.ts';

type PaletteProps = { workspace: string; searchAccounts: AccountSearch; hidden?: readonly ScreenKey[] };

/** ⌘K: go to an account, a screen, or do something. */
export const Palette = ({ open, onOpenChange, ...rest }: PaletteProps & { open: boolean; onOpenChange: (open: boolean) => void }) => (
  <Dialog.Root open={open} onOpenChange={onOpenChange}>
    <Dialog.Portal>
      <Dialog.Overlay className={veil} />
      <Dialog.Content
        aria-describedby={undefined}
        className="appears fixed top-[12vh] left-1/2 z-50 w-140 max-w-[calc(100vw-32px)] -translate-x-1/2 rounded-3 bg-bg-raised p-1.5 shadow-2 focus-visible:outline-none"
      >
        <Dialog.Title className="sr-only">Go to or do</Dialog.Title>
        <PaletteBody {...rest} onDone={() => onOpenChange(false)} />
      </Dialog.Content>
    </Dialog.Portal>
  </Dialog.Root>
);

type Row = { value: string; label: string; before?: ReactNode; after?: ReactNode; run: () => void };
type Group = { heading: string; rows: Row[] };

/** Everything that fits what was typed, in three groups. */
const useGroups = ({ workspace, searchAccounts, hidden }: PaletteProps, query: string) => {
  const router = useRouter();
  const { accounts, state } = useAccounts(searchAccounts, query);
  const actions = useAllActions();
  const words = query.trim().toLowerCase();
  const fits = (...texts: (string | undefined)[]) => texts.join(' ').toLowerCase().includes(words);
  const groups: Group[] = [
    {
      heading: 'Accounts',
      rows: accounts.map((account) => ({
        value: `account ${account.id}`,
        label: account.name,
        before: account.segment && <SegmentMark segment={account.segment} />,
        after: account.hint && <span className="text-12 whitespace-nowrap text-text-3 tabular-nums">{account.hint}</span>,
        run: () => router.push(account.href),
      })),
    },
    {
      heading: 'Actions',
      rows: actions
        .filter((action) => fits(action.label))
        .map(({ id, label, icon, keys, run }) => ({ value: `action ${id}`, label, before: icon, after: keys && <KeyNames keys={keys} />, run })),
    },
    {
      heading: 'Screens',
      rows: screenList(hidden)
        .filter((screen) => fits(screen.label, screen.also))
        .map(({ key, label, icon: Icon, go }) => ({
          value: `screen ${key}`,
          label,
          before: <Icon aria-hidden />,
          after: go && <KeyNames keys={`g ${go}`} />,
          run: () => router.push(hrefOf(workspace, key)),
        })),
    },
  ];
  return { groups: groups.filter((group) => group.rows.length > 0), state };
};

/** Mounted while open, so each opening starts empty. */
const PaletteBody = ({ onDone, ...props }: PaletteProps & { onDone: () => void }) => {
  const [query, setQuery] = useState('');
  const { groups, state } = useGroups(props, query);
  // The first row is the chosen one again whenever the answer changes; else a late answer leaves the choice further down.
  const first = groups[0]?.rows[0]?.value ?? '';
  const asked = `${query} ${first}`;
  const [chosen, choose] = useState({ asked, value: first });
  return (
    // Accounts come filtered from the server in its order, so the list is not sorted by likeness here.
    <Command
      label="Go to or do"
      shouldFilter={false}
      loop
      value={chosen.asked === asked ? chosen.value : first}
      onValueChange={(value) => choose({ asked, value })}
    >
      <span className="-mt-0.5 mb-1 flex h-10 items-center gap-2 border-b border-line px-2">
        <Search aria-hidden className="size-3.5 text-text-3" />
        <Command.Input
          value={query}
          onValueChange={setQuery}
          placeholder="Account, screen or action"
          className="h-full w-full bg-transparent outline-none focus-visible:outline-none"
        />
      </span>
      <Command.List className="quiet-scroll max-h-[56vh] overflow-y-auto">
        {groups.map((group) => (
          <PaletteGroup key={group.heading} group={group} onDone={onDone} />
        ))}
      </Command.List>
      <PaletteState state={state} nothing={groups.length === 0} query={query} />
    </Command>
  );
};

const PaletteGroup = ({ group, onDone }: { group: Group; onDone: () => void }) => (
  <Command.Group
    heading={group.heading}
    className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-12 [&_[cmdk-group-heading]]:text-text-3"
  >
    {group.rows.map((row) => (
      <Command.Item
        key={row.value}
        value={row.value}
        onSelect={() => {
          onDone();
          row.run();
        }}
        className="flex h-8 items-center gap-2 rounded-2 px-2 select-none data-[selected=true]:bg-bg-selected [&_.lucide]:text-text-3"
      >
        {row.before}
        <span className="mr-auto truncate">{row.label}</span>
        {row.after}
      </Command.Item>
    ))}
  </Command.Group>
);

const PaletteState = ({ state, nothing, query }: { state: 'idle' | 'searching' | 'failed'; nothing: boolean; query: string }) => (
  <p role="status" className={cx('px-2 text-12 text-text-3', (nothing || state === 'failed') && 'py-2')}>
    {state === 'failed'
      ? 'Accounts could not be searched. Screens and actions still work.'
      : nothing && state === 'idle'
        ? `Nothing is called “${query}”.`
        : ''}
  </p>
);

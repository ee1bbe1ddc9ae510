'use client';
import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Dialog } from 'radix-ui';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { cx } from '../ui/cx.ts';
import { veil } from '../ui/dialog.tsx';
import { SegmentMark, type SegmentCode } from '../ui/segment-mark.tsx';
import { KeyNames } from './key-help.tsx';
import { hrefOf, screenList, type ScreenKey } from './screens.ts';

/** An account as the palette shows it; `hint` is grey at the right ("$119k at stake"). */
export type PaletteAccount = { id: string; name: string; href: string; segment?: SegmentCode; hint?: string };
export type PaletteAction = { id: string; label: string; icon?: ReactNode; keys?: string; run: () => void };
export type AccountSearch = (query: string, signal: AbortSignal) => Promise<readonly PaletteAccount[]>;

type Add = (actions: readonly PaletteAction[]) => () => void;
// Two contexts: who only adds must not render again because somebody added.
const AddActions = createContext<Add | null>(null);
const AllActions = createContext<readonly PaletteAction[]>([]);

/** Lets pages add their actions to the palette. The Shell puts it there. */
export const PaletteActionsProvider = ({ children }: { children: ReactNode }) => {
  const [sets, setSets] = useState<readonly (readonly PaletteAction[])[]>([]);
  const add = useCallback<Add>((actions) => {
    setSets((before) => [actions, ...before]);
    return () => setSets((before) => before.filter((set) => set !== actions));
  }, []);
  const all = useMemo(() => sets.flat(), [sets]);
  return (
    <AddActions value={add}>
      <AllActions value={all}>{children}</AllActions>
    </AddActions>
  );
};

/** Adds a page's actions while it is mounted. Memoise the list. */
export const usePaletteActions = (actions: readonly PaletteAction[]): void => {
  const add = useContext(AddActions);
  useEffect(() => add?.(actions), [add, actions]);
};

const TYPING_PAUSE_MS = 120;

/** Accounts matching what was typed last; answers to earlier words are dropped. */
const useAccounts = (search: AccountSearch, query: string, open: boolean) => {
  const [found, setFound] = useState<{ accounts: readonly PaletteAccount[]; state: 'idle' | 'searching' | 'failed' }>({ accounts: [], state: 'idle' });
  const latest = useRef(search);
  latest.current = search;
  useEffect(() => {
    if (!open) return;
    const stop = new AbortController();
    setFound((before) => ({ ...before, state: 'searching' }));
    const timer = setTimeout(
      () =>
        latest.current(query.trim(), stop.signal).then(
          (accounts) => !stop.signal.aborted && setFound({ accounts, state: 'idle' }),
          () => !stop.signal.aborted && setFound({ accounts: [], state: 'failed' }),
        ),
      query ? TYPING_PAUSE_MS : 0,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [query, open]);
  return found;
};

const heading =
  '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-12 [&_[cmdk-group-heading]]:text-text-3';
const row = 'flex h-8 items-center gap-2 rounded-2 px-2 select-none data-[selected=true]:bg-bg-selected [&_.lucide]:text-text-3';

/** ⌘K: go to an account, a screen, or do something. */
export const Palette = ({
  open,
  onOpenChange,
  workspace,
  searchAccounts,
  hidden = [],
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  workspace: string;
  searchAccounts: AccountSearch;
  hidden?: readonly ScreenKey[];
}) => {
  const router = useRouter();
  const [query, setQuery] = useState('');
  const { accounts, state } = useAccounts(searchAccounts, query, open);
  const actions = useContext(AllActions);
  const words = query.trim().toLowerCase();
  const fits = (...texts: (string | undefined)[]) => texts.join(' ').toLowerCase().includes(words);
  const shownActions = actions.filter((action) => fits(action.label));
  const shownScreens = screenList(hidden).filter((screen) => fits(screen.label, screen.also));
  // The first row is the chosen one again whenever the answer changes; else a late answer leaves the choice further down.
  const first = accounts[0] ? `account ${accounts[0].id}` : shownActions[0] ? `action ${shownActions[0].id}` : `screen ${shownScreens[0]?.key}`;
  const [active, setActive] = useState('');
  useEffect(() => setActive(first), [first, query]);
  const close = (then: () => void) => () => {
    onOpenChange(false);
    setQuery('');
    then();
  };
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className={veil} />
        <Dialog.Content
          aria-describedby={undefined}
          className="appears fixed top-[12vh] left-1/2 z-50 w-140 max-w-[calc(100vw-32px)] -translate-x-1/2 rounded-3 bg-bg-raised p-1.5 shadow-2 focus-visible:outline-none"
        >
          <Dialog.Title className="sr-only">Go to or do</Dialog.Title>
          {/* Accounts come filtered from the server in its order, so the list filters itself and not by likeness. */}
          <Command label="Go to or do" shouldFilter={false} loop value={active} onValueChange={setActive}>
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
              {accounts.length > 0 && (
                <Command.Group heading="Accounts" className={heading}>
                  {accounts.map((account) => (
                    <Command.Item key={account.id} value={`account ${account.id}`} onSelect={close(() => router.push(account.href))} className={row}>
                      {account.segment && <SegmentMark segment={account.segment} />}
                      <span className="truncate">{account.name}</span>
                      {account.hint && <span className="ml-auto pl-3 text-12 whitespace-nowrap text-text-3 tabular-nums">{account.hint}</span>}
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
              {shownActions.length > 0 && (
                <Command.Group heading="Actions" className={heading}>
                  {shownActions.map((action) => (
                    <Command.Item key={action.id} value={`action ${action.id}`} onSelect={close(action.run)} className={row}>
                      {action.icon}
                      <span className="mr-auto truncate">{action.label}</span>
                      {action.keys && <KeyNames keys={action.keys} />}
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
              {shownScreens.length > 0 && (
                <Command.Group heading="Screens" className={heading}>
                  {shownScreens.map(({ key, label, icon: Icon, go }) => (
                    <Command.Item key={key} value={`screen ${key}`} onSelect={close(() => router.push(hrefOf(workspace, key)))} className={row}>
                      <Icon aria-hidden />
                      <span className="mr-auto">{label}</span>
                      {go && <KeyNames keys={`g ${go}`} />}
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
            </Command.List>
            <PaletteState state={state} nothing={accounts.length + shownActions.length + shownScreens.length === 0} query={query} />
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};

const PaletteState = ({ state, nothing, query }: { state: 'idle' | 'searching' | 'failed'; nothing: boolean; query: string }) => (
  <p role="status" className={cx('px-2 text-12 text-text-3', (nothing || state === 'failed') && 'py-2')}>
    {state === 'failed'
      ? 'Accounts could not be searched. Screens and actions still work.'
      : nothing && state === 'idle'
        ? `Nothing is called “${query}”.`
        : ''}
  </p>
);

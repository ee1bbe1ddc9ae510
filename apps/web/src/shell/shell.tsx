'use client';
import { Menu as MenuIcon } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { Dialog } from 'radix-ui';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { veil } from '../ui/dialog.tsx';
import { KeyHelp } from './key-help.tsx';
import { KeysProvider, useKeys, type KeyBinding } from './keys.tsx';
import { LiveRegion } from './live-region.tsx';
import type { AccountSearch } from './palette-accounts.ts';
import { PaletteActionsProvider } from './palette-actions.tsx';
import { Palette } from './palette.tsx';
import { Rail, type RailProps } from './rail.tsx';
import { hrefOf, screenList } from './screens.ts';
import { keepNarrow } from './narrow-cookie.ts';

export type ShellProps = RailProps & {
  /** The rail as left last time, from the cookie: see `narrow-cookie.ts`. */
  narrow?: boolean;
  searchAccounts: AccountSearch;
  children: ReactNode;
};

/**
 * The frame of every signed-in screen: rail, palette, keys, live region. Takes what it shows as props, fetches nothing.
 * Children fill the column right of the rail; a page that scrolls inside itself sets `h-dvh`.
 */
export const Shell = (props: ShellProps) => (
  <KeysProvider>
    <LiveRegion>
      <PaletteActionsProvider>
        <Frame {...props} />
      </PaletteActionsProvider>
    </LiveRegion>
  </KeysProvider>
);

type Open = 'palette' | 'keys' | null;

/** `g` and a letter, ⌘K, `?` and `[`: the keys that work on every screen. */
const useShellKeys = (workspace: string, hidden: RailProps['hidden'], show: (open: Open) => void, toggleNarrow: () => void) => {
  const router = useRouter();
  const bindings = useMemo<KeyBinding[]>(
    () => [
      { keys: 'mod+k', label: 'Go to or do', group: 'Everywhere', whileTyping: true, run: () => show('palette') },
      { keys: '?', label: 'Show keys', group: 'Everywhere', run: () => show('keys') },
      { keys: '[', label: 'Fold the rail', group: 'Everywhere', run: toggleNarrow },
      ...screenList(hidden).flatMap(({ key, label, go }) =>
        go ? [{ keys: `g ${go}`, label, group: 'Go to', run: () => router.push(hrefOf(workspace, key)) }] : [],
      ),
    ],
    [workspace, hidden, show, toggleNarrow, router],
  );
  useKeys(bindings);
};

const Frame = ({ narrow: initial = false, searchAccounts, children, ...rail }: ShellProps) => {
  const [open, show] = useState<Open>(null);
  const [narrow, setNarrow] = useState(initial);
  const fold = useCallback((next: boolean) => {
    setNarrow(next);
    keepNarrow(next);
  }, []);
  const toggle = useCallback(() => fold(!narrow), [fold, narrow]);
  useShellKeys(rail.workspace.slug, rail.hidden, show, toggle);
  const close = (next: boolean) => !next && show(null);
  return (
    <div className="flex min-h-dvh">
      <a href="#main" className="sr-only z-50 rounded-2 bg-bg-raised px-3 py-2 shadow-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2">
        Skip to content
      </a>
      <div
        {...(narrow ? { 'data-narrow': '' } : {})}
        className="group/rail sticky top-0 h-dvh w-rail flex-none border-r border-line bg-bg-rail max-xl:w-12 max-lg:hidden data-narrow:w-12"
      >
        <Rail {...rail} narrow={narrow} onNarrow={fold} onPalette={() => show('palette')} />
      </div>
      <div className="relative flex min-w-0 flex-1 flex-col">
        <Drawer rail={rail} onPalette={() => show('palette')} />
        <main id="main" tabIndex={-1} className="flex min-w-0 flex-1 flex-col focus-visible:outline-none">
          {children}
        </main>
      </div>
      <Palette
        open={open === 'palette'}
        onOpenChange={close}
        workspace={rail.workspace.slug}
        searchAccounts={searchAccounts}
        {...(rail.hidden ? { hidden: rail.hidden } : {})}
      />
      <KeyHelp open={open === 'keys'} onOpenChange={close} />
    </div>
  );
};

/** Under 1024 pixels the rail waits behind the menu button. Open only on the page it was opened on, so going somewhere closes it. */
const Drawer = ({ rail, onPalette }: { rail: RailProps; onPalette: () => void }) => {
  const pathname = usePathname();
  const [openOn, setOpenOn] = useState<string | null>(null);
  return (
    <Dialog.Root open={openOn === pathname} onOpenChange={(next) => setOpenOn(next ? pathname : null)}>
      <Dialog.Trigger asChild>
        <button
          type="button"
          aria-label="Open menu"
          className="moves absolute top-2 left-2 z-10 grid size-8 place-items-center rounded-2 text-text-2 hover:bg-bg-hover lg:hidden"
        >
          <MenuIcon aria-hidden />
        </button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className={veil} />
        <Dialog.Content
          aria-describedby={undefined}
          data-drawer=""
          className="appears fixed inset-y-0 left-0 z-50 w-64 max-w-[calc(100vw-48px)] bg-bg-rail shadow-2 focus-visible:outline-none lg:hidden"
        >
          <Dialog.Title className="sr-only">Menu</Dialog.Title>
          <Rail
            {...rail}
            onPalette={() => {
              setOpenOn(null);
              onPalette();
            }}
          />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};

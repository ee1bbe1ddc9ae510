'use client';
import { useRouter } from 'next/navigation';
import { useMemo, useState, type RefObject } from 'react';
import { type KeyBinding, useKeys } from '../../../../shell/keys.tsx';
import type { Allowed } from './accounts.tsx';
import type { AccountList } from './use-account-list.ts';
import type { Chosen } from './use-chosen.ts';

type Given = { workspace: string; list: AccountList; chosen: Chosen; search: RefObject<HTMLInputElement | null>; allowed: Allowed };

/** Where the keyboard is in the list; `move` counts so that the same place can be gone to again. */
export const useAccountKeys = ({ workspace, list, chosen, search, allowed }: Given) => {
  const router = useRouter();
  const [at, setAt] = useState(-1);
  const { rows } = list;
  const { toggle, clear } = chosen;
  const bindings = useMemo<KeyBinding[]>(() => {
    const step = (by: number) => () => setAt((before) => Math.min(rows.length - 1, Math.max(0, before + by)));
    const here = () => rows[at];
    const open = () => {
      const row = here();
      if (row) router.push(`/w/${workspace}/account/${row.id}`);
    };
    return [
      { keys: 'j', label: 'Next account', group: 'List', run: step(1) },
      { keys: 'k', label: 'Previous account', group: 'List', run: step(-1) },
      { keys: 'enter', label: 'Open account', group: 'List', run: open },
      { keys: '/', label: 'Search', group: 'List', run: () => search.current?.focus() },
      ...(allowed.assign
        ? [
            {
              keys: 'x',
              label: 'Choose',
              group: 'List',
              run: () => {
                const row = here();
                if (row) toggle(row.id);
              },
            },
            { keys: 'escape', label: 'Choose none', group: 'List', run: clear },
          ]
        : []),
    ];
  }, [rows, at, router, workspace, search, allowed.assign, toggle, clear]);
  useKeys(bindings);
  return at;
};

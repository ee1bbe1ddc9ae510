'use client';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useMemo } from 'react';
import { useWalk } from '../../../../../lib/use-walk.ts';
import { useKeys, type KeyBinding } from '../../../../../shell/keys.tsx';
import { usePaletteActions, type PaletteAction } from '../../../../../shell/palette-actions.tsx';
import type { Touch } from '../../triage/changes.ts';
import type { ContactView } from './contacts.tsx';
import type { Acts } from './use-acts.ts';

export type Asking =
  | { kind: 'snooze' | 'task' | 'owner' | 'edit' | 'merge' | 'parent' | 'override' }
  | { kind: 'touch'; touch: Touch['kind']; contact?: string }
  | { kind: 'contact'; contact: ContactView | null };
/** What a person may do here, by role and by what the account is; the server judges again. */
export type Allowed = { act: boolean; triage: boolean; edit: boolean; assign: boolean; task: boolean; merge: boolean };

/** The neighbours in the list one came from. The view goes along; going back leads to the list, not through every account. */
export const useNeighbours = (workspace: string, id: string) => {
  const router = useRouter();
  const walk = useWalk(workspace, id);
  const { before, after } = walk ?? { before: null, after: null };
  const go = useCallback(
    (to: string | null) => {
      if (to !== null) router.replace(`/w/${workspace}/account/${to}${window.location.search}`);
    },
    [router, workspace],
  );
  useEffect(() => {
    if (after !== null) router.prefetch(`/w/${workspace}/account/${after}`);
  }, [router, workspace, after]);
  return useMemo(() => ({ walk, next: () => go(after), previous: () => go(before) }), [walk, go, before, after]);
};
export type Neighbours = ReturnType<typeof useNeighbours>;

type Given = { name: string; acts: Acts; ask: (asking: Asking) => void; allowed: Allowed; neighbours: Neighbours; isDone: boolean };

/** The keys of triage for the one account that is open, and the same in the palette. */
export const useAccountKeys = ({ name, acts, ask, allowed, neighbours, isDone }: Given): void => {
  const { walk, next, previous } = neighbours;
  const router = useRouter();
  const list = walk?.href ?? null;
  const actions = useMemo<PaletteAction[]>(
    () => [
      ...(allowed.triage && !isDone ? [{ id: 'done', label: `Mark ${name} done`, keys: 'e', run: acts.done }] : []),
      ...(allowed.triage ? [{ id: 'snooze', label: `Snooze ${name}`, keys: 's', run: () => ask({ kind: 'snooze' }) }] : []),
      ...(allowed.task ? [{ id: 'task', label: `New task for ${name}`, keys: 't', run: () => ask({ kind: 'task' }) }] : []),
      ...(allowed.act
        ? [
            { id: 'call', label: `Log a call with ${name}`, keys: 'c', run: () => ask({ kind: 'touch', touch: 'call' }) },
            { id: 'log', label: `Log a mail or meeting with ${name}`, keys: 'l', run: () => ask({ kind: 'touch', touch: 'email' }) },
            { id: 'override', label: `Say what you know better of ${name}`, run: () => ask({ kind: 'override' }) },
            { id: 'note', label: `Write a note on ${name}`, keys: 'n', run: () => ask({ kind: 'touch', touch: 'note' }) },
          ]
        : []),
      ...(allowed.edit ? [{ id: 'edit', label: `Edit ${name}`, keys: 'f', run: () => ask({ kind: 'edit' }) }] : []),
      ...(allowed.edit ? [{ id: 'contact', label: `New contact at ${name}`, keys: 'p', run: () => ask({ kind: 'contact', contact: null }) }] : []),
      ...(allowed.edit ? [{ id: 'parent', label: `${name} is part of …`, run: () => ask({ kind: 'parent' }) }] : []),
      ...(allowed.merge ? [{ id: 'merge', label: `Merge ${name} into …`, run: () => ask({ kind: 'merge' }) }] : []),
      ...(allowed.assign ? [{ id: 'owner', label: `Give ${name} to …`, keys: 'a', run: () => ask({ kind: 'owner' }) }] : []),
    ],
    [name, acts, ask, allowed, isDone],
  );
  usePaletteActions(actions);
  useKeys(
    useMemo<KeyBinding[]>(() => {
      const labels: Record<string, string> = {
        done: 'Done',
        snooze: 'Snooze',
        task: 'New task',
        call: 'Log a call',
        log: 'Log a mail or meeting',
        note: 'Write a note',
        edit: 'Edit fields',
        contact: 'New contact',
        owner: 'Give to …',
      };
      return [
        ...(list === null
          ? []
          : [
              { keys: 'j', label: 'Next account of the list', group: 'Account', run: next },
              { keys: 'k', label: 'Account before', group: 'Account', run: previous },
              { keys: 'u', label: 'Back to the list', group: 'Account', run: () => router.push(list) },
            ]),
        ...actions.flatMap(({ id, keys, run }) => (keys === undefined ? [] : [{ keys, label: labels[id] ?? id, group: 'Account', run: () => run() }])),
        { keys: 'z', label: 'Undo', group: 'Account', run: acts.undo },
      ];
    }, [list, next, previous, actions, acts, router]),
  );
};

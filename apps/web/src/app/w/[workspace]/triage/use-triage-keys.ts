'use client';
import { useMemo, type RefObject } from 'react';
import { useKeys, type KeyBinding } from '../../../../shell/keys.tsx';
import { usePaletteActions, type PaletteAction } from '../../../../shell/palette-actions.tsx';
import type { Row } from './list-state.ts';
import type { Allowed } from './scene.ts';
import type { Cursor } from './use-cursor.ts';
import { useLatest } from '../../../../ui/use-latest.ts';
import type { RowHandlers } from './use-handlers.ts';

type Given = {
  cursor: Cursor;
  handlers: RowHandlers;
  /** The row the keyboard is on; the accounts an action is for: those chosen, else that row. */
  row: Row | null;
  targets: readonly string[];
  openId: string | null;
  setOpen: (id: string | null) => void;
  openPage: (id: string) => void;
  undo: () => void;
  search: RefObject<HTMLInputElement | null>;
  allowed: Allowed;
};

/** How far the page keys go. */
const LEAP = 10;

const listKeys = (now: () => Given): KeyBinding[] => {
  const go = (steps: number) => () => {
    const { cursor, openId, setOpen } = now();
    const row = cursor.step(steps);
    if (row && openId !== null) setOpen(row.id);
  };
  const group = 'List';
  return [
    { keys: 'j', label: 'Next account', group, run: go(1) },
    { keys: 'k', label: 'Account before', group, run: go(-1) },
    { keys: 'arrowdown', label: 'Next account', group, run: prevented(go(1)) },
    { keys: 'arrowup', label: 'Account before', group, run: prevented(go(-1)) },
    { keys: 'pagedown', label: 'Ten on', group, run: prevented(go(LEAP)) },
    { keys: 'pageup', label: 'Ten back', group, run: prevented(go(-LEAP)) },
    {
      keys: '/',
      label: 'Search',
      group,
      run: prevented(() => {
        now().search.current?.focus();
        now().search.current?.select();
      }),
    },
    {
      keys: 'escape',
      label: 'Leave the search, choose none, close the panel',
      group,
      whileTyping: true,
      run: () => {
        const { search, cursor, setOpen } = now();
        if (document.activeElement === search.current) search.current?.blur();
        else if (cursor.chosen.size > 0) cursor.clear();
        else setOpen(null);
      },
    },
    { keys: 'z', label: 'Undo', group, run: () => now().undo() },
  ];
};

const prevented = (run: () => void) => (event: KeyboardEvent) => {
  event.preventDefault();
  run();
};

const rowKeys = (now: () => Given, allowed: Allowed): KeyBinding[] => {
  const group = 'Account';
  const withRow = (run: (row: Row, given: Given) => void) => () => {
    const given = now();
    if (given.row) run(given.row, given);
  };
  const withTargets = (run: (ids: string[], given: Given) => void) => () => {
    const given = now();
    if (given.targets.length > 0) run([...given.targets], given);
  };
  const looking: KeyBinding[] = [
    { keys: 'enter', label: 'Open beside the list', group, run: withRow((row, { handlers }) => handlers.open(row.id)) },
    { keys: 'o', label: 'Open the account', group, run: withRow((row, { openPage }) => openPage(row.id)) },
  ];
  if (!allowed.act) return looking;
  return [
    ...looking,
    { keys: 'x', label: 'Choose, with shift up to here', group, run: (event) => withRow((row, { handlers }) => handlers.toggle(row.id, event.shiftKey))() },
    { keys: 'e', label: 'Done', group, run: withTargets((ids, { handlers }) => handlers.done(ids)) },
    { keys: 's', label: 'Snooze', group, run: withTargets((ids, { handlers }) => handlers.ask('snooze', ids)) },
    ...(allowed.task ? [{ keys: 't', label: 'New task', group, run: withTargets((ids, { handlers }) => handlers.ask('task', ids)) }] : []),
    { keys: 'c', label: 'Log a call', group, run: withRow((row, { handlers }) => handlers.ask('touch', [row.id], 'call')) },
    { keys: 'n', label: 'Write a note', group, run: withRow((row, { handlers }) => handlers.ask('touch', [row.id], 'note')) },
    ...(allowed.assign ? [{ keys: 'a', label: 'Give to …', group, run: withTargets((ids, { handlers }) => handlers.ask('owner', ids)) }] : []),
  ];
};

/** The keyboard of the list, and the same actions in the palette for the row it is on. */
export const useTriageKeys = (given: Given): void => {
  const latest = useLatest(given);
  const { allowed, row } = given;
  useKeys(useMemo(() => [...listKeys(() => latest.current), ...rowKeys(() => latest.current, allowed)], [latest, allowed]));
  const [id, name] = [row?.id, row?.name];
  usePaletteActions(
    useMemo<PaletteAction[]>(() => {
      if (!id || !allowed.act) return [];
      const { handlers } = latest.current;
      return [
        { id: 'done', label: `Mark ${name} done`, keys: 'e', run: () => handlers.done([id]) },
        { id: 'snooze', label: `Snooze ${name}`, keys: 's', run: () => handlers.ask('snooze', [id]) },
        ...(allowed.task ? [{ id: 'task', label: `New task for ${name}`, keys: 't', run: () => handlers.ask('task', [id]) }] : []),
        { id: 'call', label: `Log a call with ${name}`, keys: 'c', run: () => handlers.ask('touch', [id], 'call') },
        { id: 'note', label: `Write a note on ${name}`, keys: 'n', run: () => handlers.ask('touch', [id], 'note') },
      ];
    }, [id, name, allowed, latest]),
  );
};

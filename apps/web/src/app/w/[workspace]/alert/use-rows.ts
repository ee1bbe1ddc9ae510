'use client';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useKeys, type KeyBinding } from '../../../../shell/keys.tsx';
import { useLatest } from '../../../../ui/use-latest.ts';
import { stepFrom } from './list-state.ts';

type Row = { id: string; account: { id: string } };
/** A key that acts on what is chosen, else on the row the keyboard is on. */
export type RowKey = { keys: string; label: string; run: (ids: string[]) => void };

const rowAttribute = 'data-inbox-row';
/** What a row carries to be found by the keyboard: the focus goes to its first link, the account, which enter opens. */
export const rowMark = (id: string) => ({ [rowAttribute]: id });
/** Somebody is about to act on a row: the pointer or the keyboard is on one, or some are chosen or open. */
export const isWorkedIn = (): boolean =>
  [':hover', ':focus-within', ':has([aria-checked=true], [aria-expanded=true])'].some((state) => document.querySelector(`[${rowAttribute}]${state}`) !== null);
const focusRow = (id: string): void => {
  const row = document.querySelector(`[${rowAttribute}="${id}"]`);
  row?.scrollIntoView({ block: 'nearest' });
  row?.querySelector<HTMLElement>('a')?.focus({ preventScroll: true });
};

/** The set with the id, or without it where it was in. */
export const toggled = (before: ReadonlySet<string>, id: string): ReadonlySet<string> => {
  const next = new Set(before);
  if (!next.delete(id)) next.add(id);
  return next;
};

/** Where the keyboard is, what is chosen, and the keys of the list. */
export const useRows = <T extends Row>(rows: readonly T[], keys: readonly RowKey[], undo: () => void, mayChoose: boolean) => {
  const [at, setAt] = useState<string | null>(null);
  const [picked, pick] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const follow = (event: FocusEvent) => {
      const row = event.target instanceof Element ? event.target.closest(`[${rowAttribute}]`) : null;
      if (row) setAt(row.getAttribute(rowAttribute));
    };
    document.addEventListener('focusin', follow);
    return () => document.removeEventListener('focusin', follow);
  }, []);
  const chosen = useMemo(() => rows.filter(({ id }) => picked.has(id)), [rows, picked]);
  const latest = useLatest({ rows, at, chosen, keys, undo });
  const toggle = useCallback((id: string) => pick((before) => toggled(before, id)), []);
  const clear = useCallback(() => pick(new Set()), []);
  const names = keys.map((key) => `${key.keys} ${key.label}`).join('|');
  useKeys(
    useMemo(() => {
      const step = (steps: number) => () => {
        const row = stepFrom(latest.current.rows, latest.current.at, steps);
        if (row) focusRow(row.id);
      };
      const targets = (): string[] => {
        const { chosen: some, at: here, rows: all } = latest.current;
        if (some.length > 0) return some.map(({ id }) => id);
        return all.some(({ id }) => id === here) && here !== null ? [here] : [];
      };
      const list: KeyBinding[] = [
        { keys: 'j', label: 'Next', group: 'List', run: step(1) },
        { keys: 'k', label: 'Before', group: 'List', run: step(-1) },
        { keys: 'arrowdown', label: 'Next', group: 'List', run: step(1) },
        { keys: 'arrowup', label: 'Before', group: 'List', run: step(-1) },
      ];
      const choosing: KeyBinding[] = [
        { keys: 'x', label: 'Choose', group: 'List', run: () => latest.current.at !== null && toggle(latest.current.at) },
        { keys: 'escape', label: 'Choose none', group: 'List', run: clear },
        { keys: 'z', label: 'Undo', group: 'List', run: () => latest.current.undo() },
      ];
      const acting = names.split('|').flatMap((name, index): KeyBinding[] => {
        const [letter = '', ...label] = name.split(' ');
        const run = () => {
          const ids = targets();
          if (ids.length > 0) latest.current.keys[index]?.run(ids);
        };
        return letter === '' ? [] : [{ keys: letter, label: label.join(' '), group: 'Row', run }];
      });
      return [...list, ...(mayChoose ? choosing : []), ...acting];
    }, [latest, toggle, clear, names, mayChoose]),
  );
  const choose = (ids: readonly string[]) => pick(new Set(ids));
  return { at, chosen, picked, toggle, clear, choose };
};
export type Rows<T extends Row> = ReturnType<typeof useRows<T>>;

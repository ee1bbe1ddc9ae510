'use client';
import { useMemo } from 'react';
import type { Touch } from './changes.ts';
import type { Actions } from './use-actions.ts';
import type { Cursor } from './use-cursor.ts';
import { useLatest } from '../../../../ui/use-latest.ts';

/** A question put to the person before something is done to accounts. */
export type Asking = { kind: 'snooze' | 'task' | 'touch' | 'owner'; ids: string[]; touch?: Touch['kind'] };

/** What a row can ask for. The functions never change, so that rows are drawn anew only for what they show. */
export type RowHandlers = {
  open: (id: string) => void;
  focused: (id: string) => void;
  toggle: (id: string, range: boolean) => void;
  fold: (why: string) => void;
  done: (ids: readonly string[]) => void;
  undoDone: (ids: readonly string[]) => void;
  wake: (ids: readonly string[]) => void;
  ask: (kind: Asking['kind'], ids: string[], touch?: Touch['kind']) => void;
};

type Given = {
  cursor: Cursor;
  actions: Actions;
  /** The account in the panel; null when it is closed. */
  openId: string | null;
  setOpen: (id: string | null) => void;
  openPage: (id: string) => void;
  fold: (why: string) => void;
  ask: (asking: Asking | null) => void;
};

/** Wide enough for the panel beside the list; below, opening a row goes to the account. */
const hasPanel = (): boolean => window.matchMedia('(min-width: 1180px)').matches;

export const useHandlers = (given: Given): RowHandlers & { gone: (ids: readonly string[]) => void } => {
  const latest = useLatest(given);
  return useMemo(() => {
    /** Before rows leave: the cursor goes on to the next, the panel with it, and what was chosen is not any more. */
    const gone = (ids: readonly string[]) => {
      const { cursor, openId, setOpen } = latest.current;
      const next = cursor.leave(new Set(ids));
      if (openId !== null && ids.includes(openId)) setOpen(next ?? null);
      cursor.clear();
    };
    return {
      gone,
      open: (id) => {
        latest.current.cursor.place(id, false);
        if (hasPanel()) latest.current.setOpen(id);
        else latest.current.openPage(id);
      },
      focused: (id) => {
        if (latest.current.cursor.cursor.id !== id) latest.current.cursor.place(id, false);
      },
      toggle: (id, range) => {
        latest.current.cursor.place(id, false);
        latest.current.cursor.toggle(id, range);
      },
      fold: (why) => latest.current.fold(why),
      done: (ids) => {
        gone(ids);
        latest.current.actions.done(ids);
      },
      undoDone: (ids) => latest.current.actions.undoDone(ids),
      wake: (ids) => latest.current.actions.wake(ids),
      ask: (kind, ids, touch) => latest.current.ask({ kind, ids, ...(touch ? { touch } : {}) }),
    };
  }, [latest]);
};

'use client';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { problemText } from '../../../../lib/request.ts';
import { useLatest } from '../../../../ui/use-latest.ts';
import { limitOf, merged, nothingHeld, patched, type Held, type Page, type Reading } from './list-state.ts';

type Read<T> = (part: { limit: number; cursor?: string }) => Promise<Page<T>>;
/** The first page, read by the server for the question `key`; null where it read the other tab. */
export type Initial<T> = { key: string; page: Page<T> } | null;

/** A list read page by page that keeps up with what changes. While another question is on its way the old rows stay. */
export const useList = <T extends { id: string }>(key: string, read: Read<T>, initial: Initial<T>) => {
  const [held, hold] = useState<Held<T>>(() => ({ ...nothingHeld, key: initial?.key ?? '', ...initial?.page }));
  const latest = useLatest({ key, read, held });
  const turn = useRef(0);
  const owing = useRef(false);
  const load = useCallback(
    async (why: Reading): Promise<void> => {
      const mine = ++turn.current;
      const { key: asked, read: run, held: now } = latest.current;
      // The stream tells the reader of their own change too: that is nothing new to them.
      if (why === 'own') owing.current = true;
      const reading = (why === 'live' || why === 'held') && owing.current ? 'own' : why;
      try {
        const page = await run({ limit: limitOf(now, reading), ...(reading === 'more' && now.next !== null ? { cursor: now.next } : {}) });
        if (mine !== turn.current) return;
        owing.current = false;
        hold((before) => merged(before, asked, page, reading));
      } catch (error) {
        const failure = problemText(error);
        if (mine === turn.current) hold((before) => ({ ...before, failure }));
      }
    },
    [latest],
  );
  useEffect(() => {
    if (latest.current.held.key === key) turn.current += 1;
    else void load('all');
  }, [key, load, latest]);
  const patch = useCallback((ids: readonly string[], change: (row: T) => T | null) => hold((before) => patched(before, new Set(ids), change)), []);
  return useMemo(() => ({ held, stale: held.key !== key, load, patch }), [held, key, load, patch]);
};
export type List<T extends { id: string }> = ReturnType<typeof useList<T>>;

'use client';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Row } from './use-account-list.ts';

/** Which accounts are chosen; what left the list is no longer. `toggle` with a range takes everything from the last one on. */
export const useChosen = (rows: readonly Row[]) => {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string | null>(null);
  const shown = useMemo(() => rows.filter((row) => ids.has(row.id)), [rows, ids]);
  const toggle = useCallback(
    (id: string, range = false) => {
      const [from, to] = [rows.findIndex((row) => row.id === last.current), rows.findIndex((row) => row.id === id)];
      last.current = id;
      setIds((before) => {
        const next = new Set(before);
        if (range && from >= 0 && to >= 0) for (const row of rows.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(row.id);
        else if (!next.delete(id)) next.add(id);
        return next;
      });
    },
    [rows],
  );
  const all = useCallback((on: boolean) => setIds(new Set(on ? rows.map((row) => row.id) : [])), [rows]);
  return { rows: shown, has: (id: string) => ids.has(id), toggle, all, clear: useCallback(() => setIds(new Set()), []) };
};
export type Chosen = ReturnType<typeof useChosen>;

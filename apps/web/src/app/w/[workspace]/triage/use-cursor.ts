'use client';
import { useCallback, useMemo, useRef, useState } from 'react';
import { between, stepFrom, type Line } from './lines.ts';
import { useLatest } from '../../../../ui/use-latest.ts';

/**
 * Where the keyboard is and which rows are chosen. `focus` counts keyboard moves: the row that the cursor is on takes the
 * focus when it changes, also when it is drawn only after scrolling.
 */
export const useCursor = (lines: readonly Line[]) => {
  const [cursor, setCursor] = useState<{ id: string | null; focus: number }>({ id: null, focus: 0 });
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef<string | null>(null);
  const latest = useLatest({ lines, id: cursor.id });

  const place = useCallback((id: string | null, withFocus: boolean) => setCursor((before) => ({ id, focus: before.focus + (withFocus ? 1 : 0) })), []);
  /** Moves by rows and answers the row it is on then. */
  const step = useCallback(
    (steps: number) => {
      const row = stepFrom(latest.current.lines, latest.current.id, steps);
      if (row) place(row.id, true);
      return row;
    },
    [place, latest],
  );
  /** Where the cursor goes when these rows leave: the next row that stays, else the one before. */
  const leave = useCallback(
    (ids: ReadonlySet<string>) => {
      const { lines: all, id } = latest.current;
      if (id === null || !ids.has(id)) return;
      const rows = all.flatMap((line) => (line.kind === 'row' ? [line.row.id] : []));
      const at = rows.indexOf(id);
      const next = rows.slice(at).find((one) => !ids.has(one)) ?? rows.slice(0, at).findLast((one) => !ids.has(one)) ?? null;
      place(next, true);
      return next;
    },
    [place, latest],
  );
  const toggle = useCallback(
    (id: string, range: boolean) => {
      const from = range ? anchor.current : null;
      const ids = from === null ? [id] : between(latest.current.lines, from, id);
      choose((before) => {
        const next = new Set(before);
        if (from === null && next.has(id)) next.delete(id);
        else for (const one of ids) next.add(one);
        return next;
      });
      anchor.current = id;
    },
    [latest],
  );
  const clear = useCallback(() => choose(new Set()), []);
  const chooseAll = useCallback(() => choose(new Set(latest.current.lines.flatMap((line) => (line.kind === 'row' ? [line.row.id] : [])))), [latest]);
  return useMemo(() => ({ cursor, chosen, place, step, leave, toggle, clear, chooseAll }), [cursor, chosen, place, step, leave, toggle, clear, chooseAll]);
};
export type Cursor = ReturnType<typeof useCursor>;

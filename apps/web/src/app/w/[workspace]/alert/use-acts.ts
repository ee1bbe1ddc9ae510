'use client';
import type { Moved } from '@tideline/contracts/alert';
import { useMemo, useRef } from 'react';
import type * as z from 'zod';
import { problemText } from '../../../../lib/request.ts';
import { useAnnounce } from '../../../../shell/live-region.tsx';
import { counted } from '../../../../ui/format.ts';
import { done as toastDone, failed } from '../../../../ui/toast.tsx';
import { useLatest } from '../../../../ui/use-latest.ts';

/** Something done to rows: seen at once, sent, and taken back where there is a way back. */
export type Act = {
  show?: () => void;
  send: () => Promise<z.output<typeof Moved>>;
  back?: ((changed: readonly string[]) => Promise<unknown>) | undefined;
  said: (changed: number) => string;
  /** What the rows are: "alert", "task". */
  noun: string;
};

/** Runs acts one by one with their toast and undo. `refresh` reads the list again, whatever came of it. */
export const useActs = (refresh: () => void) => {
  const announce = useAnnounce();
  const latest = useLatest(refresh);
  const undoLast = useRef<(() => void) | null>(null);
  return useMemo(() => {
    const attempt = async <T>(run: () => Promise<T>, kept: string): Promise<T | null> => {
      try {
        return await run();
      } catch (error) {
        failed(problemText(error), kept);
        return null;
      } finally {
        latest.current();
      }
    };
    const act = async ({ show, send, back, said, noun }: Act): Promise<void> => {
      show?.();
      const moved = await attempt(send, 'Nothing was changed.');
      if (!moved) return;
      const [left] = moved.refused;
      if (left) failed(moved.refused.length === 1 ? left.why : `${counted(moved.refused.length, noun)} left as they were: ${left.why}`);
      if (moved.changed.length === 0) return;
      const words = said(moved.changed.length);
      const undo =
        back &&
        (() => {
          undoLast.current = null;
          announce(`Undone: ${words}`);
          void attempt(() => back(moved.changed), 'It could not be undone.');
        });
      undoLast.current = undo ?? null;
      announce(words);
      toastDone(words, undo);
    };
    return { act, undo: () => undoLast.current?.() };
  }, [announce, latest]);
};

'use client';
import { useMemo } from 'react';
import { api, type Api } from '../../../../lib/api.ts';
import { problemText } from '../../../../lib/request.ts';
import { useAnnounce } from '../../../../shell/live-region.tsx';
import type { Reader } from '../../../../ui/format.ts';
import { done as toastDone, failed } from '../../../../ui/toast.tsx';
import type { Snooze } from '../../../../lib/snooze-dialog.tsx';
import { changes, type Change, type Given, type NewTask, type Person, type RowState, type Touch } from './changes.ts';
import { patched, restored, without, type ListState } from './list-state.ts';
import type { TriageStore } from './store.ts';
import { useLatest } from '../../../../ui/use-latest.ts';

/** Applies changes: seen at once, sent behind, taken back on undo; a refusal puts the rows back and says why. */
const applier = (store: TriageStore, announce: (message: string) => void) => {
  let undoLast: (() => void) | null = null;
  const attempt = async (run: () => Promise<unknown>, kept: string): Promise<boolean> => {
    try {
      await run();
      return true;
    } catch (error) {
      failed(problemText(error), kept);
      return false;
    } finally {
      void store.resummarise();
    }
  };
  const apply = ({ ids, shown, send, back, said }: Change): void => {
    const wanted = new Set(ids);
    const { list } = store.get();
    const before = new Map(list.rows.flatMap((row) => (wanted.has(row.id) ? [[row.id, row] as const] : [])));
    const taken = shown.leave ? without(list, wanted).removed : [];
    const putBack = (now: ListState) => (shown.leave ? restored(now, taken) : patched(now, wanted, (row) => before.get(row.id) ?? row));
    store.change((now) => (shown.leave ? without(now, wanted).state : patched(now, wanted, shown.change)));
    const sent = attempt(send, 'Nothing was changed.').then((went) => {
      if (!went) store.change(putBack);
      return went;
    });
    const undo = async () => {
      undoLast = null;
      store.change(putBack);
      announce(`Undone: ${said}`);
      if (back && (await sent)) await attempt(back, 'It could not be undone.');
    };
    undoLast = back ? () => void undo() : null;
    announce(said);
    toastDone(said, undoLast ?? undefined);
  };
  return { apply, undo: () => undoLast?.() };
};

type Options = { workspace: string; store: TriageStore; reader: Reader; me: Person; leaves: (state: RowState) => boolean };

/** What a person does with rows. The functions never change, so rows are not drawn anew for them. */
export const useActions = ({ workspace, store, reader, me, leaves }: Options) => {
  const announce = useAnnounce();
  const latest = useLatest({ reader, me, leaves });
  return useMemo(() => {
    const client: Api = api(workspace);
    const { apply, undo } = applier(store, announce);
    const given = (): Given => ({ ...latest.current, client, rows: store.get().list.rows });
    return {
      undo,
      done: (ids: readonly string[]) => apply(changes.done(given(), ids)),
      undoDone: (ids: readonly string[]) => apply(changes.undoDone(given(), ids)),
      snooze: (ids: readonly string[], snooze: Snooze) => apply(changes.snooze(given(), ids, snooze)),
      wake: (ids: readonly string[]) => apply(changes.wake(given(), ids)),
      touch: (id: string, touch: Touch) => apply(changes.touch(given(), [id], touch)),
      task: (ids: readonly string[], task: NewTask) => apply(changes.task(given(), ids, task)),
      closeTask: (id: string, task: { id: string; title: string }) => apply(changes.closeTask(given(), [id], task)),
      assign: (ids: readonly string[], owner: Person | null) => apply(changes.assign(given(), ids, owner)),
    };
  }, [workspace, store, announce, latest]);
};
export type Actions = ReturnType<typeof useActions>;

'use client';
import type { Model } from '@tideline/contracts/model';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { api } from '../../../../lib/api.ts';
import { useLive } from '../../../../lib/live.ts';
import { ApiProblem, problemText } from '../../../../lib/request.ts';
import { done, failed } from '../../../../ui/toast.tsx';
import type { Edit } from './edit.ts';
import { differences } from './settings.ts';

const same = (a: Edit, b: Edit): boolean => differences(a, b).length === 0;
const startOf = (state: Model['State']): Edit => state.draft?.config ?? state.published.config;
const savedIn = (state: Model['State']): string | null => state.draft?.savedAt ?? null;

/**
 * The model as the server has it and as it stands in this browser. What is only here is never overwritten by what arrives:
 * a newer draft of somebody else is announced, and taken when asked. `base` is the saved draft this edit was made from.
 */
const useModelState = (workspace: string, initial: Model['State']) => {
  const client = useMemo(() => api(workspace), [workspace]);
  const [state, setState] = useState(initial);
  const [edit, setEdit] = useState<Edit>(() => startOf(initial));
  const [base, setBase] = useState(savedIn(initial));
  const now = useRef({ state, edit });
  useEffect(() => {
    now.current = { state, edit };
  });
  /** Shows what the server has, and follows it. */
  const follow = useCallback((next: Model['State']) => {
    setState(next);
    setEdit(startOf(next));
    setBase(savedIn(next));
  }, []);
  const asked = useRef(0);
  const written = useRef(0);
  /** The model as it is now; null where a later reading is under way. What was read before a change from here is read once more. */
  const read = useCallback(async (): Promise<Model['State'] | null> => {
    const mine = ++asked.current;
    for (;;) {
      const from = written.current;
      const next = await client.call('getModel');
      if (mine !== asked.current) return null;
      if (from === written.current) return next;
    }
  }, [client]);
  /** What this browser saved or threw away is the draft; readings asked for before know nothing of it. */
  const followDraft = useCallback(
    (draft: Model['State']['draft']) => {
      written.current++;
      follow({ ...now.current.state, draft });
    },
    [follow],
  );
  const refresh = useCallback(async () => {
    try {
      const next = await read();
      if (next === null) return;
      if (same(now.current.edit, startOf(now.current.state))) follow(next);
      else setState(next);
    } catch (error) {
      failed('The model could not be read again.', problemText(error));
    }
  }, [read, follow]);
  useLive(workspace, ['model', 'run'], () => void refresh());
  return { client, state, setState, edit, setEdit, base, setBase, follow, followDraft, read, refresh };
};

/** Runs changes one at a time. A refusal is shown in the server's words, and what others did meanwhile is read. */
const useRun = (refresh: () => Promise<void>) => {
  const [busy, setBusy] = useState(false);
  const run = async (change: () => Promise<string | null>): Promise<boolean> => {
    setBusy(true);
    try {
      const words = await change();
      if (words !== null) done(words);
      return true;
    } catch (error) {
      failed(problemText(error), 'What you changed here is kept.');
      if (error instanceof ApiProblem && error.code === 'conflict') await refresh();
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, run };
};

/** What is done with the model; each verb answers whether it was. */
export const useModel = (workspace: string, initial: Model['State']) => {
  const { client, state, setState, edit, setEdit, base, setBase, follow, followDraft, read, refresh } = useModelState(workspace, initial);
  const { busy, run } = useRun(refresh);
  const unsaved = !same(edit, startOf(state));

  const store = async (): Promise<string> => {
    const draft = await client.call('saveModelDraft', { body: { config: edit, savedAt: base } });
    followDraft(draft);
    return draft.savedAt;
  };
  const save = () =>
    run(async () => {
      await store();
      return null;
    });
  const discard = () =>
    run(async () => {
      await client.call('discardModelDraft');
      followDraft(null);
      return 'The draft is gone';
    });
  const publish = (note: string) =>
    run(async () => {
      const savedAt = unsaved || state.draft === null ? await store() : state.draft.savedAt;
      const { version } = await client.call('publishModel', { body: { note, savedAt } });
      const next = await read();
      if (next) follow(next);
      return `Version ${version.version} is published`;
    });
  const restore = (id: string) =>
    run(async () => {
      const { version } = await client.call('restoreModel', { params: { id }, body: {} });
      const next = await read();
      if (next && unsaved) setState(next);
      else if (next) follow(next);
      return `Version ${version.version} is published`;
    });
  return {
    state,
    edit,
    setEdit,
    busy,
    unsaved,
    /** The draft somebody else saved while this one was being worked on. */
    newer: state.draft && state.draft.savedAt !== base ? { by: state.draft.author?.name ?? 'Somebody', savedAt: state.draft.savedAt } : null,
    /** What is only here goes; the saved draft stays. */
    revert: () => follow(state),
    /** Keeps what is here, to be saved over the newer draft. */
    keepMine: () => setBase(savedIn(state)),
    reset: () => setEdit(state.published.config),
    save,
    discard,
    publish,
    restore,
  };
};
export type ModelWork = ReturnType<typeof useModel>;

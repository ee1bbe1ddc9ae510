'use client';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { api } from '../../../../lib/api.ts';
import { useLive } from '../../../../lib/live.ts';
import type { ListQuery } from './address.ts';
import { keyOf, namedIn, TriageStore, type Initial, type Shown } from './store.ts';

/** The list for a question, its first answer from the server, followed live. `stale`: what is shown answers the question before. */
export const useTriageStore = (workspace: string, query: ListQuery, initial: Initial): { store: TriageStore; shown: Shown; stale: boolean } => {
  const client = useMemo(() => api(workspace), [workspace]);
  const [store] = useState(() => new TriageStore(client, initial));
  const shown = useSyncExternalStore(store.subscribe, store.get, store.get);
  const key = keyOf(query);
  useEffect(() => {
    const stop = new AbortController();
    store.ask(key, initial, stop.signal);
    return () => stop.abort();
  }, [store, key, initial]);
  useLive(workspace, ['score', 'account', 'alert', 'task', 'day', 'model'], (messages) => void store.follow(namedIn(messages)));
  return { store, shown, stale: shown.key !== key };
};

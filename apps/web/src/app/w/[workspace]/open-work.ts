'use client';
import { createContext, useContext, useState } from 'react';
import { api } from '../../../lib/api.ts';
import { useLive } from '../../../lib/live.ts';

/** How much waits for the reader: open alerts and tasks of theirs, accounts of their book that need them. */
export type OpenWork = { alerts: number; tasks: number; needsYou: number };

const Context = createContext<OpenWork>({ alerts: 0, tasks: 0, needsYou: 0 });
export const OpenWorkProvider = Context.Provider;
export const useOpenWork = (): OpenWork => useContext(Context);

/** Starts with what the server counted with the page, then follows the changes: one small question, not the page again. */
export const useLiveWork = (workspace: string, first: OpenWork): OpenWork => {
  const [held, hold] = useState({ first, now: first });
  // A page the server made anew has counted anew.
  if (held.first !== first) hold({ first, now: first });
  useLive(
    workspace,
    ['alert', 'task', 'account', 'score', 'day', 'model'],
    () => {
      // Refused or out of reach: the count stays until the next change.
      const read = api(workspace).call('countWork');
      read.then((now) => hold((before) => ({ ...before, now }))).catch(() => undefined);
    },
    2_000,
  );
  return held.now;
};

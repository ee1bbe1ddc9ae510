'use client';
import { createContext, useContext, useState } from 'react';
import { api } from '../../../lib/api.ts';
import { useLive } from '../../../lib/live.ts';
import { ApiProblem } from '../../../lib/request.ts';

/** What waits for the reader: open alerts and tasks of theirs, accounts of their book that need them; and events that no meter counts, and proposed merges; and what holds the scores. */
export type OpenWork = { alerts: number; tasks: number; needsYou: number; proposals: number; uncounted: string[]; faults: { title: string; held: string }[] };

const Context = createContext<OpenWork>({ alerts: 0, tasks: 0, needsYou: 0, proposals: 0, uncounted: [], faults: [] });
export const OpenWorkProvider = Context.Provider;
export const useOpenWork = (): OpenWork => useContext(Context);

/** Starts with what the server counted with the page, then follows the changes: one small question, not the page again. */
export const useLiveWork = (workspace: string, first: OpenWork): OpenWork => {
  const [held, hold] = useState({ first, now: first });
  // A page the server made anew has counted anew.
  if (held.first !== first) hold({ first, now: first });
  const recount = async () => {
    try {
      const now = await api(workspace).call('countWork');
      hold((before) => ({ ...before, now }));
    } catch (error) {
      // Refused or out of reach: the count stays as it is until the next change asks again.
      if (!(error instanceof ApiProblem)) throw error;
    }
  };
  useLive(workspace, ['alert', 'task', 'account', 'score', 'day', 'model', 'event'], () => void recount(), 2_000);
  return held.now;
};

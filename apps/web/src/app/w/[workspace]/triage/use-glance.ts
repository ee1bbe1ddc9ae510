'use client';
import type { Triage } from '@tideline/contracts/triage';
import { useEffect, useState } from 'react';
import { api } from '../../../../lib/api.ts';
import { problemText } from '../../../../lib/request.ts';

/** How long the cursor rests on a row before its details are read: passing by with `j` asks nothing. */
const REST_MS = 90;

type Glance = { of: string; glance: Triage['Glance'] | null; problem: string | null };

/** What stands beside a row. Of the account before while the next one is read: `glance` is null then. `version` changes when it is to be read anew. */
export const useGlance = (workspace: string, id: string, version: string): Omit<Glance, 'of'> => {
  const [shown, show] = useState<Glance>({ of: id, glance: null, problem: null });
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const glance = await api(workspace).call('triageGlance', { params: { id }, signal: stop.signal });
        show({ of: id, glance, problem: null });
      } catch (error) {
        if (!stop.signal.aborted) show({ of: id, glance: null, problem: problemText(error) });
      }
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [workspace, id, version]);
  return shown.of === id ? shown : { glance: null, problem: null };
};

'use client';
import { parseAsArrayOf, parseAsString, useQueryState } from 'nuqs';
import { useEffect, useState } from 'react';
import { api } from '../../../../lib/api.ts';
import { useLive } from '../../../../lib/live.ts';
import { problemText } from '../../../../lib/request.ts';
import { failed } from '../../../../ui/toast.tsx';
import type { BacktestOne } from './backtest/backtest-types.ts';
import type { ModelWork } from './use-model.ts';

/** The draft's backtest and the published model's, over the same days. */
export type Tested = { readonly draft: BacktestOne; readonly published: BacktestOne };

/**
 * Tests the draft, saved as it is, and the published model beside it. Which two tests is in the address: they run on in the
 * background, and stand here again after a reload.
 */
export const useDraftBacktest = (workspace: string, work: ModelWork) => {
  const [ids, setIds] = useQueryState('tested', parseAsArrayOf(parseAsString));
  const [tested, setTested] = useState<Tested | null>(null);
  const [busy, setBusy] = useState(false);
  const [draftId, publishedId] = ids ?? [];
  const [asked, ask] = useState(0);
  useEffect(() => {
    if (draftId === undefined || publishedId === undefined) return;
    const ended = new AbortController();
    const get = (id: string) => api(workspace).call('getBacktest', { params: { id }, signal: ended.signal });
    Promise.all([get(draftId), get(publishedId)]).then(
      ([draft, published]) => setTested({ draft, published }),
      (error: unknown) => {
        if (!ended.signal.aborted) failed('The test of the draft could not be read.', problemText(error));
      },
    );
    return () => ended.abort();
  }, [workspace, draftId, publishedId, asked]);
  const runs = tested === null || [tested.draft, tested.published].some(({ state }) => state === 'running');
  useLive(workspace, ['run'], () => runs && ask((n) => n + 1), 1_000);

  const start = async () => {
    setBusy(true);
    try {
      if ((work.unsaved || work.state.draft === null) && !(await work.save())) return;
      const begin = (version: number | null) => api(workspace).call('startBacktest', { body: { version, horizon: 90, cutoffs: [] } });
      const draft = await begin(null);
      const published = await begin(work.state.published.version);
      setTested(null);
      await setIds([draft.id, published.id]);
    } catch (error) {
      failed('The draft could not be tested.', problemText(error));
    } finally {
      setBusy(false);
    }
  };
  const stop = async () => {
    const running = tested === null ? [] : [tested.draft, tested.published].filter(({ state }) => state === 'running');
    try {
      for (const { id } of running) await api(workspace).call('stopBacktest', { params: { id } });
    } catch (error) {
      failed(problemText(error));
    }
  };
  return { asked: draftId !== undefined && publishedId !== undefined, tested, busy, start, stop };
};

'use client';
import type { Model } from '@tideline/contracts/model';
import { useCallback, useEffect, useState } from 'react';
import { api } from '../../../../lib/api.ts';
import { useLive } from '../../../../lib/live.ts';
import { problemText } from '../../../../lib/request.ts';

export type PreviewState = { data: Model['Preview'] | null; problem: string | null; again: () => void };

/** Every account as measured at the last day close; read again after the next one, and after a rescoring. */
export const usePreview = (workspace: string): PreviewState => {
  const [data, setData] = useState<Model['Preview'] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [asked, ask] = useState(0);
  const again = useCallback(() => ask((n) => n + 1), []);
  useEffect(() => {
    const stop = new AbortController();
    api(workspace)
      .call('previewModel', { signal: stop.signal })
      .then(
        (preview) => {
          setData(preview);
          setProblem(null);
        },
        (error: unknown) => {
          if (!stop.signal.aborted) setProblem(problemText(error));
        },
      );
    return () => stop.abort();
  }, [workspace, asked]);
  // Single scores come every second while usage arrives; a preview stands on day closes.
  useLive(workspace, ['day', 'run'], again, 5_000);
  return { data, problem, again };
};

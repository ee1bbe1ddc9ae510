'use client';
import type { AccountPages } from '@tideline/contracts/account-page';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { api } from '../../../../lib/api.ts';
import { useLive } from '../../../../lib/live.ts';
import { problemText } from '../../../../lib/request.ts';
import { keyOf, type ListQuery } from './address.ts';

export type Row = AccountPages['Row'];
/** One question's answer so far. */
export type Listed = { key: string; rows: Row[]; next: string | null; accounts: number; summary: AccountPages['Summary'] };
export const PAGE = 100;

const isAborted = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';
const filterOf = ({ sort: _sort, direction: _direction, ...filter }: ListQuery) => filter;

/** The list for a question: the server's first answer, then the browser's own. Old rows stay until new ones are there. */
export const useAccountList = (workspace: string, query: ListQuery, initial: Listed) => {
  const client = useMemo(() => api(workspace), [workspace]);
  const [shown, setShown] = useState(initial);
  const [problem, setProblem] = useState<string | null>(null);
  const now = useRef(shown);
  const reading = useRef(false);
  const key = keyOf(query);
  const show = useCallback((next: Listed) => {
    now.current = next;
    setShown(next);
    setProblem(null);
  }, []);
  const fail = useCallback((error: unknown) => {
    if (!isAborted(error)) setProblem(problemText(error));
  }, []);

  /** Reads the question from its start, as many rows as are shown now when it is the same one. */
  const read = useCallback(
    async (asked: string, signal?: AbortSignal) => {
      const question = JSON.parse(asked) as ListQuery;
      const stop = signal ? { signal } : {};
      try {
        const wanted = now.current.key === asked ? Math.min(200, Math.max(PAGE, now.current.rows.length)) : PAGE;
        const [page, summary] = await Promise.all([
          client.call('listAccounts', { query: { ...question, limit: wanted }, ...stop }),
          client.call('accountSummary', { query: filterOf(question), ...stop }),
        ]);
        if (!signal?.aborted) show({ key: asked, rows: page.items, next: page.next, accounts: page.accounts, summary });
      } catch (error) {
        fail(error);
      }
    },
    [client, show, fail],
  );
  useEffect(() => {
    if (now.current.key === key) return;
    const stop = new AbortController();
    void read(key, stop.signal);
    return () => stop.abort();
  }, [key, read]);

  const more = useCallback(async () => {
    const { next, key: of } = now.current;
    if (next === null || reading.current) return;
    reading.current = true;
    try {
      const page = await client.call('listAccounts', { query: { ...(JSON.parse(of) as ListQuery), cursor: next, limit: PAGE } });
      const { current } = now;
      if (current.key === of && current.next === next) show({ ...current, rows: [...current.rows, ...page.items], next: page.next });
    } catch (error) {
      fail(error);
    } finally {
      reading.current = false;
    }
  }, [client, show, fail]);

  const again = useCallback(() => read(now.current.key), [read]);
  useLive(workspace, ['account', 'day', 'member'], () => void again(), 2_000);
  return { client, ...shown, stale: shown.key !== key, problem, more, again };
};
export type AccountList = ReturnType<typeof useAccountList>;

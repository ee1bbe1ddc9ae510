'use client';
import { useEffect, useRef, useState } from 'react';
import type { SegmentCode } from '../ui/segment-mark.tsx';

/** An account as the palette shows it; `hint` is grey at the right ("$119k at stake"). */
export type PaletteAccount = { id: string; name: string; href: string; segment?: SegmentCode; hint?: string };
export type AccountSearch = (query: string, signal: AbortSignal) => Promise<readonly PaletteAccount[]>;

const TYPING_PAUSE_MS = 120;

type Found = { query: string | null; accounts: readonly PaletteAccount[]; failed: boolean };

/** Accounts matching what was typed last. Earlier answers stay on screen until the new one comes; late ones are dropped. */
export const useAccounts = (search: AccountSearch, query: string): { accounts: readonly PaletteAccount[]; state: 'idle' | 'searching' | 'failed' } => {
  const [found, setFound] = useState<Found>({ query: null, accounts: [], failed: false });
  const latest = useRef(search);
  useEffect(() => {
    latest.current = search;
  }, [search]);
  useEffect(() => {
    const stop = new AbortController();
    const answer = (accounts: readonly PaletteAccount[], failed: boolean) => !stop.signal.aborted && setFound({ query, accounts, failed });
    const ask = () =>
      latest.current(query.trim(), stop.signal).then(
        (accounts) => answer(accounts, false),
        () => answer([], true),
      );
    const timer = setTimeout(ask, query ? TYPING_PAUSE_MS : 0);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [query]);
  return { accounts: found.accounts, state: found.query !== query ? 'searching' : found.failed ? 'failed' : 'idle' };
};

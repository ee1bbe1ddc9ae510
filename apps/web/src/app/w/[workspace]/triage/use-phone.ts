'use client';
import { useSyncExternalStore } from 'react';

const QUERY = '(max-width: 640px)';
const subscribe = (listener: () => void): (() => void) => {
  const media = window.matchMedia(QUERY);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
};

/** Whether rows are cards; until the browser has said, what its first request let the server guess. */
export const usePhone = (guess: boolean): boolean =>
  useSyncExternalStore(
    subscribe,
    () => window.matchMedia(QUERY).matches,
    () => guess,
  );

'use client';
import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';

type Announce = (message: string) => void;
const Live = createContext<Announce | null>(null);

/** One polite live region for the page: new alerts and finished actions are read out without taking the focus. */
export const LiveRegion = ({ children }: { children: ReactNode }) => {
  const [message, setMessage] = useState('');
  const announce = useCallback<Announce>((next) => {
    // The same words twice are not a change to a screen reader: a trailing no-break space makes them one.
    setMessage((before) => (before === next ? `${next}\u00A0` : next));
  }, []);
  return (
    <Live value={announce}>
      {children}
      <div role="status" aria-live="polite" className="sr-only">
        {message}
      </div>
    </Live>
  );
};

/** Reads a sentence out. */
export const useAnnounce = (): Announce => {
  const announce = useContext(Live);
  if (!announce) throw new Error('useAnnounce needs <LiveRegion> above it: the Shell puts it there');
  return announce;
};

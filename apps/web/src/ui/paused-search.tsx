'use client';
import { useEffect, useState, type RefObject } from 'react';
import { SearchInput } from './input.tsx';

/** How long the reader pauses before the list is asked. */
const PAUSE_MS = 180;

type PausedSearchProps = {
  label: string;
  /** What the list is searched for now. */
  value: string;
  /** Null: for nothing. Must stay the same function. */
  onSearch: (words: string | null) => void;
  input: RefObject<HTMLInputElement | null>;
};

/** The search field of a list: tells what was typed once the reader pauses, and follows what changes elsewhere. */
export const PausedSearch = ({ label, value, onSearch, input }: PausedSearchProps) => {
  const [typed, setTyped] = useState(value);
  const [told, setTold] = useState(value);
  // The address changed elsewhere (a tab, "clear", going back): the field follows.
  if (value !== told) {
    setTold(value);
    setTyped(value);
  }
  useEffect(() => {
    if (typed === told) return;
    const timer = setTimeout(() => {
      setTold(typed);
      onSearch(typed === '' ? null : typed);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, told, onSearch]);
  return (
    <SearchInput ref={input} label={label} hint="/" value={typed} onChange={(event) => setTyped(event.target.value)} className="mr-1 flex-none max-sm:w-40" />
  );
};

'use client';
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';

export type PaletteAction = { id: string; label: string; icon?: ReactNode; keys?: string; run: () => void };

type Add = (actions: readonly PaletteAction[]) => () => void;
// Two contexts: who only adds must not render again because somebody added.
const AddActions = createContext<Add | null>(null);
const AllActions = createContext<readonly PaletteAction[]>([]);

/** Lets pages add their actions to the palette. The Shell puts it there. */
export const PaletteActionsProvider = ({ children }: { children: ReactNode }) => {
  const [sets, setSets] = useState<readonly (readonly PaletteAction[])[]>([]);
  const add = useCallback<Add>((actions) => {
    setSets((before) => [actions, ...before]);
    return () => setSets((before) => before.filter((set) => set !== actions));
  }, []);
  const all = useMemo(() => sets.flat(), [sets]);
  return (
    <AddActions value={add}>
      <AllActions value={all}>{children}</AllActions>
    </AddActions>
  );
};

/** Adds a page's actions while it is mounted. Memoise the list. */
export const usePaletteActions = (actions: readonly PaletteAction[]): void => {
  const add = useContext(AddActions);
  useEffect(() => add?.(actions), [add, actions]);
};

/** All actions of the page that is open, the newest first. */
export const useAllActions = (): readonly PaletteAction[] => useContext(AllActions);

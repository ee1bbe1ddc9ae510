'use client';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { placeIn, WALK_IDS, walkFrom, type Place, type Walk } from './walk.ts';

const KEY = 'account-walk';

/** The list on the screen is the one that accounts opened from here on belong to. Kept per tab. */
export const useKeepWalk = ({ workspace, label, href, ids, total }: Walk): void => {
  const joined = ids.slice(0, WALK_IDS).join();
  useEffect(() => {
    const walk: Walk = { workspace, label, href, ids: joined === '' ? [] : joined.split(','), total };
    sessionStorage.setItem(KEY, JSON.stringify(walk));
  }, [workspace, label, href, joined, total]);
};

const never = () => () => {};
const kept = (): string | null => sessionStorage.getItem(KEY);
const nothing = (): null => null;

/** The list this account was reached from and its place in it; null where there is none, as on a shared link. */
export const useWalk = (workspace: string, id: string): (Place & Pick<Walk, 'label' | 'href'>) | null => {
  const text = useSyncExternalStore(never, kept, nothing);
  return useMemo(() => {
    const walk = walkFrom(text);
    const place = placeIn(walk, workspace, id);
    return walk && place && { ...place, label: walk.label, href: walk.href };
  }, [text, workspace, id]);
};

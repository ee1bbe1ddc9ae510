'use client';
import type { Triage as Shapes } from '@tideline/contracts/triage';
import type { Day } from '@tideline/domain/calendar';
import { useQueryStates } from 'nuqs';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useAnnounce } from '../../../../shell/live-region.tsx';
import { counted, type Reader } from '../../../../ui/format.ts';
import { listQuery, triageParsers, type DefaultOwner, type TriageAddress } from './address.ts';
import type { Person } from './changes.ts';
import type { SetAddress } from './filters.tsx';
import { amountsIn, SceneProvider, type Allowed, type Scene } from './scene.ts';
import { Screen } from './screen.tsx';
import type { Initial, Shown } from './store.ts';
import { useTriageStore } from './use-triage-store.ts';
import type { SavedView } from './views-menu.tsx';

export type TriageProps = {
  workspace: string;
  me: Person;
  allowed: Allowed;
  reader: Reader;
  defaultOwner: DefaultOwner;
  initial: Initial;
  views: readonly SavedView[];
  /** The server's guess whether this is a phone. */
  phone: boolean;
};

/** The address as state: shallow, so that the browser asks for the list itself instead of the server for the whole page. */
const useAddress = (): [TriageAddress, SetAddress] => {
  const [address, write] = useQueryStates(triageParsers, { shallow: true, history: 'replace' });
  const set = useCallback<SetAddress>((change, options) => void write(change, options), [write]);
  return [address, set];
};

/** What the parts draw with; today is the workspace's, which may be pinned to the past. */
const useMadeScene = ({ workspace, me, allowed, reader }: TriageProps, { today, currency, unit, has }: Shapes['Summary']): Scene => {
  const { touches, contracts } = has;
  return useMemo(
    () => ({ workspace, me, allowed, reader: { ...reader, today: today as Day }, has: { touches, contracts }, ...amountsIn(currency, unit) }),
    [workspace, me, allowed, reader, today, touches, contracts, currency, unit],
  );
};

/** The home of a CSM: who needs me today, why, what it is worth, what to do. */
export const Triage = (props: TriageProps) => {
  const { workspace, defaultOwner, initial, views, phone } = props;
  const [address, set] = useAddress();
  const query = useMemo(() => listQuery(address, defaultOwner), [address, defaultOwner]);
  const { store, shown, stale } = useTriageStore(workspace, query, initial);
  useSaid(shown);
  return (
    <SceneProvider value={useMadeScene(props, shown.summary)}>
      <Screen
        address={address}
        set={set}
        query={query}
        defaultOwner={defaultOwner}
        store={store}
        shown={shown}
        stale={stale}
        views={views}
        phoneGuess={phone}
      />
    </SceneProvider>
  );
};

/** Says how much the list holds when another question was answered, and how many have come since. */
const useSaid = ({ key, list }: Shown): void => {
  const announce = useAnnounce();
  const said = useRef(key);
  const { accounts, arrived } = list;
  useEffect(() => {
    if (said.current === key) return;
    said.current = key;
    announce(`${counted(accounts, 'account')} in the list`);
  }, [key, accounts, announce]);
  useEffect(() => {
    if (arrived.size > 0) announce(`${arrived.size} new for this list`);
  }, [arrived.size, announce]);
};

'use client';
import type { Day } from '@tideline/domain/calendar';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { useKeepWalk } from '../../../../lib/use-walk.ts';
import { Button } from '../../../../ui/button.tsx';
import { ErrorState } from '../../../../ui/error-state.tsx';
import { moment, weekDay } from '../../../../ui/format.ts';
import { ownersIn, viewQuery, writeAddress, type DefaultOwner, type ListQuery, type TriageAddress } from './address.ts';
import { AskingDialog } from './asking.tsx';
import type { RowState } from './changes.ts';
import { columns } from './columns.ts';
import { DayLine, Empty } from './empty.tsx';
import { Filters, type SetAddress } from './filters.tsx';
import { Header } from './header.tsx';
import { KeyBar } from './key-bar.tsx';
import { linesOf, type Line } from './lines.ts';
import { List, type Order } from './list.tsx';
import { Panel } from './panel.tsx';
import { useScene } from './scene.ts';
import { SelectionBar } from './selection-bar.tsx';
import type { Shown, TriageStore } from './store.ts';
import { SegmentTabs, Strip, tabLabels } from './strip.tsx';
import { useActions } from './use-actions.ts';
import { useCursor } from './use-cursor.ts';
import { useHandlers, type Asking } from './use-handlers.ts';
import { usePhone } from './use-phone.ts';
import { useTriageKeys } from './use-triage-keys.ts';
import type { SavedView } from './views-menu.tsx';

export type ScreenProps = {
  address: TriageAddress;
  set: SetAddress;
  query: ListQuery;
  defaultOwner: DefaultOwner;
  store: TriageStore;
  shown: Shown;
  stale: boolean;
  views: readonly SavedView[];
  phoneGuess: boolean;
};

/** Whether rows in that state leave the list that is shown. */
const leavesOf =
  ({ tab, state }: TriageAddress) =>
  (becomes: RowState): boolean =>
    tab === 'needs_you' ? becomes !== 'open' : state !== null && state.length > 0 && !state.includes(becomes);

/** The working state of the screen: lines, cursor, open panel, the question put, and what can be done. */
const useWork = ({ address, set, store, shown }: ScreenProps) => {
  const { workspace, reader, me, allowed } = useScene();
  const router = useRouter();
  const [asking, ask] = useState<Asking | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const folded = useMemo(() => new Set(address.group === 'why' ? (address.fold ?? []) : []), [address.group, address.fold]);
  const lines = useMemo(() => linesOf(shown.list, folded), [shown.list, folded]);
  const cursor = useCursor(lines);
  const { rows } = shown.list;
  const openId = rows.some((row) => row.id === address.account) ? address.account : null;
  const setOpen = (account: string | null) => set({ account });
  const openPage = (id: string) => router.push(`/w/${workspace}/account/${id}`);
  const fold = (why: string) => {
    const next = folded.has(why) ? [...folded].filter((one) => one !== why) : [...folded, why];
    set({ fold: next.length === 0 ? null : next });
  };
  const actions = useActions({ workspace, store, reader, me, leaves: leavesOf(address) });
  const handlers = useHandlers({ cursor, actions, openId, setOpen, openPage, fold, ask });
  const at = cursor.cursor.id ?? openId;
  const row = rows.find((one) => one.id === at) ?? null;
  const chosen = rows.filter((one) => cursor.chosen.has(one.id));
  const targets = chosen.length > 0 ? chosen.map((one) => one.id) : row ? [row.id] : [];
  useTriageKeys({ cursor, handlers, row, targets, openId, setOpen, openPage, undo: actions.undo, search, allowed });
  return { lines, folded, cursor, rows, openId, setOpen, actions, handlers, asking, ask, chosen, search };
};

const useDoors = (address: TriageAddress, set: SetAddress) => {
  const { workspace } = useScene();
  return {
    hrefOf: (tab: TriageAddress['tab']) => `/w/${workspace}/triage${writeAddress({ ...address, tab, account: null, fold: null })}`,
    go: (tab: TriageAddress['tab']) => set({ tab, account: null, fold: null, ...(tab === 'needs_you' ? { state: null } : {}) }, { history: 'push' }),
  };
};

const orderOf = ({ sort, dir }: TriageAddress): Order => {
  const column = Object.values(columns).find((one) => 'sort' in one && one.sort === sort);
  return { sort, direction: dir ?? (column && 'first' in column ? column.first : 'asc') };
};

/** Another question starts at its top; coming back to the page does not. */
const useNewList = (key: string, toTop: () => void): void => {
  const last = useRef(key);
  useEffect(() => {
    if (last.current === key) return;
    last.current = key;
    toTop();
  }, [key, toTop]);
};

/** Accounts opened from here can be walked through in the order of the list. */
const useWalkHere = ({ address, shown }: ScreenProps, lines: readonly Line[]): void => {
  const { workspace } = useScene();
  const ids = useMemo(() => lines.flatMap((line) => (line.kind === 'row' ? [line.row.id] : [])), [lines]);
  const href = `/w/${workspace}/triage${writeAddress({ ...address, account: null })}`;
  useKeepWalk({ workspace, label: 'Triage', href, ids, total: shown.list.accounts });
};

export const Screen = (props: ScreenProps) => {
  const { address, set, query, defaultOwner, store, shown, views, phoneGuess } = props;
  const { list, summary } = shown;
  const phone = usePhone(phoneGuess);
  const [column, scroll] = [useRef<HTMLDivElement>(null), useRef<HTMLDivElement>(null)];
  const work = useWork(props);
  const { cursor, handlers, openId, setOpen, actions, asking, ask, chosen, rows } = work;
  const doors = useDoors(address, set);
  const scroller = phone ? column : scroll;
  const toTop = useCallback(() => {
    // What it answers is a promise in some browsers, and an effect may not return one.
    scroller.current?.scrollTo({ top: 0 });
  }, [scroller]);
  useNewList(shown.key, toTop);
  useWalkHere(props, work.lines);
  const open = rows.find((row) => row.id === openId);
  const again = () => {
    toTop();
    void store.again();
  };
  return (
    <div className="flex h-dvh min-w-0">
      <div ref={column} className="relative flex min-w-0 flex-1 flex-col max-sm:overflow-y-auto">
        <Header summary={summary} query={query} views={views} viewQuery={viewQuery(address)} arrived={list.arrived.size} onArrived={again} />
        <Strip strip={summary.strip} {...doors} />
        <SegmentTabs current={address.tab} counts={summary.counts} {...doors} />
        <Filters address={address} set={set} summary={summary} defaultOwner={defaultOwner} search={work.search} stake={list.stake} />
        <Failed shown={shown} onAgain={again} />
        <div ref={scroll} className="quiet-scroll min-h-0 flex-1 sm:overflow-y-auto">
          <Contents {...props} work={work} phone={phone} scroller={scroller} />
        </div>
        <SelectionBar rows={chosen} handlers={handlers} onClear={cursor.clear} />
        <KeyBar />
      </div>
      {open && <Panel row={open} handlers={handlers} onTick={(row, task) => actions.closeTask(row.id, task)} onClose={() => setOpen(null)} />}
      <AskingDialog asking={asking} rows={rows} owners={summary.owners} actions={actions} onClose={() => ask(null)} onGone={handlers.gone} />
    </div>
  );
};

type ContentsProps = ScreenProps & { work: ReturnType<typeof useWork>; phone: boolean; scroller: RefObject<HTMLElement | null> };

/** The list, or why there is none. */
const Contents = ({ address, set, defaultOwner, store, shown, stale, work, phone, scroller }: ContentsProps) => {
  const { list, summary } = shown;
  if (list.accounts === 0 && list.rows.length === 0) {
    return <Empty address={address} set={set} summary={summary} isOwnBook={ownersIn(address, defaultOwner).join() === 'me'} />;
  }
  return (
    <List
      {...work}
      list={list}
      order={orderOf(address)}
      onSort={(sort, dir) => set({ sort, dir: dir === orderOf({ ...address, sort, dir: null }).direction ? null : dir }, { history: 'push' })}
      onEnd={store.more}
      phone={phone}
      scroller={scroller}
      busy={stale}
      caption={`${tabLabels[address.tab]}: accounts, ${address.sort === 'stake' ? 'most money at stake first' : 'in the order chosen'}`}
      foot={<DayLine day={summary.day} set={set} />}
    />
  );
};

/** What could not be read, above what is still shown. */
const Failed = ({ shown, onAgain }: { shown: Shown; onAgain: () => void }) => {
  const { reader } = useScene();
  const { failure, summary } = shown;
  if (!failure) return null;
  const closed = summary.closedThrough as Day | null;
  return (
    <ErrorState
      className="mx-4 mb-2"
      title={`The list could not be refreshed at ${moment(failure.at, reader)}.`}
      action={<Button onClick={onAgain}>Try again</Button>}
    >
      {failure.message} {closed && `What you see is complete to ${weekDay(closed, reader)}.`}
    </ErrorState>
  );
};

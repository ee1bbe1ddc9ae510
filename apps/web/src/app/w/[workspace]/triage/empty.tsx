'use client';
import type { Triage } from '@tideline/contracts/triage';
import type { Day } from '@tideline/domain/calendar';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { hrefOf } from '../../../../shell/screens.ts';
import { Button } from '../../../../ui/button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { counted, nearDay, weekDay } from '../../../../ui/format.ts';
import { isFiltered, noFilters, type TriageAddress } from './address.ts';
import type { SetAddress } from './filters.tsx';
import { useScene } from './scene.ts';
import { tabLabels } from './strip.tsx';

type EmptyProps = { address: TriageAddress; set: SetAddress; summary: Triage['Summary']; /** The list shows one person's book. */ isOwnBook: boolean };

/** Why the list is empty, and the one thing to do about it. */
export const Empty = (props: EmptyProps) => {
  const { summary, address } = props;
  if (summary.accounts === 0) return <NothingConnected />;
  if (isFiltered(address)) return <NothingMatches {...props} />;
  if (summary.counts.all === 0) return props.isOwnBook ? <EmptyBook {...props} /> : <NothingScored {...props} />;
  return address.tab === 'needs_you' ? <AllDone {...props} /> : <EmptyTab {...props} />;
};

const Calm = ({ title, actions, children }: { title: string; actions?: ReactNode; children?: ReactNode }) => (
  <EmptyState title={title} actions={actions} className="px-4 py-6">
    {children}
  </EmptyState>
);

const NothingConnected = () => {
  const { workspace, allowed } = useScene();
  return (
    <Calm
      title="Your accounts will be ranked here by money at stake."
      actions={
        allowed.connect && (
          <>
            <Button asChild look="primary">
              <Link href={hrefOf(workspace, 'data')}>Import usage</Link>
            </Button>
            <Button asChild look="ghost">
              <Link href={hrefOf(workspace, 'developers')}>Send the first event</Link>
            </Button>
          </>
        )
      }
    >
      That needs usage events. The first ones show within seconds of being sent.
      {!allowed.connect && ' An admin of this workspace connects them.'}
    </Calm>
  );
};

const NothingMatches = ({ address, set, summary }: EmptyProps) => {
  const elsewhere = summary.counts.all;
  const where = address.tab === 'all' ? 'in the book' : `in ${tabLabels[address.tab]}`;
  const q = address.q.trim();
  return (
    <Calm
      title={q ? `No account ${where} is called “${q}”.` : `No account ${where} matches these filters.`}
      actions={
        <>
          {address.tab !== 'all' && elsewhere > 0 && (
            <Button onClick={() => set({ tab: 'all' }, { history: 'push' })}>Show {elsewhere === 1 ? 'it' : `all ${elsewhere}`}</Button>
          )}
          <Button look="ghost" onClick={() => set(noFilters, { history: 'push' })}>
            Clear
          </Button>
        </>
      }
    >
      {address.tab !== 'all' && `There ${elsewhere === 1 ? 'is 1 match' : `are ${elsewhere} matches`} in all segments.`}
    </Calm>
  );
};

const EmptyBook = ({ set, summary }: EmptyProps) => (
  <Calm
    title="No account belongs to this book yet."
    actions={<Button onClick={() => set({ owner: ['anyone'] }, { history: 'push' })}>Show all {summary.accounts}</Button>}
  >
    {summary.unassigned > 0 && `${counted(summary.unassigned, 'account')} ${summary.unassigned === 1 ? 'has' : 'have'} no owner.`}
  </Calm>
);

const NothingScored = ({ summary }: EmptyProps) => (
  <Calm title="No account has a score yet.">
    {summary.accounts === 1 ? 'The account here is' : `The ${summary.accounts} accounts here are`} ranked by money at stake from the first usage on.
  </Calm>
);

const EmptyTab = ({ address }: EmptyProps) => (
  <Calm title={`No account is in ${tabLabels[address.tab]} now.`}>Accounts enter and leave at each day close.</Calm>
);

const AllDone = ({ set, summary, isOwnBook }: EmptyProps) => {
  const { amount, reader } = useScene();
  const { done, doneStake, handled, snoozed, nextBack } = summary.day;
  const cleared =
    done > 0 ? `${isOwnBook ? 'You' : 'The team'} cleared ${counted(done, 'account')} with ${amount(doneStake)} at stake today.` : 'Nothing was waiting today.';
  const byItself = handled > 0 ? ` ${counted(handled, 'alert')} cleared by ${handled === 1 ? 'itself' : 'themselves'}.` : '';
  const aside =
    snoozed > 0 ? ` ${snoozed} ${snoozed === 1 ? 'is' : 'are'} snoozed; the next is back ${nextBack ? nearDay(nextBack as Day, reader) : 'soon'}.` : '';
  return (
    <Calm
      title={isOwnBook ? 'Nobody needs you now.' : 'Nobody needs the team now.'}
      actions={
        <>
          {done > 0 && <Button onClick={() => set({ tab: 'all', state: ['done'] }, { history: 'push' })}>See what was done</Button>}
          <Button look="ghost" onClick={() => set({ tab: 'all', band: ['watch'] }, { history: 'push' })}>
            Look at those on watch
          </Button>
        </>
      }
    >
      {cleared}
      {byItself}
      {aside}
    </Calm>
  );
};

/** Under the list: what the day has brought so far. */
export const DayLine = ({ day, set }: { day: Triage['Summary']['day']; set: SetAddress }) => {
  const { reader } = useScene();
  const { done, handled, snoozed, nextBack } = day;
  if (done + handled + snoozed === 0) return null;
  const door = 'door';
  return (
    <p className="flex flex-wrap gap-x-6 gap-y-1 px-4 pt-3 pb-4 text-12 text-text-3 tabular-nums">
      {done > 0 && (
        <button type="button" className={door} onClick={() => set({ tab: 'all', state: ['done'] }, { history: 'push' })}>
          <span className="text-text-2">{done}</span> done today
        </button>
      )}
      {handled > 0 && (
        <span>
          <span className="text-text-2">{handled}</span> cleared by themselves
        </span>
      )}
      {snoozed > 0 && (
        <button type="button" className={door} onClick={() => set({ tab: 'all', state: ['snoozed'] }, { history: 'push' })}>
          <span className="text-text-2">{snoozed}</span> snoozed{nextBack && `, next back ${weekDay(nextBack as Day, reader)}`}
        </button>
      )}
    </p>
  );
};

'use client';
import type { AccountPages } from '@tideline/contracts/account-page';
import type { Day } from '@tideline/domain/calendar';
import { useEffect, useState, type ReactNode } from 'react';
import { api } from '../../../../lib/api.ts';
import { problemText } from '../../../../lib/request.ts';
import { exactMoney, fullDay, money, moment, nearDay } from '../../../../ui/format.ts';
import { segmentLooks } from '../../../../ui/segment-mark.tsx';
import type { AlertItem } from './address.ts';
import { points } from './points.ts';
import { useScene } from './scene.ts';

type Touch = AccountPages['TimelineItem'];
type Touches = { read: readonly Touch[] } | { problem: string } | null;
/** More touches than this are looked up on the account. */
const TOUCHES = 10;
const taskWords = { open: 'open', done: 'done', dismissed: 'dismissed' } as const;

/** Touches since the alert opened: null while they are on their way. */
const useTouches = ({ account, openedOn }: AlertItem): Touches => {
  const { workspace } = useScene();
  const [touches, hold] = useState<Touches>(null);
  useEffect(() => {
    const stop = new AbortController();
    const read = async () => {
      try {
        const { items } = await api(workspace).call('accountTimeline', {
          params: { id: account.id },
          query: { kind: 'touch', limit: TOUCHES },
          signal: stop.signal,
        });
        hold({ read: items.filter(({ day }) => day >= openedOn) });
      } catch (error) {
        if (!stop.signal.aborted) hold({ problem: problemText(error) });
      }
    };
    void read();
    return () => stop.abort();
  }, [workspace, account.id, openedOn]);
  return touches;
};

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="min-w-0">
    <h2 className="mb-1 text-12 text-text-3">{title}</h2>
    <ul className="flex flex-col gap-1 text-text-2">{children}</ul>
  </section>
);

const Fired = ({ row }: { row: AlertItem }) => {
  const { reader } = useScene();
  const { day, before, after, reason } = row.evidence;
  return (
    <Part title="What fired, on which evidence">
      <li>
        Rule <b className="text-text">{row.rule.name}</b> on {fullDay(day as Day, reader)}
      </li>
      <li className="tabular-nums">
        Health {before ? `${points(before.health)} → ` : ''}
        <b className="text-text">{points(after.health)}</b>
      </li>
      <li>
        Segment {before && before.segment !== after.segment ? `${segmentLooks[before.segment].label} → ` : ''}
        <b className="text-text">{segmentLooks[after.segment].label}</b>
      </li>
      {reason && <li>{reason}</li>}
      {row.digest && <li className="text-text-3">Found when late days were closed; told together with others.</li>}
    </Part>
  );
};

const Done = ({ row }: { row: AlertItem }) => {
  const { reader } = useScene();
  const touches = useTouches(row);
  const { acknowledgedAt, acknowledgedBy, snoozedUntil, snoozeReason, tasks } = row;
  const nothing = !acknowledgedAt && !snoozedUntil && tasks.length === 0 && touches !== null && 'read' in touches && touches.read.length === 0;
  return (
    <Part title="What was done">
      {acknowledgedAt && (
        <li>
          Acknowledged by {acknowledgedBy?.name ?? 'a former member'}, {moment(acknowledgedAt, reader)}
        </li>
      )}
      {snoozedUntil && (
        <li>
          Snoozed until {nearDay(snoozedUntil as Day, reader)}
          {snoozeReason && `: ${snoozeReason}`}
        </li>
      )}
      {tasks.map((task) => (
        <li key={task.id}>
          Task: {task.title} <span className="text-text-3">· {taskWords[task.state]}</span>
        </li>
      ))}
      {touches === null && <li className="text-text-3">Looking for touches since …</li>}
      {touches && 'problem' in touches && <li className="text-text-3">Touches could not be read: {touches.problem}</li>}
      {touches && 'read' in touches && touches.read.map((touch) => <TouchLine key={touch.id} touch={touch} />)}
      {nothing && <li className="text-text-3">Nothing yet.</li>}
    </Part>
  );
};

const TouchLine = ({ touch }: { touch: Touch }) => {
  const { reader } = useScene();
  const said = touch.text.map(({ text }) => text).join('');
  return (
    <li>
      {said}
      <span className="text-text-3">
        {' '}
        · {nearDay(touch.day as Day, reader)}
        {touch.by && `, ${touch.by.name}`}
      </span>
    </li>
  );
};

const CameOf = ({ row }: { row: AlertItem }) => {
  const { reader, currency } = useScene();
  const { state, resolvedOn, resolvedBy, resolution, account } = row;
  const outcomes = row.tasks.filter(({ outcome }) => outcome);
  return (
    <Part title="What came of it">
      {state === 'resolved' ? (
        <li>
          {resolvedBy ? `Resolved by ${resolvedBy.name}` : 'It cleared by itself'} {nearDay(resolvedOn as Day | null, reader)}
          {resolution && `: ${resolution}`}
        </li>
      ) : (
        <li>It still stands.</li>
      )}
      {outcomes.map(({ id, outcome }) => (
        <li key={id}>{outcome}</li>
      ))}
      <li className="tabular-nums">
        Now: health <b className="text-text">{points(account.health)}</b>
        {account.segment && `, ${segmentLooks[account.segment].label}`}
        {account.stake !== null && (
          <>
            , <span title={exactMoney(account.stake, currency)}>{money(account.stake, currency)}</span> at stake
          </>
        )}
      </li>
    </Part>
  );
};

/** The whole story of an alert: what fired, what was done, what came of it. */
export const AlertDetail = ({ id, row }: { id: string; row: AlertItem }) => (
  <div id={id} className="grid grid-cols-1 gap-x-8 gap-y-4 pt-1 pr-4 pb-4 pl-4 sm:grid-cols-3 sm:pl-18">
    <Fired row={row} />
    <Done row={row} />
    <CameOf row={row} />
  </div>
);

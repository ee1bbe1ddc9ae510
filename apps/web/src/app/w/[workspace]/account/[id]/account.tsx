'use client';
import type { AccountFamily } from '@tideline/contracts/account-family';
import type { AccountPeople } from '@tideline/contracts/account-people';
import type { AccountPages } from '@tideline/contracts/account-page';
import type { Day } from '@tideline/domain/calendar';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { useLive } from '../../../../../lib/live.ts';
import { amountsIn } from '../../../../../ui/amount.ts';
import type { Reader } from '../../../../../ui/format.ts';
import { namedIn } from '../../triage/store.ts';
import { AskingDialog } from './asking.tsx';
import { Bar } from './bar.tsx';
import { CommitmentSection } from './commitment.tsx';
import { useContactActs } from './contact-acts.ts';
import { Contacts } from './contacts.tsx';
import { Details, People } from './details.tsx';
import type { Member } from './edit-dialog.tsx';
import { Family } from './family.tsx';
import { Glance } from './glance.tsx';
import { Identity } from './identity.tsx';
import { Merges } from './merges.tsx';
import { MovedSection } from './moved.tsx';
import { SentimentSection } from './sentiment.tsx';
import { Tasks } from './tasks.tsx';
import { Tickets } from './tickets.tsx';
import { Timeline } from './timeline.tsx';
import { useAccountKeys, useNeighbours, type Allowed, type Asking } from './use-account-keys.ts';
import { useActs } from './use-acts.ts';
import { UsageSection } from './usage-section.tsx';
import { Why } from './why.tsx';

type Props = {
  workspace: string;
  account: AccountPages['Page'];
  family: AccountFamily;
  people: AccountPeople;
  usage: AccountPages['Usage'];
  told: { items: AccountPages['TimelineItem'][]; next: string | null };
  members: readonly (Member & { accounts: number })[];
  me: { id: string; name: string };
  allowed: Allowed & { model: boolean; data: boolean; fault: boolean; mergeUndo: boolean };
  reader: Reader;
};

/** One account: who they are, where they stand and why, what happened, what to do. Read anew when it changes elsewhere. */
export const AccountScreen = ({ workspace, account, family, people, usage, told, members, me, allowed, reader: read }: Props) => {
  const router = useRouter();
  // Today is the workspace's, which may be pinned to the past.
  const reader = useMemo(() => ({ ...read, today: account.today as Day }), [read, account.today]);
  const amounts = useMemo(() => amountsIn(account.currency, account.unit), [account.currency, account.unit]);
  const [asking, ask] = useState<Asking | null>(null);
  const acts = useActs({ workspace, account, me, reader });
  const contactActs = useContactActs(workspace, acts);
  const neighbours = useNeighbours(workspace, account.id);
  useLive(
    workspace,
    ['score', 'alert', 'task', 'account', 'day'],
    (messages) => {
      const named = namedIn(messages);
      if (named === null || named.includes(account.id)) router.refresh();
    },
    500,
  );
  useAccountKeys({ name: account.name, acts, ask, allowed, neighbours, isDone: account.done !== null });
  const { commitment } = account;
  const judgement = account.status === 'merged' ? null : account.judgement; // it is judged where it went
  const shared = { account, workspace, reader };
  const faultHref = allowed.fault ? `/w/${workspace}/settings/data#faults` : null;
  const connect = { workspace, mayImport: allowed.data };
  return (
    <>
      <Bar {...{ workspace, acts, ask, allowed, neighbours }} snoozed={account.snoozed !== null} isDone={account.done !== null} />
      <Identity {...shared} above={family.above} faultHref={faultHref} onTakeBack={allowed.act ? acts.unsay : null} />
      <Merges {...shared} mayUndo={allowed.mergeUndo} />
      {judgement && <Glance {...shared} judged={judgement} amounts={amounts} />}
      <div className="flex flex-col gap-10 px-4 py-6 lg:px-gutter">
        <div className="grid gap-x-8 gap-y-10 side:grid-cols-[minmax(0,1fr)_var(--side)]">
          <div id="usage" className="min-w-0 scroll-mt-14">
            <UsageSection workspace={workspace} usage={usage} title={judgement?.usageTitle ?? 'Usage'} currency={account.currency} reader={reader} />
          </div>
          <aside aria-label="Tasks and people" className="flex min-w-0 flex-col gap-8">
            <Tasks
              tasks={account.tasks}
              reader={reader}
              onMove={allowed.task ? acts.moveTask : null}
              onAdd={allowed.task ? () => ask({ kind: 'task' }) : null}
            />
            <People {...shared} touches={told.items} onEdit={null} onAssign={allowed.assign ? () => ask({ kind: 'owner' }) : null} />
            <Contacts
              {...{ people, connect, reader }}
              acts={allowed.edit ? contactActs : null}
              ask={allowed.edit || allowed.act ? ask : null}
              mayAdd={allowed.edit}
              mayLog={allowed.act}
            />
            <SentimentSection sentiment={account.sentiment} reader={reader} onSay={allowed.act ? acts.feel : null} />
            {commitment && <CommitmentSection commitment={commitment} amounts={amounts} reader={reader} />}
          </aside>
        </div>
        <Family {...shared} family={family} />
        {judgement && (
          <div className="grid gap-x-10 gap-y-10 side:grid-cols-[minmax(0,1fr)_minmax(0,25rem)]">
            <Why judgement={judgement} held={account.held} amounts={amounts} modelHref={allowed.model ? `/w/${workspace}/health-model` : null} />
            <MovedSection moved={account.moved} reader={reader} href={`/w/${workspace}/account/${account.id}/look-back`} />
          </div>
        )}
        <div className="grid gap-x-8 gap-y-10 side:grid-cols-[minmax(0,1fr)_var(--side)]">
          <Timeline workspace={workspace} id={account.id} first={told} reader={reader} onTakeBack={allowed.act ? acts.takeBack : null} />
          <aside aria-label="Tickets and details" className="flex min-w-0 flex-col gap-8">
            <Tickets {...{ people, connect, reader }} />
            <Details
              {...shared}
              parent={family.above.at(-1) ?? null}
              onPart={allowed.edit ? () => ask({ kind: 'parent' }) : null}
              onEdit={allowed.edit ? () => ask({ kind: 'edit' }) : null}
            />
          </aside>
        </div>
      </div>
      <AskingDialog
        {...{ workspace, asking, account, family, people, members, acts, contactActs, reader }}
        mayAssign={allowed.assign}
        onClose={() => ask(null)}
      />
    </>
  );
};

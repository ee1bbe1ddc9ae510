'use client';
import type { AccountPages } from '@tideline/contracts/account-page';
import type { Day } from '@tideline/domain/calendar';
import { Bell, Check, Flag, Mail, MessageSquare, Phone, Shapes, Undo2, Users } from 'lucide-react';
import Link from 'next/link';
import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import { api } from '../../../../../lib/api.ts';
import { problemText } from '../../../../../lib/request.ts';
import { Button } from '../../../../../ui/button.tsx';
import { cx } from '../../../../../ui/cx.ts';
import { When } from '../../../../../ui/figure.tsx';
import type { Reader } from '../../../../../ui/format.ts';
import { IconButton } from '../../../../../ui/icon-button.tsx';
import { SectionTitle } from '../../../../../ui/page-header.tsx';
import { Segmented } from '../../../../../ui/segmented.tsx';
import { Sentence } from '../../../../../ui/sentence.tsx';
import { failed } from '../../../../../ui/toast.tsx';
import { viewParsers } from './address.ts';

type Item = AccountPages['TimelineItem'];
type Props = {
  workspace: string;
  id: string;
  first: { items: readonly Item[]; next: string | null };
  reader: Reader;
  onTakeBack: ((id: string) => void) | null;
};

const icons = { alert: Bell, segment: Shapes, touch: Phone, note: MessageSquare, task: Check, milestone: Flag } as const satisfies Record<
  Item['kind'],
  typeof Bell
>;
const touchIcons = { call: Phone, email: Mail, meeting: Users, note: MessageSquare } as const;
const CHOICES = [
  { value: 'all', label: 'All', kinds: null },
  { value: 'people', label: 'Touches', kinds: ['touch', 'note'] },
  { value: 'signals', label: 'Signals', kinds: ['alert', 'segment', 'milestone'] },
  { value: 'tasks', label: 'Tasks', kinds: ['task'] },
] as const satisfies readonly { value: string; label: string; kinds: readonly Item['kind'][] | null }[];

const kindsOf = (value: (typeof CHOICES)[number]['value']): Item['kind'][] | null => {
  const kinds = CHOICES.find((choice) => choice.value === value)?.kinds ?? null;
  return kinds && [...kinds];
};

/** What happened, the newest first; older pages are added behind on request. */
export const Timeline = ({ workspace, id, first, reader, onTakeBack }: Props) => {
  const [{ only }, set] = useQueryStates(viewParsers);
  const [older, setOlder] = useState<{ of: Props['first']; items: readonly Item[]; next: string | null }>({ of: first, items: [], next: first.next });
  const [busy, setBusy] = useState(false);
  // What the server says anew stands for itself: what was read on belongs to the answer before.
  const read = older.of === first ? older : { of: first, items: [], next: first.next };
  const choice = CHOICES.find(({ kinds }) => (kinds ?? []).join() === (only ?? []).join()) ?? CHOICES[0];
  const kinds: readonly string[] | null = choice.kinds;
  const items = [...first.items, ...read.items].filter((item) => kinds === null || kinds.includes(item.kind));
  const more = async () => {
    setBusy(true);
    try {
      const page = await api(workspace).call('accountTimeline', { params: { id }, query: { cursor: read.next ?? '', limit: 50 } });
      setOlder({ of: first, items: [...read.items, ...page.items], next: page.next });
    } catch (error) {
      failed('Older entries could not be read.', problemText(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section id="timeline" className="scroll-mt-14">
      <SectionTitle
        title="Timeline"
        aside={
          first.items.length > 0 && <Segmented label="Show" value={choice.value} onChange={(value) => void set({ only: kindsOf(value) })} options={CHOICES} />
        }
      />
      {items.length === 0 ? (
        <p className="py-2 text-text-2">
          {first.items.length === 0 ? 'Alerts, changes of segment, calls and notes will stand here.' : 'Nothing of this kind has happened yet.'}
        </p>
      ) : (
        <ol className="mt-1">
          {items.map((item) => (
            <Entry key={item.id} item={item} workspace={workspace} reader={reader} onTakeBack={onTakeBack} />
          ))}
        </ol>
      )}
      {read.next !== null && (
        <Button look="ghost" busy={busy} onClick={() => void more()} className="mt-2">
          Show older
        </Button>
      )}
    </section>
  );
};

const Entry = ({ item, workspace, reader, onTakeBack }: { item: Item; workspace: string; reader: Reader; onTakeBack: Props['onTakeBack'] }) => {
  const Icon = item.touch ? touchIcons[item.touch] : icons[item.kind];
  return (
    <li className="group flex gap-3 border-b border-line py-2 last:border-b-0">
      <When day={item.day as Day} reader={reader} className="w-20 flex-none text-text-3 max-sm:w-16 max-sm:whitespace-normal" />
      <Icon aria-hidden className={cx('mt-0.5 size-4 flex-none', item.kind === 'alert' ? 'text-risk-text' : 'text-text-3')} />
      <span className="min-w-0 flex-1 sm:flex sm:gap-4">
        <span className="block min-w-0 flex-1 break-words">
          <Sentence parts={item.text} />
        </span>
        <span className="max-w-48 flex-none text-text-3 sm:truncate sm:text-right" {...(item.remark ? { title: item.remark } : {})}>
          {item.kind === 'alert' ? (
            <Link href={`/w/${workspace}/alert?owner=anyone${item.remark === 'Resolved' ? '&state=resolved' : ''}`} className="door">
              {item.remark}
            </Link>
          ) : (
            (item.remark ?? item.by?.name ?? '')
          )}
        </span>
      </span>
      {item.own && onTakeBack && (
        <IconButton
          label="Take back"
          onClick={() => onTakeBack(item.id.replace(/^\w+:/, ''))}
          className="-my-1 opacity-0 group-hover:opacity-100 focus-visible:opacity-100 max-sm:opacity-100"
        >
          <Undo2 aria-hidden />
        </IconButton>
      )}
    </li>
  );
};

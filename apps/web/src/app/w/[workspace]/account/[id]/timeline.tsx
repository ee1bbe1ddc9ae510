import type { AccountPages } from '@tideline/contracts/account-page';
import type { Day } from '@tideline/domain/calendar';
import { Bell, Check, Flag, MessageSquare, Phone, Shapes } from 'lucide-react';
import { nearDay, type Reader } from '../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../ui/page-header.tsx';
import { Sentence } from '../../../../../ui/sentence.tsx';

const icons = { alert: Bell, segment: Shapes, touch: Phone, note: MessageSquare, task: Check, milestone: Flag } as const satisfies Record<
  AccountPages['TimelineItem']['kind'],
  typeof Bell
>;

/** What happened, the newest first. */
export const Timeline = ({ items, reader }: { items: readonly AccountPages['TimelineItem'][]; reader: Reader }) => (
  <section>
    <SectionTitle title="Timeline" />
    {items.length === 0 ? (
      <p className="py-2 text-text-2">Alerts, changes of segment, calls and notes will stand here.</p>
    ) : (
      <ol className="mt-1">
        {items.map((item) => {
          const Icon = icons[item.kind];
          return (
            <li key={item.id} className="flex gap-3 border-b border-line py-2">
              <span className="w-16 flex-none text-text-3">{nearDay(item.day as Day, reader)}</span>
              <Icon aria-hidden className="mt-0.5 size-4 flex-none text-text-3" />
              <span className="min-w-0 flex-1">
                <Sentence parts={item.text} />
              </span>
              <span className="flex-none text-right text-text-3">{item.remark ?? item.by?.name ?? ''}</span>
            </li>
          );
        })}
      </ol>
    )}
  </section>
);

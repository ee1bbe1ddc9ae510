'use client';
import type { Triage } from '@tideline/contracts/triage';
import type { Day } from '@tideline/domain/calendar';
import { Bell, Check, Mail, MessageSquare, Phone, Shapes, Users, type LucideIcon } from 'lucide-react';
import { LinePlot } from '../../../../charts/line-plot.tsx';
import { prepareUsage } from '../../../../charts/prepare-usage.ts';
import { cx } from '../../../../ui/cx.ts';
import { When } from '../../../../ui/figure.tsx';
import { fixed, shortDay } from '../../../../ui/format.ts';
import { SectionTitle } from '../../../../ui/page-header.tsx';
import { useScene } from './scene.ts';

type Glance = Triage['Glance'];

/** Usage per day over 13 weeks on its own normal; the alerts cross it. */
export const PanelUsage = ({ usage }: { usage: Glance['usage'] }) => {
  const { amount, reader } = useScene();
  const normal = usage.normal && { low: Number(usage.normal.low), high: Number(usage.normal.high) };
  const band = normal && { ...normal, mid: (normal.low + normal.high) / 2 };
  const drawn = prepareUsage({
    days: usage.days.map(({ day, value }) => ({ day: day as Day, value: Number(value), ...(band ? { normal: band } : {}) })),
    events: usage.alerts.map((day) => ({ id: day, day: day as Day, kind: 'alert' as const, label: 'Alert opened' })),
    write: amount,
    axis: amount,
    reader,
  });
  return (
    <section>
      <SectionTitle level={3} title="Usage per day" aside="13 weeks" />
      {drawn ? (
        <LinePlot plot={drawn.plot} label="Usage per day over 13 weeks with its own normal" height={132} left={38} />
      ) : (
        <p className="text-text-2">Nothing yet.</p>
      )}
    </section>
  );
};

/** Bars from the right, the largest first; the sign and the word say the direction, colour only repeats it. */
export const Moved = ({ moved }: { moved: NonNullable<Glance['moved']> }) => {
  const { reader } = useScene();
  const largest = Math.max(...moved.parts.map((part) => Math.abs(part.points)));
  return (
    <section>
      <SectionTitle level={3} title="What moved it" aside={`${Math.round(moved.from)} on ${shortDay(moved.day as Day, reader)}, ${Math.round(moved.to)} now`} />
      <ul className="mt-1 text-12 text-text-2 tabular-nums">
        {moved.parts.map(({ label, points }) => (
          <li key={label} className="flex h-5 items-center gap-2">
            <span className="w-33 flex-none truncate">{label}</span>
            <span aria-hidden className="flex flex-1 justify-end">
              <i
                className={cx('block h-2 rounded-[1px]', label === 'Everything else' ? 'bg-text-3' : points < 0 ? 'bg-risk' : 'bg-healthy')}
                style={{ width: `${(100 * Math.abs(points)) / largest}%` }}
              />
            </span>
            <span className="w-11 flex-none text-right text-text">{fixed(points, 1, { signed: true })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** What to do: the tasks there are, else what the reason suggests. */
export const NextSteps = ({ glance }: { glance: Glance }) => {
  const { reader } = useScene();
  const { tasks, row } = glance;
  const open = tasks.some((task) => !task.done);
  return (
    <section>
      <SectionTitle level={3} title="Next" aside={row.heading} />
      <ul>
        {tasks.map((task) => (
          <li key={task.id} className="flex gap-2 py-1">
            <span
              aria-hidden
              className={cx(
                'mt-0.5 grid size-4 flex-none place-items-center rounded-[4px] border-[1.5px] border-line-control',
                task.done && 'border-text-3 bg-text-3 text-bg',
              )}
            >
              {task.done && <Check className="size-3 stroke-[2.6]" />}
            </span>
            <span className={cx('min-w-0', task.done && 'text-text-3')}>
              {task.title}
              {task.done && <span className="sr-only"> (done)</span>}
            </span>
            {task.dueDay && !task.done && (
              <When
                day={task.dueDay as Day}
                reader={reader}
                className={cx('ml-auto pl-2 text-12 leading-5', task.dueDay <= reader.today ? 'text-risk-text' : 'text-text-3')}
              />
            )}
          </li>
        ))}
        {!open && <li className="py-1 text-text-2">{row.nextAction}</li>}
      </ul>
    </section>
  );
};

const happened = {
  call: { icon: Phone, words: 'Called' },
  email: { icon: Mail, words: 'Mailed' },
  meeting: { icon: Users, words: 'Met' },
  note: { icon: MessageSquare, words: 'Note' },
  alert: { icon: Bell, words: 'Alert' },
  segment: { icon: Shapes, words: 'Segment' },
} as const satisfies Record<Glance['lately'][number]['kind'], { icon: LucideIcon; words: string }>;

export const Lately = ({ lately }: { lately: Glance['lately'] }) => {
  const { reader } = useScene();
  return (
    <section>
      <SectionTitle level={3} title="Lately" />
      <ul>
        {lately.map(({ kind, text, day }, i) => {
          const { icon: Icon, words } = happened[kind];
          return (
            <li key={i} className="flex items-center gap-2 py-0.75 text-text-2">
              <Icon aria-hidden className="size-3.5 text-text-3" />
              <span className="truncate" title={text}>
                {text === '' ? words : text}
                {text !== '' && <span className="sr-only"> ({words})</span>}
              </span>
              <When as="ago" day={day as Day} reader={reader} className="ml-auto pl-2 text-12 text-text-3" />
            </li>
          );
        })}
      </ul>
    </section>
  );
};

'use client';
import type { Triage } from '@tideline/contracts/triage';
import type { Day } from '@tideline/domain/calendar';
import { Bell, Mail, MessageSquare, Phone, Shapes, Users, type LucideIcon } from 'lucide-react';
import { useId, useState } from 'react';
import { LinePlot } from '../../../../charts/line-plot.tsx';
import type { Plot } from '../../../../charts/plot.ts';
import { prepareUsage } from '../../../../charts/prepare-usage.ts';
import { Checkbox } from '../../../../ui/checkbox.tsx';
import { cx } from '../../../../ui/cx.ts';
import { When } from '../../../../ui/figure.tsx';
import { clearedWords } from '../../../../lib/cleared-words.ts';
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
      <SectionTitle level={3} title="Usage per day" aside={band ? '13 weeks, its own normal grey' : '13 weeks'} />
      {drawn ? (
        <LinePlot plot={small(drawn.plot)} label="Usage per day over 13 weeks with its own normal" height={132} left={38} />
      ) : (
        <p className="text-text-2">Nothing yet.</p>
      )}
    </section>
  );
};

/** A small plot: every other line, and no words where they would stand on the curve. */
const small = (plot: Plot): Plot => ({ ...plot, yTicks: plot.yTicks.length > 3 ? plot.yTicks.filter((_, i) => i % 2 === 0) : plot.yTicks, words: [] });

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
            <span className="w-45 flex-none truncate" title={label}>
              {label}
            </span>
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

type Task = Glance['tasks'][number];

/** What to do: the tasks there are, to be ticked off here, else what the reason suggests. */
export const NextSteps = ({ glance, onTick }: { glance: Glance; /** Absent: this person only looks. */ onTick?: (task: Task) => void }) => {
  const { tasks, row } = glance;
  // Until the server has said it again: then what it says counts, also when the tick was taken back.
  const [ticked, tick] = useState<{ of: Glance; ids: readonly string[] }>({ of: glance, ids: [] });
  const ids = ticked.of === glance ? ticked.ids : [];
  const close = (task: Task) => {
    tick({ of: glance, ids: [...ids, task.id] });
    onTick?.(task);
  };
  return (
    <section>
      <SectionTitle level={3} title="Next" aside={row.heading} />
      <ul>
        {tasks.map((task) => (
          <Step key={task.id} task={task} done={task.done || ids.includes(task.id)} {...(onTick && !task.done ? { onTick: close } : {})} />
        ))}
        {tasks.every((task) => task.done) && <li className="py-1 text-text-2">{row.nextAction}</li>}
      </ul>
    </section>
  );
};

const Step = ({ task, done, onTick }: { task: Task; done: boolean; onTick?: (task: Task) => void }) => {
  const { reader } = useScene();
  const id = useId();
  return (
    <li className="flex gap-2 py-1">
      <span className="flex h-5 items-center">
        <Checkbox id={id} checked={done} disabled={done || !onTick} onCheckedChange={() => onTick?.(task)} />
      </span>
      <label htmlFor={id} className={cx('min-w-0', done && 'text-text-3')}>
        {task.title}
        {task.alertClearedOn && !done && <span className="block text-12 text-text-3">{clearedWords(task.alertClearedOn, reader)}</span>}
      </label>
      {task.dueDay && !done && (
        <When
          day={task.dueDay as Day}
          reader={reader}
          className={cx('ml-auto pl-2 text-12 leading-5', task.dueDay <= reader.today ? 'text-risk-text' : 'text-text-3')}
        />
      )}
    </li>
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

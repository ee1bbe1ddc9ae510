'use client';
import type { AccountPages } from '@tideline/contracts/account-page';
import type { Day } from '@tideline/domain/calendar';
import Link from 'next/link';
import { ChartFigure } from '../../../../../charts/chart-figure.tsx';
import { prepareUsage, type UsageDay } from '../../../../../charts/prepare-usage.ts';
import { UsageChart } from '../../../../../charts/usage-chart.tsx';
import { axisMoney, money, quantity, type Reader } from '../../../../../ui/format.ts';

type Usage = AccountPages['Usage'];
type Props = { usage: Usage; title: string; currency: string; reader: Reader; weeks: string | undefined; units: boolean };
const SPANS = [
  { weeks: 13, label: '13 w' },
  { weeks: 26, label: '26 w' },
  { weeks: 52, label: '1 y' },
] as const;

/** The days drawn, each with its own normal: the mean of the 56 days that end 28 days before it, give or take 15%. */
const daysOf = (usage: Usage, series: readonly string[], from: number): UsageDay[] => {
  const values = series.map(Number);
  const sums = values.reduce<number[]>((all, value) => [...all.slice(-values.length), (all.at(-1) ?? 0) + value], [0]);
  return usage.days.slice(from).map((day, offset) => {
    const at = from + offset;
    const [first, last] = [at - 83, at - 27];
    const known = usage.firstDay === null ? at + 1 : usage.days.indexOf(usage.firstDay);
    const mid = first >= Math.max(0, known) ? ((sums[last] ?? 0) - (sums[first] ?? 0)) / 56 : null;
    return { day: day as Day, value: values[at] ?? null, ...(mid !== null && mid > 0 ? { normal: { low: mid * 0.85, mid, high: mid * 1.15 } } : {}) };
  });
};

/** Usage over time on its own normal, with the segment and what happened under it. */
export const UsageSection = ({ usage, title, currency, reader, weeks, units }: Props) => {
  const span = SPANS.find((one) => String(one.weeks) === weeks)?.weeks ?? 26;
  const main = usage.meters.find((meter) => meter.main) ?? usage.meters[0];
  const inMoney = usage.revenue !== null && !units;
  const series = inMoney ? usage.revenue : (main?.quantity ?? null);
  if (!series) return <p className="text-text-2">No usage yet. The first event of this account draws its line here.</p>;
  const write = (value: number | null) => (inMoney ? money(value, currency) : quantity(value));
  const drawn = prepareUsage({
    days: daysOf(usage, series, Math.max(0, usage.days.length - span * 7)),
    events: usage.events.map((event) => ({ ...event, day: event.day as Day })),
    segments: usage.segments.map(({ segment, from }) => ({ segment, from: from as Day })),
    write,
    axis: (value) => (inMoney ? axisMoney(value, currency) : quantity(value)),
    reader,
  });
  if (!drawn) return null;
  const link = (text: string, href: string, on: boolean) => (
    <Link key={text} href={href} scroll={false} aria-current={on ? 'true' : undefined} className={on ? 'font-semibold text-text' : 'text-text-2'}>
      {text}
    </Link>
  );
  const kept = inMoney ? '' : '&in=units';
  return (
    <ChartFigure
      title={title}
      sub={inMoney ? 'revenue a day' : `${main?.name ?? 'usage'} a day`}
      controls={
        <span className="flex gap-3 text-12">
          {usage.revenue !== null && [link('Revenue', `?weeks=${span}`, inMoney), link(main?.unit ?? 'Units', `?weeks=${span}&in=units`, !inMoney)]}
          {SPANS.map((one) => link(one.label, `?weeks=${one.weeks}${kept}`, one.weeks === span))}
        </span>
      }
      table={drawn.plot.table}
    >
      <UsageChart usage={drawn} label={title} />
    </ChartFigure>
  );
};

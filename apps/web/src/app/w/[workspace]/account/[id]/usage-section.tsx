'use client';
import type { AccountPages } from '@tideline/contracts/account-page';
import type { Day } from '@tideline/domain/calendar';
import Link from 'next/link';
import { useQueryStates } from 'nuqs';
import type { ReactNode } from 'react';
import { ChartFigure } from '../../../../../charts/chart-figure.tsx';
import { LinePlot } from '../../../../../charts/line-plot.tsx';
import { MetersChart } from '../../../../../charts/meters-chart.tsx';
import { prepareMeters, prepareStack, type MeterSeries } from '../../../../../charts/prepare-meters.ts';
import { prepareUsage } from '../../../../../charts/prepare-usage.ts';
import { UsageChart, UsageUnder } from '../../../../../charts/usage-chart.tsx';
import { Button } from '../../../../../ui/button.tsx';
import { EmptyState } from '../../../../../ui/empty-state.tsx';
import { axisMoney, axisQuantity, money, quantity, type Reader } from '../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../ui/page-header.tsx';
import { Segmented } from '../../../../../ui/segmented.tsx';
import { viewParsers } from './address.ts';
import { daysFrom, meterSeries, startOf, usedMeters } from './series.ts';

type Usage = AccountPages['Usage'];
type Props = { usage: Usage; title: string; currency: string; reader: Reader; workspace: string };
type Drawn = { kind: 'total' | 'stacked' | 'separate'; inMoney: boolean; weeks: number };

const LEFT = 44;
const SHORT = { alert: 'Alert', price: 'Price change' } as const;
const SPANS = [
  { value: '13', label: '13 w' },
  { value: '26', label: '26 w' },
  { value: '52', label: '1 y' },
] as const;
const KINDS = [
  { value: 'total', label: 'Total' },
  { value: 'stacked', label: 'Stacked' },
  { value: 'separate', label: 'Separate' },
] as const;

/** Usage over time on its own normal, meters together, stacked or each by itself, with the segment and what happened under it. */
export const UsageSection = ({ usage, title, currency, reader, workspace }: Props) => {
  const [view, set] = useQueryStates(viewParsers);
  const meters = usedMeters(usage);
  const priced = usage.revenue !== null && usage.revenue.some((value) => Number(value) !== 0);
  if (usage.firstDay === null) return <NoUsage workspace={workspace} />;
  const inMoney = priced && view.in === 'money';
  // Units of several meters do not add up, so only money is stacked.
  const kinds = KINDS.filter(({ value }) => value === 'total' || (meters.length > 1 && (value === 'separate' || inMoney)));
  const kind = kinds.find(({ value }) => value === view.meters)?.value ?? 'total';
  const main = meters.find((meter) => meter.main) ?? meters[0];
  const unit = main?.unit ?? 'units';
  return (
    <ChartOf usage={usage} title={title} currency={currency} reader={reader} drawn={{ kind, inMoney, weeks: Number(view.weeks) }}>
      {kinds.length > 1 && <Segmented label="Meters" value={kind} onChange={(value) => void set({ meters: value })} options={kinds} />}
      {priced && (
        <Segmented
          label="Measured in"
          value={inMoney ? 'money' : 'units'}
          onChange={(value) => void set({ in: value })}
          options={[
            { value: 'money', label: 'Revenue' },
            { value: 'units', label: meters.length > 1 ? 'Units' : unit },
          ]}
        />
      )}
      <Segmented label="Range" value={view.weeks} onChange={(weeks) => void set({ weeks })} options={SPANS} className="sm:ml-auto" />
    </ChartOf>
  );
};

const NoUsage = ({ workspace }: { workspace: string }) => (
  <section>
    <SectionTitle title="Usage" />
    <EmptyState
      title="No usage yet."
      actions={
        <Button asChild>
          <Link href={`/w/${workspace}/developers`}>Send events</Link>
        </Button>
      }
    >
      Its first event draws the line here, and starts the clock to first value.
    </EmptyState>
  </section>
);

/** The drawing that was chosen, under the line that says what it shows. */
const ChartOf = ({ usage, title, currency, reader, drawn, children }: Omit<Props, 'workspace'> & { drawn: Drawn; children: ReactNode }) => {
  const { kind, inMoney, weeks } = drawn;
  const meters = usedMeters(usage);
  const start = startOf(usage, weeks);
  const main = meters.find((meter) => meter.main) ?? meters[0];
  const write = (value: number | null) => (inMoney ? money(value, currency) : quantity(value));
  const axis = (value: number) => (inMoney ? axisMoney(value, currency) : axisQuantity(value));
  const series = meterSeries(usage, meters, start, inMoney, currency, reader);
  const days = daysFrom(usage, (inMoney ? usage.revenue : main?.quantity) ?? [], start);
  const total = prepareUsage({
    days,
    events: usage.events.map((event) => ({
      ...event,
      day: event.day as Day,
      ...(event.kind in SHORT ? { short: SHORT[event.kind as keyof typeof SHORT] } : {}),
    })),
    segments: usage.segments.map(({ segment, from }) => ({ segment, from: from as Day })),
    heldFrom: usage.heldFrom as Day | null,
    write,
    axis,
    reader,
  });
  if (!total) return null;
  const shared = { days: days.map(({ day }) => day), meters: series, reader };
  const stack = kind === 'stacked' ? prepareStack({ ...shared, axis, write, smooth: 7 }) : null;
  const strips = kind === 'separate' ? prepareMeters(shared) : null;
  const label = strips ? 'Usage by meter' : title;
  return (
    <ChartFigure
      title={title}
      sub={subWords(drawn, main?.name ?? 'usage')}
      under={<div className="mt-2 flex flex-wrap items-center gap-2">{children}</div>}
      table={(stack ?? strips ?? total.plot).table}
    >
      {stack && <Legend meters={series} />}
      {stack ? <LinePlot plot={{ ...stack, uprights: total.plot.uprights }} label={label} height={280} left={LEFT} /> : null}
      {strips && <MetersChart meters={strips} label={label} left={LEFT} />}
      {stack || strips ? <UsageUnder usage={total} left={LEFT} /> : <UsageChart usage={total} label={label} left={LEFT} />}
    </ChartFigure>
  );
};

const subWords = ({ kind, inMoney }: Drawn, main: string): string => {
  const what = inMoney ? 'Revenue a day' : kind === 'separate' ? 'Each meter a day' : `${main} a day`;
  if (kind === 'total') return `${what}: seven-day mean over the days themselves, its own normal in grey`;
  return kind === 'stacked' ? `${what} by meter: seven-day means` : `${what}, each on its own scale, its own normal dotted`;
};

const Legend = ({ meters }: { meters: readonly MeterSeries[] }) => (
  <ul className="mb-1 flex flex-wrap gap-x-4 gap-y-1 text-12 text-text-2" style={{ paddingLeft: LEFT }}>
    {meters.map(({ key, label, colour, now }) => (
      <li key={key} className="flex items-center gap-1.5">
        <i aria-hidden className="size-2 rounded-[2px]" style={{ background: colour }} />
        {label} <span className="text-text-3">{now}</span>
      </li>
    ))}
  </ul>
);

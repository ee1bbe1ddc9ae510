/** Usage by meter: small multiples, each on its own scale, or stacked on one. Pure. */
import type { Day } from '@tideline/domain/calendar';
import { weekDay, type Reader } from '../ui/format.ts';
import { tableOf, type ChartTable, type Plot, type Stop } from './plot.ts';
import { bandPath, extent, linePath, niceTicks, share, trailingMean, type Range, type Tick } from './scale.ts';
import { dayAt, dayTicks } from './time-axis.ts';

/** A meter keeps its colour everywhere: its place in the workspace's list decides, six colours, then they repeat. */
export const meterColour = (index: number): string => `var(--cat-${(index % 6) + 1})`;

export type MeterSeries = {
  key: string;
  label: string;
  /** "per day", "level". */
  unit: string;
  colour: string;
  values: readonly (number | null)[];
  /** Own normal, drawn dotted. */
  normal?: readonly (number | null)[];
  /** The latest, in words: "none since 4 Nov · was 3.1M". */
  now: string;
  write: (value: number | null) => string;
};
export type MetersInput = {
  days: readonly Day[];
  meters: readonly MeterSeries[];
  reader: Reader;
  /** Where the axis ends, if later than the data: in step with a chart that looks ahead. */ until?: Day;
};
export type MeterRow = { key: string; label: string; unit: string; colour: string; now: string; line: string; area: string; normal: string };
export type MetersPlot = { rows: MeterRow[]; xTicks: Tick[]; stops: Stop[]; table: ChartTable };

const stopsOf = ({ days, meters, reader }: MetersInput, x: (day: Day) => number): Stop[] =>
  days.map((day, i) => ({
    x: x(day),
    title: weekDay(day, reader),
    rows: meters.map((meter) => ({ label: meter.label, value: meter.write(meter.values[i] ?? null), colour: meter.colour })),
  }));

/** Small multiples: each meter from zero to its own largest, because their units differ. */
export const prepareMeters = (input: MetersInput): MetersPlot | null => {
  const { days, meters, reader } = input;
  const from = days[0];
  const to = input.until ?? days.at(-1);
  if (!from || !to) return null;
  const x = (day: Day) => dayAt(day, from, to);
  const stops = stopsOf(input, x);
  return {
    rows: meters.map((meter) => {
      const range: Range = [0, (extent([...meter.values, ...(meter.normal ?? [])])?.[1] ?? 1) || 1];
      const y = (value: number | null | undefined) => (value === null || value === undefined ? null : share(value, range));
      const points = days.map((day, i) => [x(day), y(meter.values[i])] as const);
      return {
        key: meter.key,
        label: meter.label,
        unit: meter.unit,
        colour: meter.colour,
        now: meter.now,
        line: linePath(points),
        area: bandPath(points.map(([px, py]) => [px, py === null ? null : 0, py])),
        normal: linePath(days.map((day, i) => [x(day), y(meter.normal?.[i])])),
      };
    }),
    xTicks: dayTicks(from, to, reader),
    stops,
    table: tableOf('Day', stops),
  };
};

/** Stacked on one scale, the first meter at the bottom; only for values of one unit, such as revenue. Unknown counts as nothing here. */
export const prepareStack = (
  input: MetersInput & {
    /** Days in the calm areas; the tooltip says each day as it was. */ smooth?: number;
    axis: (value: number) => string;
    write: (value: number | null) => string;
  },
): Plot | null => {
  const { days, meters, reader } = input;
  const from = days[0];
  const to = input.until ?? days.at(-1);
  if (!from || !to) return null;
  const x = (day: Day) => dayAt(day, from, to);
  const calm = meters.map((meter) => trailingMean(meter.values, input.smooth ?? 1));
  const sums = meters.map((_, n) => days.map((_, i) => calm.slice(0, n + 1).reduce((sum, values) => sum + (values[i] ?? 0), 0)));
  const ticks = niceTicks(0, extent(sums.at(-1) ?? [])?.[1] ?? 1);
  const range: Range = [0, ticks.at(-1) ?? 1];
  const stops = stopsOf(input, x).map((stop, i) => {
    const total = meters.reduce((sum, meter) => sum + (meter.values[i] ?? 0), 0);
    return { ...stop, rows: [{ label: 'Total', value: input.write(total) }, ...stop.rows.toReversed()], high: (sums.at(-1)?.[i] ?? 0) > range[1] / 2 };
  });
  return {
    yTicks: ticks.map((tick) => ({ at: share(tick, range), label: input.axis(tick) })),
    xTicks: dayTicks(from, to, reader),
    zero: 0,
    areas: meters.map((meter, n) => ({
      colour: meter.colour,
      opacity: 0.85,
      d: bandPath(days.map((day, i) => [x(day), share(n === 0 ? 0 : (sums[n - 1]?.[i] ?? 0), range), share(sums[n]?.[i] ?? 0, range)])),
    })),
    strokes: [],
    dots: [],
    uprights: [],
    words: [],
    ends: [],
    stops,
    table: tableOf('Day', stops),
  };
};

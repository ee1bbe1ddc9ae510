/** Lines by month with words at their ends: retention under several definitions, a forecast against plan, a burn-down. Pure. */
import { firstDayOf, type Month } from '@tideline/domain/calendar';
import type { Reader } from '../ui/format.ts';
import { tableOf, type Plot, type Stop, type Stroke } from './plot.ts';
import { extent, linePath, niceTicks, share, spread, type Range } from './scale.ts';
import { dayTicks } from './time-axis.ts';

/** How a line is drawn: the one the title is about, others thin, a target dashed. */
export const lineLooks = {
  main: { colour: 'var(--chart-line)', width: 2.25 },
  thin: { colour: 'var(--chart-compare)', width: 1.2 },
  dotted: { colour: 'var(--chart-compare)', width: 1.2, dash: '1 3' },
  dashed: { colour: 'var(--chart-compare)', width: 1.2, dash: '4 3' },
  target: { colour: 'var(--text-2)', width: 1, dash: '3 3' },
} as const satisfies Record<string, Omit<Stroke, 'd'>>;

export type MonthLine = {
  label: string;
  look: keyof typeof lineLooks;
  /** One per month; null where the definition has no value yet. */ values: readonly (number | null)[];
};
export type RetentionInput = {
  months: readonly Month[];
  lines: readonly MonthLine[];
  /** A baseline drawn strong, for example 1 where retention neither gains nor loses. */
  baseline?: number;
  /** Bars and money start at zero; ratios need not. */
  fromZero?: boolean;
  write: (value: number | null) => string;
  axis: (value: number) => string;
  reader: Reader;
};

/** The smallest distance between two words at line ends, in percent of a 240 px plot. */
const END_GAP = 8;

const monthTitle = (month: Month, reader: Reader): string =>
  new Intl.DateTimeFormat(reader.locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${firstDayOf(month)}T00:00:00Z`));

/** Null when there is no month. The main line is drawn last, over the others. */
export const prepareRetention = (input: RetentionInput): Plot | null => {
  const { months, lines, baseline, reader, write } = input;
  const first = months[0];
  const last = months.at(-1);
  if (!first || !last) return null;
  const known = extent([...lines.flatMap((line) => line.values), baseline ?? null, input.fromZero ? 0 : null]) ?? [0, 1];
  const ticks = niceTicks(known[0], known[1]);
  const range: Range = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  const x = (i: number) => share(i, [0, Math.max(1, months.length - 1)]);
  const y = (value: number | null | undefined) => (value === null || value === undefined ? null : share(value, range));
  const ordered = lines.toSorted((a, b) => Number(a.look === 'main') - Number(b.look === 'main'));
  const main = lines.find((line) => line.look === 'main');
  const ends = lines.map((line) => ({ line, value: line.values.findLast((v) => v !== null) ?? null })).filter(({ value }) => value !== null);
  const heights = spread(
    ends.map(({ value }) => y(value) ?? 0),
    END_GAP,
  );
  const stops = months.map((month, i): Stop => ({
    x: x(i),
    title: monthTitle(month, reader),
    rows: lines.map((line) => ({ label: line.label, value: write(line.values[i] ?? null) })),
    high: (y(main?.values[i]) ?? 0) > 50,
  }));
  const lastKnown = main?.values.findLastIndex((value) => value !== null) ?? -1;
  return {
    yTicks: ticks.map((tick) => ({ at: share(tick, range), label: input.axis(tick) })),
    xTicks: dayTicks(firstDayOf(first), firstDayOf(last), reader),
    zero: baseline === undefined ? (range[0] === 0 ? 0 : null) : share(baseline, range),
    areas: [],
    strokes: ordered.map((line) => ({ ...lineLooks[line.look], d: linePath(line.values.map((value, i) => [x(i), y(value)])) })),
    dots: lastKnown >= 0 ? [{ x: x(lastKnown), y: y(main?.values[lastKnown]) ?? 0, colour: 'var(--chart-line)' }] : [],
    uprights: [],
    words: [],
    ends: ends.map(({ line, value }, i) => ({ y: heights[i] ?? 0, text: line.label, value: write(value), strong: line.look === 'main' })),
    stops,
    table: tableOf('Month', stops),
  };
};

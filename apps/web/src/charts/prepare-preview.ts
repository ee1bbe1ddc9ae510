/** What a meter definition would have counted by day, beside what the present one counted. Pure. */
import type { Day } from '@tideline/domain/calendar';
import { axisQuantity, exactQuantity, weekDay, type Reader } from '../ui/format.ts';
import { tableOf, type Plot } from './plot.ts';
import { bandPath, extent, linePath, niceTicks, share, type Range } from './scale.ts';
import { dayAt, dayTicks } from './time-axis.ts';

export type PreviewDay = { day: Day; quantity: number | null; present: number | null };
export type PreviewInput = {
  days: readonly PreviewDay[];
  /** What the two lines are called. */ labels: { quantity: string; present: string };
  unit: string;
  reader: Reader;
};

/** Null when there is no day to draw, or nothing was counted on any. */
export const preparePreview = ({ days, labels, unit, reader }: PreviewInput): Plot | null => {
  const [from, to] = [days[0]?.day, days.at(-1)?.day];
  const known = extent(days.flatMap(({ quantity, present }) => [quantity, present]));
  if (!from || !to || !known || (known[0] === 0 && known[1] === 0)) return null;
  const ticks = niceTicks(Math.min(0, known[0]), Math.max(0, known[1]), 3);
  const range: Range = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  const x = (day: Day) => dayAt(day, from, to);
  const y = (value: number | null) => (value === null ? null : share(value, range));
  const zero = share(0, range);
  const compared = days.some(({ present }) => present !== null);
  const write = (value: number | null) => (value === null ? '–' : `${exactQuantity(value)} ${unit}`.trimEnd());
  const stops = days.map(({ day, quantity, present }) => ({
    x: x(day),
    title: weekDay(day, reader),
    high: (quantity ?? present ?? 0) > range[1] / 2,
    rows: [
      { label: labels.quantity, value: write(quantity), colour: 'var(--chart-line)' },
      ...(compared ? [{ label: labels.present, value: write(present), colour: 'var(--chart-compare)' }] : []),
    ],
  }));
  return {
    yTicks: ticks.map((tick) => ({ at: share(tick, range), label: axisQuantity(tick) })),
    xTicks: dayTicks(from, to, reader),
    zero,
    areas: [
      { d: bandPath(days.map(({ day, quantity }) => [x(day), quantity === null ? null : zero, y(quantity)])), colour: 'var(--chart-line)', opacity: 0.1 },
    ],
    strokes: [
      ...(compared ? [{ d: linePath(days.map(({ day, present }) => [x(day), y(present)])), colour: 'var(--chart-compare)', width: 1.4, dash: '3 3' }] : []),
      { d: linePath(days.map(({ day, quantity }) => [x(day), y(quantity)])), colour: 'var(--chart-line)', width: 1.6 },
    ],
    dots: [],
    uprights: [],
    words: [],
    ends: [],
    stops,
    table: tableOf('Day', stops),
  };
};

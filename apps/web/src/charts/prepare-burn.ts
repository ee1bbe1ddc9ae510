/** How a commitment is used up: consumption so far, the plan as a straight line, and where the present rate leads. Pure. */
import type { Day } from '@tideline/domain/calendar';
import { shortDay, type Reader } from '../ui/format.ts';
import { tableOf, type Plot, type Stop, type Stroke } from './plot.ts';
import { linePath, niceTicks, share, type Point, type Range } from './scale.ts';
import { dayAt } from './time-axis.ts';

export type BurnInput = {
  start: Day;
  end: Day;
  amount: number;
  /** Consumed since the start up to the end of each of these days. */
  line: readonly { day: Day; consumed: number }[];
  /** Where the present rate leads by the end. */
  expected: number;
  write: (value: number | null) => string;
  axis: (value: number) => string;
  reader: Reader;
};

/** Decides the drawing; null before the first closed day of the term. */
export const prepareBurn = ({ start, end, amount, line, expected, write, axis, reader }: BurnInput): Plot | null => {
  const last = line.at(-1);
  if (!last || end <= start) return null;
  const x = (day: Day) => dayAt(day, start, end);
  const ticks = niceTicks(0, Math.max(amount, expected, last.consumed), 3);
  const range: Range = [0, ticks.at(-1) ?? 1];
  const y = (value: number) => share(value, range);
  const planAt = (day: Day) => (amount * x(day)) / 100;
  const stops = line.map(({ day, consumed }): Stop => ({
    x: x(day),
    title: shortDay(day, reader),
    rows: [
      { label: 'Used', value: write(consumed) },
      { label: 'Plan', value: write(planAt(day)) },
    ],
    high: consumed > range[1] / 2,
  }));
  return {
    yTicks: ticks.map((tick) => ({ at: y(tick), label: axis(tick) })),
    xTicks: [
      { at: 0, label: shortDay(start, reader) },
      { at: 100, label: shortDay(end, reader) },
    ],
    zero: 0,
    areas: [],
    strokes: burnStrokes(
      line.map(({ day, consumed }) => [x(day), y(consumed)] as const),
      y(amount),
      y(expected),
    ),
    dots: [{ x: x(last.day), y: y(last.consumed), colour: 'var(--chart-line)' }],
    uprights: [],
    words: [
      { x: 1, y: y(amount) + 6, text: 'Committed', align: 'start' },
      last.consumed > planAt(last.day)
        ? { x: 82, y: y(amount * 0.76), text: 'Plan', align: 'start' }
        : { x: 60, y: y(amount * 0.6) + 8, text: 'Plan', align: 'end' },
    ],
    ends: [],
    stops,
    table: tableOf('Day', stops),
  };
};

/** What was committed, the plan, where the present rate leads, and what was used; heights in percent. */
const burnStrokes = (used: readonly Point[], committed: number, expected: number): Stroke[] => {
  const line = (...points: Point[]) => linePath(points);
  const now = used.at(-1) ?? [0, 0];
  return [
    { d: line([0, committed], [100, committed]), colour: 'var(--chart-zero)', width: 1 },
    { d: line([0, 0], [100, committed]), colour: 'var(--chart-compare)', width: 1.2 },
    { d: line(now, [100, expected]), colour: 'var(--chart-line)', width: 1.6, dash: '4 4' },
    { d: linePath(used), colour: 'var(--chart-line)', width: 2.25 },
  ];
};

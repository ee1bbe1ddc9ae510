/** Account usage over time: the line, its own normal, a year ago, the forecast fan, and what happened. Pure. */
import { dayNumber, type Day } from '@tideline/domain/calendar';
import { weekDay, type Reader } from '../ui/format.ts';
import { segmentLooks, type SegmentCode } from '../ui/segment-mark.tsx';
import { tones } from '../ui/tone.ts';
import { tableOf, type Area, type ChartTable, type Plot, type Stop, type StopRow, type Stroke, type Upright, type Word } from './plot.ts';
import { bandPath, extent, linePath, niceTicks, share, trailingMean, type Range } from './scale.ts';
import { dayAt, dayTicks } from './time-axis.ts';

export type UsageDay = {
  day: Day;
  /** Usage or revenue of the day; null where it is not known. */
  value: number | null;
  /** Own normal of that day and its band. */
  normal?: { low: number; mid: number; high: number } | null;
  yearAgo?: number | null;
  /** The day by meter, in the order of `meters`. */
  parts?: readonly (number | null)[];
};
export type ForecastDay = { day: Day; p10: number; p25: number; p50: number; p75: number; p90: number };

/** Kind of event → its place in the picture. Only price changes and alerts cross the plot. */
export const eventLooks = {
  alert: { word: 'Alert', crosses: true, colour: 'var(--risk)' },
  price: { word: 'Price', crosses: true, colour: 'var(--chart-zero)' },
  touch: { word: 'Touch', crosses: false, colour: 'var(--line-strong)' },
  milestone: { word: 'Milestone', crosses: false, colour: 'var(--line-strong)' },
  segment: { word: 'Segment', crosses: false, colour: 'var(--line-strong)' },
  contract: { word: 'Contract', crosses: false, colour: 'var(--line-strong)' },
  ticket: { word: 'Ticket', crosses: false, colour: 'var(--line-strong)' },
} as const satisfies Record<string, { word: string; crosses: boolean; colour: string }>;
export type EventKind = keyof typeof eventLooks;
export type UsageEvent = { id: string; day: Day; kind: EventKind; label: string; /** Short words over the plot, for those that cross. */ short?: string };

export type UsageInput = {
  days: readonly UsageDay[];
  forecast?: readonly ForecastDay[];
  events?: readonly UsageEvent[];
  /** Which segment the account was in; the last one open until the last day. */
  segments?: readonly { segment: SegmentCode; from: Day }[];
  /** From this day on a fault of the data holds the score: the days are not judged, which is no judgement on them. */
  heldFrom?: Day | null;
  meters?: readonly { label: string; colour: string }[];
  /** How values are written: in the tooltip, and shorter on the axis. */
  write: (value: number | null) => string;
  axis: (value: number) => string;
  reader: Reader;
  /** Days in the calm line; 1 draws the daily values themselves. */
  smooth?: number;
};

export type LaneMark = { at: number; kind: EventKind; words: string; count: number };
/** `word`: in the part, ending where the part begins because it is too narrow, or on hover only. */
export type RibbonPart = {
  from: number;
  to: number;
  segment: SegmentCode | 'held';
  label: string;
  colour: string;
  word: { side: 'in' | 'before'; at: number } | null;
};
export type UsagePlot = { plot: Plot; lane: LaneMark[]; ribbon: RibbonPart[] };

/** Decides everything about the usage chart; null when there is no day to draw. */
export const prepareUsage = (input: UsageInput): UsagePlot | null => {
  const { days, forecast = [], reader } = input;
  const from = days[0]?.day;
  const lastDay = days.at(-1)?.day;
  if (!from || !lastDay) return null;
  const to = forecast.at(-1)?.day ?? lastDay;
  const x = (day: Day) => dayAt(day, from, to);
  const line = trailingMean(
    days.map((day) => day.value),
    input.smooth ?? 7,
  );
  const known = extent([...days.flatMap((d) => [d.value, d.normal?.high, d.yearAgo]), ...forecast.map((f) => f.p90)]);
  const ticks = niceTicks(0, known?.[1] ?? 1);
  const range: Range = [0, ticks.at(-1) ?? 1];
  const y = (value: number | null | undefined) => (value === null || value === undefined ? null : share(value, range));
  const stops = usageStops(input, line, x, range);
  const lastKnown = line.findLastIndex((value) => value !== null);
  const end = days[lastKnown];
  const marks = usageMarks(input, x, lastDay);
  return {
    plot: {
      yTicks: ticks.map((tick) => ({ at: share(tick, range), label: input.axis(tick) })),
      xTicks: dayTicks(from, to, reader),
      zero: 0,
      areas: usageAreas(input, x, y),
      strokes: usageStrokes(input, line, x, y),
      dots: end ? [{ x: x(end.day), y: y(line[lastKnown]) ?? 0, colour: 'var(--chart-line)' }] : [],
      uprights: marks.uprights,
      words: usageWords(input, line, x, y),
      ends: [],
      stops,
      table: usageTable(input, stops),
    },
    lane: marks.lane,
    ribbon: ribbonOf(input, from, lastDay, x),
  };
};

/** Numbers by day as the stops say them; what happened shares one column, whatever its kind. */
const usageTable = ({ days, events = [], reader }: UsageInput, stops: readonly Stop[]): ChartTable => {
  const kinds = new Set<string>(Object.values(eventLooks).map((look) => look.word));
  const numbers = tableOf(
    'Day',
    stops.map((stop) => ({ ...stop, rows: stop.rows.filter((row) => !kinds.has(row.label)) })),
  );
  if (events.length === 0) return numbers;
  const happened = Map.groupBy(events, (event) => weekDay(event.day, reader));
  const words = (day: string) => (happened.get(day) ?? []).map((event) => event.label).join('; ') || '–';
  return { columns: [...numbers.columns, 'What happened'], rows: numbers.rows.map((row, i) => [...row, i < days.length ? words(row[0] ?? '') : '–']) };
};

type At = (day: Day) => number;
type Height = (value: number | null | undefined) => number | null;

const usageAreas = ({ days, forecast = [] }: UsageInput, x: At, y: Height): Area[] => [
  { d: bandPath(days.map((d) => [x(d.day), y(d.normal?.low), y(d.normal?.high)])), colour: 'var(--chart-band)' },
  { d: bandPath(forecast.map((f) => [x(f.day), y(f.p10), y(f.p90)])), colour: 'var(--chart-fan-1)' },
  { d: bandPath(forecast.map((f) => [x(f.day), y(f.p25), y(f.p75)])), colour: 'var(--chart-fan-2)' },
];

const usageStrokes = ({ days, forecast = [], smooth = 7 }: UsageInput, line: readonly (number | null)[], x: At, y: Height): Stroke[] => [
  { d: linePath(days.map((d) => [x(d.day), y(d.yearAgo)])), colour: 'var(--chart-compare)', width: 1.2, dash: '1 3' },
  ...(smooth > 1 ? [{ d: linePath(days.map((d) => [x(d.day), y(d.value)])), colour: 'var(--chart-line)', width: 1, opacity: 0.22 }] : []),
  { d: linePath(forecast.map((f) => [x(f.day), y(f.p50)])), colour: 'var(--chart-line)', width: 1.6, dash: '4 4' },
  { d: linePath(days.map((d, i) => [x(d.day), y(line[i])])), colour: 'var(--chart-line)', width: 2.25 },
];

/** The own normal is named where it reaches over so much of the plot. */
const NAMED_SHARE = 0.2;

/** Each thing drawn gets its name once, where it has room. */
const usageWords = ({ days, forecast = [], write }: UsageInput, line: readonly (number | null)[], x: At, y: Height): Word[] => {
  const words: Word[] = [];
  const normal = days.findLast((d) => d.normal);
  // A band that has only just begun has no room for its name, which stands on the side where the line is not.
  if (normal?.normal && normal.normal.high > 0 && days.filter((d) => d.normal).length > days.length * NAMED_SHARE) {
    const { low, mid, high } = normal.normal;
    const above = (line.findLast((value) => value !== null) ?? 0) <= mid;
    words.push({
      x: Math.max(0, x(normal.day) - 1),
      y: above ? Math.min(97, (y(high) ?? 0) + 5) : Math.max(4, (y(low) ?? 0) - 5),
      text: 'Own normal',
      align: 'end',
    });
  }
  const early = days[Math.floor(days.length * 0.35)];
  if (early?.yearAgo !== null && early?.yearAgo !== undefined)
    words.push({ x: x(early.day), y: (y(early.yearAgo) ?? 0) - 6, text: 'A year ago', align: 'middle' });
  const last = forecast.at(-1);
  if (last) {
    words.push({ x: x(last.day) - 0.5, y: (y(last.p50) ?? 0) + 5, text: `${write(last.p50)} a day`, align: 'end', strong: true });
    words.push({ x: x(last.day) - 0.5, y: (y(last.p90) ?? 0) + 4, text: '1 in 10 higher', align: 'end' });
  }
  return words;
};

const usageStops = (
  { days, forecast = [], events = [], meters = [], heldFrom = null, write, reader }: UsageInput,
  line: readonly (number | null)[],
  x: At,
  range: Range,
): Stop[] => {
  const happened = Map.groupBy(events, (event) => event.day);
  const past = days.map((day, i): Stop => {
    const rows: StopRow[] = [{ label: 'Total', value: write(day.value) }];
    meters.forEach((meter, n) => rows.push({ label: meter.label, value: write(day.parts?.[n] ?? null), colour: meter.colour }));
    if (day.normal) rows.push({ label: 'Own normal', value: write(day.normal.mid) });
    if (day.yearAgo !== undefined) rows.push({ label: 'A year ago', value: write(day.yearAgo) });
    if (heldFrom !== null && day.day >= heldFrom) rows.push({ label: 'Score', value: 'held' });
    for (const event of happened.get(day.day) ?? []) rows.push({ label: eventLooks[event.kind].word, value: event.label });
    return { x: x(day.day), title: weekDay(day.day, reader), rows, high: (line[i] ?? 0) > range[1] / 2 };
  });
  const ahead = forecast.map((f): Stop => ({
    x: x(f.day),
    title: weekDay(f.day, reader),
    rows: [
      { label: 'Expected', value: write(f.p50) },
      { label: '1 in 2 between', value: `${write(f.p25)} and ${write(f.p75)}` },
      { label: '8 in 10 between', value: `${write(f.p10)} and ${write(f.p90)}` },
    ],
    high: f.p90 > range[1] / 2,
  }));
  // A forecast may start in the dot, on the last known day, which already has its stop.
  return [...past, ...ahead.filter((stop) => stop.x > (past.at(-1)?.x ?? -1))];
};

/** Events nearer than this (percent) share one mark with a count. */
const CLUSTER = 4;

const usageMarks = ({ events = [], forecast = [], reader }: UsageInput, x: At, lastDay: Day): { uprights: Upright[]; lane: LaneMark[] } => {
  const sorted = events.filter((event) => x(event.day) >= 0 && x(event.day) <= 100).toSorted((a, b) => dayNumber(a.day) - dayNumber(b.day));
  const crossing = Map.groupBy(
    sorted.filter((event) => eventLooks[event.kind].crosses),
    (event) => `${event.kind} ${event.day}`,
  );
  const uprights = withRoom([...crossing.values()].map(crossed(x)));
  if (forecast.length > 0) uprights.push({ at: x(lastDay), label: 'Today', colour: 'var(--chart-zero)', strong: true });
  const lane: LaneMark[] = [];
  for (const event of sorted) {
    const words = `${weekDay(event.day, reader)}: ${event.label}`;
    const near = lane.at(-1);
    if (near && x(event.day) - near.at < CLUSTER) {
      near.count += 1;
      near.words += `\n${words}`;
      if (event.kind === 'alert') near.kind = 'alert';
    } else lane.push({ at: x(event.day), kind: event.kind, words, count: 1 });
  }
  return { uprights, lane };
};

/** One vertical for what is of one kind on one day. */
const crossed =
  (x: At) =>
  (events: readonly UsageEvent[]): Upright => {
    const [first] = events;
    const look = eventLooks[first?.kind ?? 'alert'];
    const label = first?.short && (events.length > 1 ? `${events.length} × ${first.short}` : first.short);
    return { at: first ? x(first.day) : 0, colour: look.colour, dashed: true, ...(label ? { label } : {}) };
  };

/** Words over the plot nearer than this (percent) would touch. */
const WORD_GAP = 14;

/** From the latest back, each keeps its words where those after it leave room; the lines all stay. */
const withRoom = (uprights: readonly Upright[]): Upright[] => {
  let free = 100;
  const kept = uprights.toReversed().map(({ label, ...line }) => {
    if (!label || line.at > free) return line;
    free = line.at - WORD_GAP;
    return { ...line, label };
  });
  return kept.toReversed();
};

/** A part narrower than this (percent) cannot hold its own word. */
const ROOM = 14;

/** Words that never stand on one another: a narrow part at the end says its name before the narrow ones begin, where the part before them has room. */
const ribbonWords = (parts: readonly Omit<RibbonPart, 'word'>[]): RibbonPart[] => {
  const isNarrow = (part: { from: number; to: number }) => part.to - part.from < ROOM;
  const lastWide = parts.findLastIndex((part) => !isNarrow(part));
  const before = parts[lastWide];
  const hasRoom = before !== undefined && before.to - before.from >= 2 * ROOM;
  return parts.map((part, i) => {
    if (!isNarrow(part)) return { ...part, word: { side: 'in', at: part.from } };
    return { ...part, word: i === parts.length - 1 && hasRoom ? { side: 'before', at: before.to } : null };
  });
};

/** Room kept at the end for days that are held, however few they are (percent). */
const HELD_ROOM = 1.5;
const HATCHED = 'repeating-linear-gradient(135deg, var(--text-3) 0 1px, var(--bg-track) 1px 4px)';

const ribbonOf = ({ segments = [], heldFrom = null }: UsageInput, from: Day, lastDay: Day, x: At): RibbonPart[] => {
  const isHeld = heldFrom !== null && heldFrom <= lastDay;
  const last = x(lastDay);
  const end = isHeld ? Math.max(0, Math.min(x(heldFrom), last - HELD_ROOM)) : last;
  const parts = segments.flatMap((part, i) => {
    const next = segments[i + 1]?.from ?? lastDay;
    const start = Math.max(0, x(part.from));
    if (next < from || part.from > lastDay || (isHeld && start >= end)) return [];
    const look = segmentLooks[part.segment];
    const colour = look.tone === 'quiet' ? 'var(--bg-track)' : tones[look.tone].colour;
    return [{ from: start, to: Math.min(end, x(next)), segment: part.segment, label: look.short, colour }];
  });
  return ribbonWords(isHeld ? [...parts, { from: end, to: last, segment: 'held', label: 'Score held', colour: HATCHED }] : parts);
};

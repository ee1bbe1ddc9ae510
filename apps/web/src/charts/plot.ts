/**
 * What a prepared chart is: plain data in percent and text, decided by the `prepare-*` files and drawn by `line-plot.tsx`
 * and its like. It crosses from server to browser as it is.
 */
import type { Tick } from './scale.ts';

export type Stroke = { d: string; colour: string; width?: number; dash?: string; opacity?: number };
export type Area = { d: string; colour: string; opacity?: number };
/** A vertical over the whole plot: today, a price change, an alert. */
export type Upright = { at: number; label?: string; colour: string; dashed?: boolean; strong?: boolean };
export type Dot = { x: number; y: number; colour: string };
/** Words inside the plot, at a point in percent from left and bottom. */
export type Word = { x: number; y: number; text: string; align?: 'start' | 'middle' | 'end'; strong?: boolean; colour?: string };
/** Words right of the plot, at a line's end. */
export type EndWord = { y: number; text: string; value?: string; strong?: boolean };
export type StopRow = { label: string; value: string; colour?: string };
/** One place the cursor can stand: everything known there. `high` when the line is in the upper half, so the tooltip goes low. */
export type Stop = { x: number; title: string; rows: StopRow[]; high?: boolean };
export type ChartTable = { columns: readonly string[]; rows: readonly (readonly string[])[] };

export type Plot = {
  yTicks: Tick[];
  xTicks: Tick[];
  /** The value where the baseline stands, in percent; null for none. */
  zero: number | null;
  areas: Area[];
  strokes: Stroke[];
  dots: Dot[];
  uprights: Upright[];
  words: Word[];
  ends: EndWord[];
  stops: Stop[];
  table: ChartTable;
};

/** The stop nearest to a place in percent; -1 when there is none. */
export const nearestStop = (stops: readonly { x: number }[], x: number): number => {
  let best = -1;
  let distance = Number.POSITIVE_INFINITY;
  stops.forEach((stop, i) => {
    const d = Math.abs(stop.x - x);
    if (d < distance) [best, distance] = [i, d];
  });
  return best;
};

/** A stop in one sentence, for screen readers. */
export const stopWords = (stop: Stop): string => `${stop.title}: ${stop.rows.map((row) => `${row.label} ${row.value}`).join(', ')}`;

/** The table of a chart whose stops already say everything: one row per stop, one column per label. */
export const tableOf = (first: string, stops: readonly Stop[]): ChartTable => {
  const labels = [...new Set(stops.flatMap((stop) => stop.rows.map((row) => row.label)))];
  return {
    columns: [first, ...labels],
    rows: stops.map((stop) => [stop.title, ...labels.map((label) => stop.rows.find((row) => row.label === label)?.value ?? '–')]),
  };
};

/** Health before and after a change of the model: bars for the draft, an outline for what is live. Pure. */
import { bandLooks, type BandCode } from '../ui/segment-mark.tsx';
import { tones } from '../ui/tone.ts';
import { tableOf, type ChartTable, type Stop } from './plot.ts';
import { niceTicks, share, type Range, type Tick } from './scale.ts';

export type HistogramInput = {
  /** Accounts per bin of equal width over 0 to 100, draft and live. */
  after: readonly number[];
  before: readonly number[];
  /** `at_risk` below the first, `healthy` from the second, `watch` between. */
  cuts: { watch: number; healthy: number };
};
export type HistogramBar = { x: number; width: number; height: number; fill: string; edge: string };
export type HistogramPlot = {
  bars: HistogramBar[];
  /** The live distribution as one stepped outline. */
  outline: string;
  cuts: { at: number; label: string; side: 'left' | 'right' | 'middle' }[];
  yTicks: Tick[];
  xTicks: Tick[];
  stops: Stop[];
  table: ChartTable;
};

/** The watch band gets its word from this many points on. */
const ROOM = 10;
const TOP: Range = [0, 100];

export const bandAt = (score: number, cuts: HistogramInput['cuts']): BandCode => (score < cuts.watch ? 'at_risk' : score < cuts.healthy ? 'watch' : 'healthy');

export const prepareHistogram = ({ after, before, cuts }: HistogramInput): HistogramPlot => {
  const ticks = niceTicks(0, Math.max(1, ...after, ...before));
  const range: Range = [0, ticks.at(-1) ?? 1];
  const size = 100 / Math.max(1, after.length);
  // A bin belongs to the band its middle is in; a cut inside a bin is still drawn where it is.
  const band = (i: number) => bandAt((i + 0.5) * size, cuts);
  const stops = after.map((count, i): Stop => {
    const was = before[i] ?? 0;
    const change = count - was;
    const rows = [
      { label: 'Draft', value: String(count) },
      { label: 'Live', value: String(was) },
    ];
    if (change !== 0) rows.push({ label: 'Change', value: change > 0 ? `+${change}` : `−${-change}` });
    return { x: (i + 0.5) * size, title: `Health ${Math.round(i * size)} to ${Math.round((i + 1) * size)}`, rows, high: Math.max(count, was) > range[1] / 2 };
  });
  return {
    bars: after.map((count, i) => {
      const { tone } = bandLooks[band(i)];
      return { x: i * size, width: size, height: share(count, range), fill: `var(--${tone}-soft)`, edge: tones[tone].colour };
    }),
    outline: `M0 1000${before.map((count, i) => `L${i * size * 10} ${1000 - share(count, range) * 10}L${(i + 1) * size * 10} ${1000 - share(count, range) * 10}`).join('')}L1000 1000`,
    cuts: [
      { at: cuts.watch, label: bandLooks.at_risk.label, side: 'left' },
      { at: cuts.healthy, label: bandLooks.healthy.label, side: 'right' },
      ...(cuts.healthy - cuts.watch >= ROOM ? [{ at: (cuts.watch + cuts.healthy) / 2, label: bandLooks.watch.label, side: 'middle' as const }] : []),
    ],
    yTicks: ticks.map((tick) => ({ at: share(tick, range), label: String(tick) })),
    xTicks: [0, 25, cuts.watch, cuts.healthy, 75, 100].filter((at, i, all) => all.indexOf(at) === i).map((at) => ({ at: share(at, TOP), label: String(at) })),
    stops,
    table: tableOf('Health', stops),
  };
};

/** The bridge from opening to closing: totals stand on zero, movements hang between. Pure. */
import { fixed } from '../ui/format.ts';
import type { ChartTable } from './plot.ts';
import { niceTicks, share, type Range, type Tick } from './scale.ts';

export type BridgeStep = {
  key: string;
  label: string;
  /** A `total` is a level (opening, closing); a `move` is a signed change. */
  kind: 'total' | 'move';
  value: number;
  /** Under the name: how many accounts. */
  count?: string;
  /** Lines under the bar: "volume $6.91M". */
  notes?: readonly string[];
  href?: string;
};
export type BridgeBar = {
  key: string;
  label: string;
  text: string;
  count: string;
  notes: readonly string[];
  href: string | null;
  tone: 'total' | 'gain' | 'loss';
  /** Percent from the left and of the width; bottom and height in percent of the plot. */
  x: number;
  width: number;
  bottom: number;
  height: number;
  /** The level after this step, where the thread to the next bar runs. */
  level: number;
  /** For the lying form: the movement on a scale of movements alone, −100 to 100, so small ones are seen. */
  share: number;
};
export type BridgePlot = { bars: BridgeBar[]; yTicks: Tick[]; table: ChartTable };

const FILL = 0.56;

/** `write` gets signed values for movements. Levels may not fall under zero: a bridge of revenue cannot. */
export const prepareBridge = (steps: readonly BridgeStep[], write: (value: number, signed: boolean) => string, axis: (value: number) => string): BridgePlot => {
  let level = 0;
  const levels = steps.map((step) => {
    const before = level;
    level = step.kind === 'total' ? step.value : level + step.value;
    return { before: step.kind === 'total' ? 0 : before, after: level };
  });
  const ticks = niceTicks(0, Math.max(1, ...levels.flatMap(({ before, after }) => [before, after])), 5);
  const range: Range = [0, ticks.at(-1) ?? 1];
  const largest = Math.max(1, ...steps.filter((step) => step.kind === 'move').map((step) => Math.abs(step.value)));
  const slot = 100 / Math.max(1, steps.length);
  const bars = steps.map((step, i): BridgeBar => {
    const { before, after } = levels[i] ?? { before: 0, after: 0 };
    return {
      key: step.key,
      label: step.label,
      text: write(step.value, step.kind === 'move'),
      count: step.count ?? '',
      notes: step.notes ?? [],
      href: step.href ?? null,
      tone: step.kind === 'total' ? 'total' : step.value < 0 ? 'loss' : 'gain',
      x: i * slot + (slot * (1 - FILL)) / 2,
      width: slot * FILL,
      bottom: share(Math.min(before, after), range),
      height: share(Math.abs(after - before), range),
      level: share(after, range),
      share: step.kind === 'total' ? 0 : (step.value / largest) * 100,
    };
  });
  const opening = levels[0]?.after ?? 0;
  return {
    bars,
    yTicks: ticks.map((tick) => ({ at: share(tick, range), label: axis(tick) })),
    table: {
      columns: ['Step', 'Amount', 'Points of opening', 'Accounts'],
      rows: bars.map((bar, i) => [
        bar.label,
        bar.text,
        opening > 0 && bar.tone !== 'total' ? fixed(((steps[i]?.value ?? 0) / opening) * 100, 1, { signed: true }) : '–',
        bar.count || '–',
      ]),
    },
  };
};

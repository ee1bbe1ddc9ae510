/** How well the past was ranked on each day, and whether what was foretold came true. Pure. */
import { contenders, type Contender, type BacktestSummary } from '@tideline/domain/backtest';
import { type Day, dayNumber } from '@tideline/domain/calendar';
import { joinedBins } from '@tideline/domain/foretelling';
import { percent, shortDay, type Reader } from '../ui/format.ts';
import { tableOf, type Plot, type Stop } from './plot.ts';
import { lineLooks } from './prepare-retention.ts';
import { extent, linePath, niceTicks, share, spread, type Range } from './scale.ts';
import { dayTicks } from './time-axis.ts';

type Rankings = Readonly<Record<Contender, { readonly auc: number | null }>>;
export type RankedDay = { readonly cutoff: string; readonly finished: boolean; readonly p90: { readonly rankings: Rankings; readonly accounts: number } };

const lines = [
  { key: 'health', look: lineLooks.main, end: 'Health' },
  { key: 'recency', look: lineLooks.thin, end: 'Days since' },
] as const satisfies { key: Contender; look: unknown; end: string }[];
const GUESS = 0.5;
const END_GAP = 8;

/** Pairs ranked right by day, health beside days since last usage; null when no day could be ranked. */
export const prepareRanking = (days: readonly RankedDay[], reader: Reader): { title: string; plot: Plot } | null => {
  const ranked = days.filter((day) => day.finished && day.p90.rankings.health.auc !== null);
  const [first, last] = [ranked[0], ranked.at(-1)];
  if (!first || !last) return null;
  const of = (day: RankedDay, key: Contender) => day.p90.rankings[key].auc;
  const known = extent([GUESS, ...ranked.flatMap((day) => lines.map(({ key }) => of(day, key)))]) ?? [GUESS, 1];
  const ticks = niceTicks(known[0], Math.max(known[1], GUESS + 0.1), 5).filter((tick) => tick <= 1);
  const range: Range = [ticks[0] ?? 0, Math.max(ticks.at(-1) ?? 1, known[1])];
  const [from, to] = [dayNumber(first.cutoff as Day), dayNumber(last.cutoff as Day)];
  const x = ({ cutoff }: RankedDay) => (from === to ? 50 : share(dayNumber(cutoff as Day), [from, to]));
  const y = (value: number | null) => (value === null ? null : share(value, range));
  const stops = ranked.map((day): Stop => ({
    x: x(day),
    title: shortDay(day.cutoff as Day, reader),
    rows: [
      ...(Object.keys(contenders) as Contender[]).map((key) => ({ label: contenders[key].label, value: percent(of(day, key), 1) })),
      { label: 'Accounts', value: day.p90.accounts.toLocaleString('en-US') },
    ],
    high: (y(of(day, 'health')) ?? 0) > 50,
  }));
  const heights = spread(
    lines.map(({ key }) => y(of(last, key)) ?? 0),
    END_GAP,
  );
  const better = ranked.filter((day) => (of(day, 'health') ?? 0) > (of(day, 'recency') ?? 0)).length;
  return {
    title: `Health ranked better than days since last usage on ${better} of ${ranked.length} ${ranked.length === 1 ? 'day' : 'days'}`,
    plot: {
      yTicks: ticks.map((tick) => ({ at: share(tick, range), label: percent(tick) })),
      xTicks: from === to ? [{ at: 50, label: shortDay(first.cutoff as Day, reader) }] : dayTicks(first.cutoff as Day, last.cutoff as Day, reader),
      zero: share(GUESS, range),
      areas: [],
      strokes: lines.toReversed().map(({ key, look }) => ({ ...look, d: linePath(ranked.map((day) => [x(day), y(of(day, key))])) })),
      dots: ranked.map((day) => ({ x: x(day), y: y(of(day, 'health')) ?? 0, colour: 'var(--chart-line)' })),
      uprights: [],
      words: [],
      ends: lines.map(({ key, end }, i) => ({ y: heights[i] ?? 0, text: end, value: percent(of(last, key)), strong: key === 'health' })),
      stops,
      table: tableOf('Day', stops),
    },
  };
};

/** Foretold against happened, a dot per group with its size (small groups joined), beside the diagonal where both agree; null without a group. */
export const prepareCalibration = (found: BacktestSummary['calibration']): Plot | null => {
  if (found.length === 0) return null;
  const bins = joinedBins(found);
  const top = Math.max(0.1, ...bins.flatMap(({ foretold, happened }) => [foretold, happened]));
  const ticks = niceTicks(0, top).filter((tick) => tick <= 1);
  const range: Range = [0, Math.max(top, ticks.at(-1) ?? 1)];
  const at = (value: number) => share(value, range);
  const labels = ticks.map((tick) => ({ at: at(tick), label: percent(tick) }));
  const stops = bins.map(({ n, foretold, happened }): Stop => ({
    x: at(foretold),
    title: `Foretold ${percent(foretold, 1)}`,
    rows: [
      { label: 'Happened', value: percent(happened, 1) },
      { label: 'Scores', value: n.toLocaleString('en-US') },
    ],
    high: at(happened) > 50,
  }));
  return {
    yTicks: labels,
    xTicks: labels,
    zero: 0,
    areas: [],
    strokes: [
      { ...lineLooks.dashed, d: 'M0 1000L1000 0' },
      { ...lineLooks.main, d: linePath(bins.map(({ foretold, happened }) => [at(foretold), at(happened)])) },
    ],
    dots: bins.map(({ foretold, happened }) => ({ x: at(foretold), y: at(happened), colour: 'var(--chart-line)' })),
    uprights: [],
    words: bins.map(({ n, foretold, happened }) => ({
      x: at(foretold),
      y: Math.min(96, at(happened) + 7),
      text: n.toLocaleString('en-US'),
      align: 'middle' as const,
    })),
    ends: [],
    stops,
    table: tableOf('Group', stops),
  };
};

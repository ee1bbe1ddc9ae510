/** Whether what two models foretold came true. Pure. */
import { type CalibrationBin, joinedBins } from '@tideline/domain/foretelling';
import { percent } from '../ui/format.ts';
import { tableOf, type Plot, type Stop } from './plot.ts';
import { lineLooks } from './prepare-retention.ts';
import { linePath, niceTicks, share, spread, type Range } from './scale.ts';

const lines = [
  { key: 'own', look: lineLooks.main, end: 'Fitted' },
  { key: 'present', look: lineLooks.thin, end: 'In force' },
] as const;
const END_GAP = 8;

/** Foretold against happened for the fitted weights and those in force, small groups joined, beside the diagonal; null without a group of each. */
export const prepareTwoCalibrations = (found: { readonly present: readonly CalibrationBin[]; readonly own: readonly CalibrationBin[] }): Plot | null => {
  if (found.own.length === 0 || found.present.length === 0) return null;
  const bins = { present: joinedBins(found.present), own: joinedBins(found.own) };
  const all = [...bins.own, ...bins.present];
  const top = Math.max(0.1, ...all.flatMap(({ foretold, happened }) => [foretold, happened]));
  const ticks = niceTicks(0, top).filter((tick) => tick <= 1);
  const range: Range = [0, Math.max(top, ticks.at(-1) ?? 1)];
  const at = (value: number) => share(value, range);
  const labels = ticks.map((tick) => ({ at: at(tick), label: percent(tick) }));
  const stops = lines
    .flatMap(({ key, end }) => bins[key].map((bin) => ({ ...bin, end })))
    .toSorted((a, b) => a.foretold - b.foretold)
    .map(({ n, foretold, happened, end }): Stop => ({
      x: at(foretold),
      title: `${end}: foretold ${percent(foretold, 1)}`,
      rows: [
        { label: 'Happened', value: percent(happened, 1) },
        { label: 'Scores', value: n.toLocaleString('en-US') },
      ],
      high: at(happened) > 50,
    }));
  const heights = spread(
    lines.map(({ key }) => at(bins[key].at(-1)?.happened ?? 0)),
    END_GAP,
  );
  return {
    yTicks: labels,
    xTicks: labels,
    zero: 0,
    areas: [],
    strokes: [
      { ...lineLooks.dashed, d: 'M0 1000L1000 0' },
      ...lines.toReversed().map(({ key, look }) => ({ ...look, d: linePath(bins[key].map(({ foretold, happened }) => [at(foretold), at(happened)])) })),
    ],
    dots: bins.own.map(({ foretold, happened }) => ({ x: at(foretold), y: at(happened), colour: 'var(--chart-line)' })),
    uprights: [],
    words: bins.own.map(({ n, foretold, happened }) => ({
      x: at(foretold),
      y: Math.min(96, at(happened) + 7),
      text: n.toLocaleString('en-US'),
      align: 'middle' as const,
    })),
    ends: lines.map(({ key, end }, i) => ({ y: heights[i] ?? 0, text: end, strong: key === 'own' })),
    stops,
    table: tableOf('Group', stops),
  };
};

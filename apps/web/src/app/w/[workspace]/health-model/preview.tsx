'use client';
import { memo, useMemo } from 'react';
import { ChartFigure } from '../../../../charts/chart-figure.tsx';
import { HistogramChart, HistogramKey } from '../../../../charts/histogram-chart.tsx';
import { prepareHistogram } from '../../../../charts/prepare-histogram.ts';
import type { Amounts } from '../../../../ui/amount.ts';
import { fixed } from '../../../../ui/format.ts';
import { BandMark, bandLooks, type BandCode } from '../../../../ui/segment-mark.tsx';
import { ChangesTable } from './changes-table.tsx';
import type { Edit } from './edit.ts';
import { type Comparison, comparisonTitle, type Counted } from './prepare.ts';
import { SegmentCounts } from './segment-counts.tsx';
import type { WhatIf } from './use-what-if.ts';

const bandOrder = Object.keys(bandLooks) as BandCode[];
/** Under the bars; read out it says the same as the line above it. */
const LABEL = 'Accounts by health';

/**
 * What the draft does to the whole book. Remembered by its props: a slider moves at once, this follows when there is time
 * (`useDeferredValue` above), and an unfinished picture is dropped for the next.
 */
export const Preview = memo(
  ({ whatIf, edit, version, workspace, amounts }: { whatIf: WhatIf; edit: Edit; version: number; workspace: string; amounts: Amounts }) => {
    const { comparison } = whatIf;
    const { atRiskBelow, healthyFrom } = edit.bands;
    const histogram = useMemo(
      () => prepareHistogram({ ...comparison.bins, cuts: { watch: atRiskBelow, healthy: Math.max(atRiskBelow, healthyFrom) } }),
      [comparison, atRiskBelow, healthyFrom],
    );
    return (
      <>
        <ChartFigure title={comparisonTitle(comparison)} controls={<HistogramKey live={`v${version}`} />} table={histogram.table}>
          <BandCounts counts={comparison.counts} />
          <HistogramChart histogram={histogram} label={LABEL} height={232} left={32} />
        </ChartFigure>
        <ChangesTable comparison={comparison} edit={edit} version={version} workspace={workspace} amounts={amounts} />
        <SegmentCounts counts={whatIf.segments} />
      </>
    );
  },
);
Preview.displayName = 'Preview';

const BandCounts = ({ counts }: { counts: Comparison['counts'] }) => (
  <dl className="mb-2 flex flex-wrap gap-x-10 gap-y-2">
    {bandOrder.map((band) => (
      <div key={band}>
        <dt className="flex items-center gap-1.5 text-12 text-text-2">
          <BandMark silent band={band} /> {bandLooks[band].label}
        </dt>
        <dd className="flex items-baseline gap-2 text-20 tabular-nums">
          {counts[band].after.toLocaleString('en-US')}
          <ChangeWords counted={counts[band]} />
        </dd>
      </div>
    ))}
  </dl>
);

const ChangeWords = ({ counted: { before, after } }: { counted: Counted }) => (
  <span className="text-12 font-medium text-text-3">
    {after === before ? 'as now' : `${fixed(after - before, 0, { signed: true })}, was ${before.toLocaleString('en-US')}`}
  </span>
);

import { MIN_IN_POINT } from '@tideline/domain/foretelling';
import { useMemo } from 'react';
import { ChartFigure } from '../../../../../../charts/chart-figure.tsx';
import { LinePlot } from '../../../../../../charts/line-plot.tsx';
import { prepareCalibration, prepareRanking } from '../../../../../../charts/prepare-backtest.ts';
import { percent, type Reader } from '../../../../../../ui/format.ts';
import type { BacktestFindings } from '../backtest-types.ts';

const HEIGHT = 240;

/** Whether it held on every day, and whether what was foretold came true as often as was said. */
export const OverTime = ({ summary, reader }: { summary: BacktestFindings; reader: Reader }) => {
  const ranking = useMemo(() => prepareRanking(summary.cutoffs, reader), [summary.cutoffs, reader]);
  const calibration = useMemo(() => prepareCalibration(summary.calibration), [summary.calibration]);
  const { ece } = summary.mean.p90;
  return (
    <div className="grid gap-x-14 gap-y-10 side:grid-cols-2">
      {ranking && (
        <ChartFigure
          title={ranking.title}
          sub="Share of pairs ranked the right way round on each day, accounts used in 90 days. Half is guessing."
          table={ranking.plot.table}
        >
          <LinePlot plot={ranking.plot} label="Pairs ranked right by day" height={HEIGHT} left={40} right={96} />
        </ChartFigure>
      )}
      {calibration && (
        <ChartFigure
          title={ece === null ? 'What was foretold, and what happened' : `Foretold chances were off by ${percent(ece)} on average`}
          sub={`Scores grouped by the chance of leaving they foretold: across what was foretold, up what happened, the number how many; at least ${MIN_IN_POINT} in a point. On the dashed line the two agree.`}
          table={calibration.table}
        >
          <LinePlot plot={calibration} label="Foretold and happened" height={HEIGHT} left={40} right={96} />
        </ChartFigure>
      )}
    </div>
  );
};

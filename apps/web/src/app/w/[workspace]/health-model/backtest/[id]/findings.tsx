'use client';
import { amountsIn } from '../../../../../../ui/amount.ts';
import type { Reader } from '../../../../../../ui/format.ts';
import type { BacktestFindings, BacktestOne } from '../backtest-types.ts';
import { headline, headlineNote } from '../backtest-words.ts';
import { ContendersTable } from './contenders-table.tsx';
import { Footing } from './footing.tsx';
import { LapseTable } from './lapse-table.tsx';
import { LeadTime } from './lead-time.tsx';
import { OverTime } from './over-time.tsx';
import { SegmentOutcomes } from './segment-outcomes.tsx';
import { Threshold } from './threshold.tsx';

type Props = { one: BacktestOne; summary: BacktestFindings; workspace: string; reader: Reader };

/** What a backtest found, from the one sentence to the accounts to learn from. */
export const Findings = ({ one, summary, workspace, reader }: Props) => {
  return (
    <div className="grid max-w-300 grid-cols-1 gap-y-11 px-gutter py-6 max-sm:px-4">
      <div>
        <h2 className="max-w-[64ch] text-20 leading-7 text-balance">{headline(summary, one.horizon)}</h2>
        <p className="mt-2 max-w-[88ch] text-text-2">{headlineNote(summary, one.horizon)}</p>
      </div>
      {summary.cutoffs.some(({ finished }) => finished) && <Judged {...{ one, summary, workspace, reader }} />}
      <Footing arrivals={summary.arrivals} calibrated={summary.calibrated.length} days={one.cutoffs.length} reader={reader} />
    </div>
  );
};

/** All that needs days whose horizon is over. */
const Judged = ({ one, summary, workspace, reader }: Props) => {
  const amounts = amountsIn(one.currency, one.unit);
  const { horizon, atRiskBelow } = one;
  return (
    <>
      <ContendersTable mean={summary.mean} />
      <OverTime summary={summary} reader={reader} />
      <Threshold byHealth={summary.byHealth} atRiskBelow={atRiskBelow} horizon={horizon} amounts={amounts} />
      <LeadTime lead={summary.lead} atRiskBelow={atRiskBelow} />
      <SegmentOutcomes segments={summary.segments} horizon={horizon} amounts={amounts} />
      <LapseTable kind="misses" lapses={summary.misses} {...{ horizon, atRiskBelow, amounts, workspace, reader }} />
      <LapseTable kind="falseAlarms" lapses={summary.falseAlarms} {...{ horizon, atRiskBelow, amounts, workspace, reader }} />
    </>
  );
};

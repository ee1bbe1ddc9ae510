import { confusionAt } from '@tideline/domain/backtest';
import Link from 'next/link';
import { type Amounts, amountsIn } from '../../../../ui/amount.ts';
import { counted, fixed, NONE, percent, type Reader } from '../../../../ui/format.ts';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../ui/table.tsx';
import type { BacktestFindings, BacktestOne } from './backtest/backtest-types.ts';
import { spanWords } from './backtest/backtest-words.ts';

export type Judged = BacktestOne & { summary: BacktestFindings };
type Measure = {
  label: (amounts: Amounts) => string;
  code?: string;
  read: (one: Judged) => number | null;
  write: (value: number | null, amounts: Amounts) => string;
  change: (by: number, amounts: Amounts) => string;
  lower?: true;
};

const points = (by: number): string => `${fixed(by * 100, 1, { signed: true })} pts`;
const share = (value: number | null): string => percent(value, 1);
const caughtPerAlarm = ({ summary, atRiskBelow }: Judged): number | null => confusionAt(summary.byHealth, Math.round(atRiskBelow)).caughtPerAlarm;

/** What two models are held against each other by, in the order of the screen. */
export const measures: readonly Measure[] = [
  { label: () => 'Pairs right', code: 'AUC', read: ({ summary }) => summary.mean.p90.rankings.health.auc, write: share, change: points },
  {
    label: () => 'Riskiest tenth',
    code: 'lift',
    read: ({ summary }) => summary.mean.p90.rankings.health.lift,
    write: (value) => (value === null ? NONE : `${fixed(value, 2)}×`),
    change: (by) => `${fixed(by, 2, { signed: true })}×`,
  },
  { label: () => 'Alarms right', code: 'PR-AUC', read: ({ summary }) => summary.mean.p90.rankings.health.prAuc, write: share, change: points },
  { label: () => 'Chances off by', code: 'ECE', read: ({ summary }) => summary.mean.p90.ece, write: share, change: points, lower: true },
  {
    label: ({ unit }) => (unit === null ? 'Money caught per alarm' : `Usage caught per alarm (${unit})`),
    read: caughtPerAlarm,
    write: (value, amounts) => amounts.short(value),
    change: (by, amounts) => amounts.short(by, { signed: true }),
  },
];

type Props = { draft: Judged; published: Judged; workspace: string; reader: Reader };

/** Both models on the same past days; the better of each pair is bold. */
export const DraftBacktestTable = ({ draft, published, workspace, reader }: Props) => {
  const amounts = amountsIn(draft.currency, draft.unit);
  const days = draft.summary.cutoffs.filter(({ finished }) => finished).length;
  return (
    <div className="max-w-180">
      <Table caption="The draft and the published model on the past">
        <Thead>
          <Tr>
            <Th>
              <span className="sr-only">Measure</span>
            </Th>
            {[published, draft].map((one) => (
              <Th key={one.id} right>
                <Link href={`/w/${workspace}/health-model/backtest/${one.id}`} className="door">
                  {one.model}
                </Link>
              </Th>
            ))}
            <Th right>Change</Th>
          </Tr>
        </Thead>
        <Tbody>
          {measures.map((measure) => (
            <Row key={measure.code ?? 'money'} measure={measure} draft={draft} published={published} amounts={amounts} />
          ))}
        </Tbody>
      </Table>
      <p className="mt-2 max-w-[88ch] text-12 text-text-2">
        Means over {counted(days, 'day')} ({spanWords(draft.cutoffs, reader)}) of accounts used in the 90 days before, {draft.horizon} days ahead. An alarm
        rings below health {Math.round(published.atRiskBelow)} by the published model, {Math.round(draft.atRiskBelow)} by the draft. Differences under half a
        point are chance.
      </p>
    </div>
  );
};

const Row = ({ measure, draft, published, amounts }: { measure: Measure; draft: Judged; published: Judged; amounts: Amounts }) => {
  const [was, is] = [measure.read(published), measure.read(draft)];
  const [before, after] = [measure.write(was, amounts), measure.write(is, amounts)];
  const better = betterOf(measure, was, is);
  return (
    <Tr>
      <RowHead>
        {measure.label(amounts)} {measure.code && <span className="font-normal text-text-3">{measure.code}</span>}
      </RowHead>
      <Td right>{better === 'published' && before !== after ? <b>{before}</b> : before}</Td>
      <Td right>{better === 'draft' && before !== after ? <b>{after}</b> : after}</Td>
      <Td right quiet>
        {was === null || is === null ? NONE : before === after ? 'as now' : measure.change(is - was, amounts)}
      </Td>
    </Tr>
  );
};

/** Which model did better by a measure; null where neither did, or one has no figure. */
export const betterOf = ({ lower }: Pick<Measure, 'lower'>, published: number | null, draft: number | null): 'draft' | 'published' | null => {
  if (published === null || draft === null || published === draft) return null;
  return draft > published === (lower === undefined) ? 'draft' : 'published';
};

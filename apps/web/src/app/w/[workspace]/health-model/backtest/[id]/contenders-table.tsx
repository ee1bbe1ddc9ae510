import { type Contender, contenders, type Population, populations } from '@tideline/domain/backtest';
import { cx } from '../../../../../../ui/cx.ts';
import { fixed, percent } from '../../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../../ui/page-header.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../../ui/table.tsx';
import type { BacktestFindings } from '../backtest-types.ts';

type Mean = BacktestFindings['mean'];
type Measure = 'auc' | 'prAuc' | 'lift';

/** How each measure is named and written, and what guessing gets; `words` explain it under the table. */
const measures: Record<
  Measure,
  { label: string; code: string; write: (value: number | null) => string; chance: (base: number | null) => number | null; words: string }
> = {
  auc: {
    label: 'Pairs right',
    code: 'AUC',
    write: (value) => percent(value, 1),
    chance: () => 0.5,
    words: 'of all pairs of an account that left and one that stayed, the share in which the one that left was ranked riskier',
  },
  prAuc: {
    label: 'Alarms right',
    code: 'PR-AUC',
    write: (value) => percent(value, 1),
    chance: (base) => base,
    words: 'going down the list from the riskiest, the share of accounts so far that did leave, averaged over those that left',
  },
  lift: {
    label: 'Riskiest tenth',
    code: 'lift',
    write: (value) => (value === null ? '–' : `${fixed(value, 1)}×`),
    chance: () => 1,
    words: 'how many times more often the riskiest tenth left than all accounts did',
  },
};
const measureKeys = Object.keys(measures) as Measure[];
const populationKeys = Object.keys(populations) as Population[];
const contenderKeys = Object.keys(contenders) as Contender[];

/** Health beside what every spreadsheet has and beside guessing, for both populations; the best of each column is bold. */
export const ContendersTable = ({ mean }: { mean: Mean }) => (
  <section aria-label="Health against simple yardsticks">
    <SectionTitle title="Health against simple yardsticks" sub="means over the days" />
    <Table caption="How well health and simple yardsticks ranked accounts by who left">
      <Thead>
        <Tr>
          <Th>
            <span className="sr-only">Ranked by</span>
          </Th>
          {populationKeys.map((population) => (
            <Th key={population} colSpan={measureKeys.length} scope="colgroup" className="pl-8 text-left">
              {populations[population].label}
            </Th>
          ))}
        </Tr>
        <Tr>
          <Th>Ranked by</Th>
          {populationKeys.map((population) =>
            measureKeys.map((measure, i) => (
              <Th key={`${population} ${measure}`} right className={cx(i === 0 && 'pl-8')}>
                {measures[measure].label} <span className="font-normal">{measures[measure].code}</span>
              </Th>
            )),
          )}
        </Tr>
      </Thead>
      <Tbody>
        {contenderKeys.map((contender) => (
          <Tr key={contender}>
            <RowHead>{contenders[contender].label}</RowHead>
            {populationKeys.map((population) =>
              measureKeys.map((measure, i) => <Figure key={`${population} ${measure}`} first={i === 0} {...{ mean, contender, population, measure }} />),
            )}
          </Tr>
        ))}
        <Tr>
          <RowHead className="text-text-3">Guessing</RowHead>
          {populationKeys.map((population) =>
            measureKeys.map((measure, i) => (
              <Td key={`${population} ${measure}`} right className={cx('text-text-3', i === 0 && 'pl-8')}>
                {measures[measure].write(measures[measure].chance(mean[population].base))}
              </Td>
            )),
          )}
        </Tr>
      </Tbody>
    </Table>
    <dl className="mt-3 grid max-w-[104ch] gap-y-0.5 text-12 text-text-2">
      {measureKeys.map((measure) => (
        <div key={measure}>
          <dt className="inline font-semibold">{measures[measure].label}: </dt>
          <dd className="inline">{measures[measure].words}.</dd>
        </div>
      ))}
    </dl>
  </section>
);

const Figure = ({
  mean,
  contender,
  population,
  measure,
  first,
}: {
  mean: Mean;
  contender: Contender;
  population: Population;
  measure: Measure;
  first: boolean;
}) => {
  const { rankings } = mean[population];
  const value = rankings[contender][measure];
  const best = Math.max(...contenderKeys.map((key) => rankings[key][measure] ?? Number.NEGATIVE_INFINITY));
  return (
    <Td right className={cx(first && 'pl-8', value !== null && value === best && 'font-semibold')}>
      {measures[measure].write(value)}
    </Td>
  );
};

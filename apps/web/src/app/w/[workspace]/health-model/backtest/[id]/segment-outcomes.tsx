import { segments as known } from '@tideline/domain/segment';
import type { Amounts } from '../../../../../../ui/amount.ts';
import { percent } from '../../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../../ui/page-header.tsx';
import { SegmentMark, segmentLooks } from '../../../../../../ui/segment-mark.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../../ui/table.tsx';
import type { BacktestFindings } from '../backtest-types.ts';

type Outcome = BacktestFindings['segments'][number];
type Props = { segments: readonly Outcome[]; horizon: number; amounts: Amounts };

/** What became of the accounts of each segment: whether its name was earned. */
export const SegmentOutcomes = ({ segments, horizon, amounts }: Props) => {
  const what = amounts.unit === null ? 'Revenue' : 'Usage';
  return (
    <section aria-label="What became of each segment">
      <SectionTitle title="What became of each segment" sub={`in the ${horizon} days after; an account counts once for each day it was scored on`} />
      <Table caption="Outcomes by segment">
        <Thead>
          <Tr>
            <Th>Segment on the day</Th>
            <Th right>Scored</Th>
            <Th right>Left</Th>
            <Th right>Halved</Th>
            <Th right>Grew</Th>
            <Th right>{what} before</Th>
            <Th right>{what} after</Th>
            <Th right>Change</Th>
          </Tr>
        </Thead>
        <Tbody>
          {segments
            .toSorted((a, b) => known[a.segment].order - known[b.segment].order)
            .map((outcome) => (
              <Row key={outcome.segment} outcome={outcome} amounts={amounts} />
            ))}
        </Tbody>
      </Table>
      <p className="mt-2 max-w-[88ch] text-12 text-text-2">
        Left: not used at all; one that still pays has not halved. Halved: {what.toLowerCase()} under half of the {horizon} days before. Grew: over 20% above
        them.
      </p>
    </section>
  );
};

const Row = ({ outcome: { segment, accounts, silent, contraction, expansion, prior, next }, amounts }: { outcome: Outcome; amounts: Amounts }) => (
  <Tr>
    <RowHead>
      <span className="inline-flex items-center gap-2">
        <SegmentMark silent segment={segment} /> {segmentLooks[segment].label}
      </span>
    </RowHead>
    <Td right quiet>
      {accounts.toLocaleString('en-US')}
    </Td>
    <Share n={silent} of={accounts} />
    <Share n={contraction} of={accounts} />
    <Share n={expansion} of={accounts} />
    <Td right quiet title={amounts.exact(prior)}>
      {amounts.short(prior)}
    </Td>
    <Td right quiet title={amounts.exact(next)}>
      {amounts.short(next)}
    </Td>
    <Td right>{prior > 0 ? percent(next / prior - 1, 0, { signed: true }) : '–'}</Td>
  </Tr>
);

const Share = ({ n, of }: { n: number; of: number }) => (
  <Td right title={`${n.toLocaleString('en-US')} of ${of.toLocaleString('en-US')}`}>
    {percent(n / of)}
  </Td>
);

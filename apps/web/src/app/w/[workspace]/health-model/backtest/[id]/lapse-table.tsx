import type { Day } from '@tideline/domain/calendar';
import Link from 'next/link';
import { useState } from 'react';
import type { Amounts } from '../../../../../../ui/amount.ts';
import { Button } from '../../../../../../ui/button.tsx';
import { When } from '../../../../../../ui/figure.tsx';
import { counted, type Reader } from '../../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../../ui/page-header.tsx';
import { SegmentMark, segmentLooks } from '../../../../../../ui/segment-mark.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../../ui/table.tsx';
import type { BacktestFindings } from '../backtest-types.ts';

type Lapse = BacktestFindings['misses'][number];
const FEW = 8;

const kinds = {
  misses: {
    title: 'Missed',
    sub: (below: number, horizon: number) => `health ${below} or more, and silent for the next ${horizon} days; the most lost first`,
    none: 'Nobody who left had been above the alarm.',
  },
  falseAlarms: {
    title: 'False alarms',
    sub: (below: number, horizon: number) => `health below ${below}, and neither left nor halved in the next ${horizon} days; the largest first`,
    none: 'Every account below the alarm did leave, or shrank to less than half.',
  },
} as const;

type Props = {
  kind: keyof typeof kinds;
  lapses: readonly Lapse[];
  horizon: number;
  atRiskBelow: number;
  amounts: Amounts;
  workspace: string;
  reader: Reader;
};

/** Calls that turned out wrong, to learn from; each opens its account. */
export const LapseTable = ({ kind, lapses, horizon, atRiskBelow, amounts, workspace, reader }: Props) => {
  const [all, setAll] = useState(false);
  const { title, sub, none } = kinds[kind];
  const what = amounts.unit === null ? 'Revenue' : 'Usage';
  return (
    <section aria-label={title}>
      <SectionTitle title={title} sub={lapses.length > 0 && sub(Math.round(atRiskBelow), horizon)} />
      {lapses.length === 0 ? (
        <p className="py-2 text-text-2">{none}</p>
      ) : (
        <Table caption={`${title}: ${sub(Math.round(atRiskBelow), horizon)}`}>
          <Thead>
            <Tr>
              <Th>Account</Th>
              <Th>Scored on</Th>
              <Th className="max-sm:hidden">Segment then</Th>
              <Th right>Health then</Th>
              <Th right>
                {what}, {horizon} days before
              </Th>
              <Th right>{horizon} days after</Th>
            </Tr>
          </Thead>
          <Tbody>
            {lapses.slice(0, all ? undefined : FEW).map((lapse) => (
              <Row key={`${lapse.accountId} ${lapse.cutoff}`} {...{ lapse, amounts, workspace, reader }} />
            ))}
          </Tbody>
        </Table>
      )}
      {lapses.length > FEW && !all && (
        <Button look="ghost" size="sm" className="mt-2" onClick={() => setAll(true)}>
          Show all {counted(lapses.length, 'one', 'of them')}
        </Button>
      )}
    </section>
  );
};

const Row = ({ lapse, amounts, workspace, reader }: { lapse: Lapse; amounts: Amounts; workspace: string; reader: Reader }) => (
  <Tr>
    <RowHead className="max-w-56 truncate max-sm:max-w-36">
      <Link href={`/w/${workspace}/account/${lapse.accountId}`} className="door" title={lapse.name}>
        {lapse.name}
      </Link>
    </RowHead>
    <Td quiet>
      <When day={lapse.cutoff as Day} reader={reader} as="short" />
    </Td>
    <Td className="max-sm:hidden">
      <span className="inline-flex items-center gap-2">
        <SegmentMark silent segment={lapse.segment} /> {segmentLooks[lapse.segment].label}
      </span>
    </Td>
    <Td right>{Math.round(lapse.health)}</Td>
    <Td right title={amounts.exact(lapse.prior)}>
      {amounts.short(lapse.prior)}
    </Td>
    <Td right title={amounts.exact(lapse.next)}>
      {amounts.short(lapse.next)}
    </Td>
  </Tr>
);

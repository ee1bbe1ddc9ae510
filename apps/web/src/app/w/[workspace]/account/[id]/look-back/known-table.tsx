import type { AccountDays } from '@tideline/contracts/account-day';
import type { Day } from '@tideline/domain/calendar';
import type { ReactNode } from 'react';
import { At, Money, Quantity } from '../../../../../../ui/figure.tsx';
import { fixed, fullDay, NONE, type Reader } from '../../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../../ui/page-header.tsx';
import { bandLooks, segmentLooks } from '../../../../../../ui/segment-mark.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../../ui/table.tsx';

type OnDay = AccountDays['OnDay'];
type Props = { known: OnDay; currency: string; reader: Reader };

/** One past day twice: as it was known on it, and as it is known now. What differs stands out. */
export const KnownTable = ({ known, currency, reader }: Props) => {
  const rows = rowsOf(known, currency);
  const differs = rows.filter(({ moved }) => moved).length;
  return (
    <section className="min-w-0">
      <SectionTitle
        title={fullDay(known.day as Day, reader)}
        sub={differs === 0 ? 'nothing became known later' : `${differs} of ${rows.length} became known otherwise`}
      />
      <Table caption={`As known on ${known.day} and as known now`}>
        <Thead>
          <tr>
            <Th className="text-left">Over the 28 days to it</Th>
            <Th right>Known then</Th>
            <Th right>Known now</Th>
          </tr>
        </Thead>
        <Tbody>
          {rows.map(({ label, known: was, now, moved }) => (
            <Tr key={label}>
              <RowHead className="text-left font-normal">{label}</RowHead>
              <Td right>{was}</Td>
              <Td right className={moved ? 'font-semibold' : 'text-text-2'}>
                {now}
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
      <p className="mt-2 text-12 text-text-2">
        Judged <At instant={known.judgedAt} reader={reader} /> by model v{known.modelVersion}
        {known.backfilled && ', from imported history: it counts as known when it happened'}.
      </p>
    </section>
  );
};

type Row = { label: string; known: ReactNode; now: ReactNode; moved: boolean };

const rowsOf = ({ asKnown, now, meters }: OnDay, currency: string): Row[] => {
  const row = <T,>(label: string, a: T, b: T, show: (value: T) => ReactNode, moved = a !== b): Row => ({ label, known: show(a), now: show(b), moved });
  const printed = (health: number | null) => (health === null ? NONE : fixed(health, 1));
  return [
    row('Health', asKnown.health, now.health, printed, printed(asKnown.health) !== printed(now.health)),
    row('Band', asKnown.band, now.band, (band) => (band ? bandLooks[band].label : NONE)),
    row('Segment', asKnown.segment, now.segment, (segment) => segmentLooks[segment].label),
    row('Days in use', asKnown.usageDays, now.usageDays, String),
    ...(asKnown.revenue === null ? [] : [row('Revenue', asKnown.revenue, now.revenue, (value) => <Money value={value} currency={currency} />)]),
    ...meters.map(({ name, unit, asKnown: was, now: is }) =>
      row<string | null>(name, was, is, (value) => (value === null ? <NotKept /> : <Quantity value={value} unit={unit} />), was !== null && was !== is),
    ),
  ];
};

const NotKept = () => <span title="Of levels and highest values it is not kept which event came late">{NONE}</span>;

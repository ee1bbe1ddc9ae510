import type { Day } from '@tideline/domain/calendar';
import { signals } from '@tideline/domain/signal';
import { usageKeys } from '@tideline/domain/weight-fit';
import { counted, fixed, shortDay, type Reader } from '../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../ui/page-header.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../ui/table.tsx';
import type { Finding } from './fit-types.ts';

type Own = NonNullable<Finding['own']>;
type Props = { present: NonNullable<Finding['present']>; own: Own['shares']; negative: Own['negative']; lessons: Finding['lessons']; reader: Reader };

const points = (share: number, signed = false): string => fixed(share * 100, 1, { signed });

/** The four usage weights, in force and fitted, of 100 points that usage has. */
export const SharesTable = ({ present, own, negative, lessons, reader }: Props) => (
  <section aria-label="Weights in force and fitted" className="max-w-160">
    <SectionTitle title="Weights, of 100 for usage" sub="in force today, shift to silence included" />
    <Table caption="Weights of the usage signals, in force and fitted">
      <Thead>
        <Tr>
          <Th>Signal</Th>
          <Th right>In force</Th>
          <Th right>Fitted</Th>
          <Th right>Change</Th>
        </Tr>
      </Thead>
      <Tbody>
        {usageKeys.map((key) => (
          <Tr key={key}>
            <RowHead>
              {signals[key].label} <span className="font-normal text-text-3 max-sm:hidden">{signals[key].hint}</span>
            </RowHead>
            <Td right>{points(present[key])}</Td>
            <Td right>
              <b>{points(own[key])}</b>
            </Td>
            <Td right quiet>
              {points(own[key] - present[key], true)}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
    <p className="mt-2 max-w-[88ch] text-12 text-text-2">
      {lessons.from !== null && lessons.to !== null && (
        <>
          Fitted to {counted(lessons.n, 'judgement')} of accounts in use, every 28 days from {shortDay(lessons.from as Day, reader)} to{' '}
          {shortDay(lessons.to as Day, reader)}; after {lessons.silent.toLocaleString('en-US')} of them came 90 silent days. They are drawn towards the weights
          tested on other businesses, and give way only to plenty of evidence.
        </>
      )}
      {negative.length > 0 &&
        ` Left to itself, this past would count a better ${negative.map((key) => signals[key].label.toLowerCase()).join(' and ')} as more risk.`}
    </p>
  </section>
);

import { segments, type Segment } from '@tideline/domain/segment';
import { fixed } from '../../../../ui/format.ts';
import { SectionTitle } from '../../../../ui/page-header.tsx';
import { SegmentMark, segmentLooks } from '../../../../ui/segment-mark.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../ui/table.tsx';
import type { Counted } from './prepare.ts';

const order = (Object.keys(segments) as Segment[]).toSorted((a, b) => segments[a].order - segments[b].order);

/** Accounts per segment as a single day reads them, live and draft. */
export const SegmentCounts = ({ counts }: { counts: Readonly<Record<Segment, Counted>> }) => (
  <section aria-label="Segments, live and draft" className="mt-10 max-w-140">
    <SectionTitle title="Segments" sub="as one day reads them; an account moves after seven such days" />
    <Table caption="Accounts per segment">
      <Thead>
        <Tr>
          <Th>Segment</Th>
          <Th right>Live</Th>
          <Th right>Draft</Th>
          <Th right>Change</Th>
        </Tr>
      </Thead>
      <Tbody>
        {order
          .filter((segment) => counts[segment].before > 0 || counts[segment].after > 0)
          .map((segment) => {
            const { before, after } = counts[segment];
            return (
              <Tr key={segment}>
                <RowHead>
                  <span className="inline-flex items-center gap-2">
                    <SegmentMark silent segment={segment} /> {segmentLooks[segment].label}
                  </span>
                </RowHead>
                <Td right quiet>
                  {before.toLocaleString('en-US')}
                </Td>
                <Td right>{after.toLocaleString('en-US')}</Td>
                <Td right className={after === before ? 'text-text-3' : 'font-semibold'}>
                  {after === before ? '–' : fixed(after - before, 0, { signed: true })}
                </Td>
              </Tr>
            );
          })}
      </Tbody>
    </Table>
  </section>
);

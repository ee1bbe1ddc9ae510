'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useLive } from '../../../../../../lib/live.ts';
import { Chip } from '../../../../../../ui/chip.tsx';
import { exactMoment, moment, type Reader } from '../../../../../../ui/format.ts';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../../ui/table.tsx';
import { rowKindOf } from '../row-kinds.ts';
import { everyWords, placeOf, standing, stateOf, type SourceView } from './source-words.ts';

/** What is pulled by the clock, and how each fares. */
export const SourceTable = ({ workspace, sources, reader }: { workspace: string; sources: readonly SourceView[]; reader: Reader }) => {
  const router = useRouter();
  useLive(workspace, ['import'], () => router.refresh(), 1_000);
  return (
    <Table caption="Sources and how they fare">
      <Thead>
        <tr>
          <Th>Source</Th>
          <Th>State</Th>
          <Th className="max-sm:hidden">How it fares</Th>
          <Th right className="max-sm:hidden">
            Next
          </Th>
        </tr>
      </Thead>
      <Tbody>
        {sources.map((one) => (
          <Tr key={one.id}>
            <RowHead className="py-2 whitespace-normal">
              <Link href={`/w/${workspace}/settings/data/source/${one.id}`} className="door font-semibold">
                {one.name}
              </Link>
              <span className="block text-12 break-all text-text-3">
                {rowKindOf(one.kind).label} from {placeOf(one.connection)}, {everyWords(one.everyMinutes)}
              </span>
              <span className={`block sm:hidden ${one.state === 'failed' ? 'text-risk-text' : 'text-text-2'}`}>{standing(one, reader)}</span>
            </RowHead>
            <Td>
              <Chip tone={stateOf(one).tone}>{stateOf(one).label}</Chip>
            </Td>
            <Td quiet className={`max-w-140 py-2 whitespace-normal max-sm:hidden ${one.state === 'failed' ? 'text-risk-text' : ''}`}>
              {standing(one, reader)}
            </Td>
            <Td right quiet className="max-sm:hidden" {...(one.nextAt ? { title: exactMoment(one.nextAt, reader) } : {})}>
              {one.nextAt && one.state !== 'reading' ? moment(one.nextAt, reader) : '–'}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
};

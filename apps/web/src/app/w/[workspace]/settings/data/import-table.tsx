'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useLive } from '../../../../../lib/live.ts';
import { Chip } from '../../../../../ui/chip.tsx';
import { exactMoment, moment, type Reader } from '../../../../../ui/format.ts';
import { Progress } from '../../../../../ui/progress.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../ui/table.tsx';
import { isOver, outcome, stateOf, type ImportView } from './import-words.ts';
import { rowKindOf } from './row-kinds.ts';

/** Past and present imports, the newest first; those that run move. */
export const ImportTable = ({ workspace, imports, reader }: { workspace: string; imports: readonly ImportView[]; reader: Reader }) => {
  const router = useRouter();
  useLive(workspace, ['import'], () => router.refresh(), 1_000);
  return (
    <Table caption="Imports, the newest first">
      <Thead>
        <tr>
          <Th>File</Th>
          <Th>State</Th>
          <Th className="max-sm:hidden">What came of it</Th>
          <Th right className="max-sm:hidden">
            Started
          </Th>
        </tr>
      </Thead>
      <Tbody>
        {imports.map((one) => (
          <Tr key={one.id}>
            <RowHead className="py-2 whitespace-normal">
              <Link href={`/w/${workspace}/settings/data/${one.id}`} className="door font-semibold break-all">
                {one.fileName}
              </Link>
              <span className="block text-12 text-text-3">
                {rowKindOf(one.kind).label} · source {one.source}
              </span>
              <span className="block text-text-2 sm:hidden">{outcome(one)}</span>
            </RowHead>
            <Td>
              {one.state === 'running' ? (
                <Progress label={`Reading ${one.fileName}`} done={one.bytesRead} total={one.bytesTotal ?? 0} />
              ) : (
                <span className="flex gap-1.5">
                  <Chip tone={stateOf(one.state).tone}>{stateOf(one.state).label}</Chip>
                  {one.dryRun && <Chip>Dry run</Chip>}
                </span>
              )}
            </Td>
            <Td quiet className="max-w-120 truncate max-sm:hidden" title={outcome(one)}>
              {isOver(one) || one.rowsRead > 0 ? outcome(one) : '–'}
            </Td>
            <Td right quiet className="max-sm:hidden" title={exactMoment(one.createdAt, reader)}>
              {moment(one.createdAt, reader)}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
};

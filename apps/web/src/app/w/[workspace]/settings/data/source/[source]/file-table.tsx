import { Chip } from '../../../../../../../ui/chip.tsx';
import { exactMoment, exactQuantity, moment, type Reader } from '../../../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../../../ui/page-header.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../../../ui/table.tsx';

type File = { key: string; rowsDone: number; done: boolean; error: string | null; readAt: Date };

/** How far each file was read. */
export const FileTable = ({ files, reader }: { files: readonly File[]; reader: Reader }) => (
  <section>
    <SectionTitle title="Files" sub="the last read first" />
    <Table caption="Files and how far they were read">
      <Thead>
        <tr>
          <Th>File</Th>
          <Th>State</Th>
          <Th right>Rows</Th>
          <Th right className="max-sm:hidden">
            Read
          </Th>
        </tr>
      </Thead>
      <Tbody>
        {files.map(({ key, rowsDone, done, error, readAt }) => (
          <Tr key={key}>
            <RowHead className="py-2 break-all whitespace-normal">
              {key}
              {error && <span className="block max-w-[72ch] text-12 text-risk-text">{error}</span>}
            </RowHead>
            <Td>
              <Chip tone={error ? 'risk' : done ? 'healthy' : 'expansion'}>{error ? 'Failed' : done ? 'Read' : 'Reading'}</Chip>
            </Td>
            <Td right>{exactQuantity(rowsDone)}</Td>
            <Td right quiet className="max-sm:hidden" title={exactMoment(readAt, reader)}>
              {moment(readAt, reader)}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  </section>
);

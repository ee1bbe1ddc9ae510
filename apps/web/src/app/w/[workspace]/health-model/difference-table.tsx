import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../ui/table.tsx';
import type { Difference } from './settings.ts';

/** Two versions side by side, only where they differ. */
export const DifferenceTable = ({ changed, from, to }: { changed: readonly Difference[]; from: string; to: string }) =>
  changed.length === 0 ? (
    <p className="text-text-2">They are the same in every setting.</p>
  ) : (
    <Table caption={`What ${to} changes against ${from}`}>
      <Thead>
        <Tr>
          <Th>Setting</Th>
          <Th right>{from}</Th>
          <Th right>{to}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {changed.map((row) => (
          <Tr key={row.key}>
            <RowHead className="whitespace-normal">{row.label}</RowHead>
            <Td right quiet>
              {row.from}
            </Td>
            <Td right className="font-semibold">
              {row.to}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );

import { exactQuantity } from '../../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../../ui/page-header.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../../ui/table.tsx';

export type RefusedRow = { readonly row: number; readonly column: string | null; readonly message: string; readonly remedy: string };

/** The first rows that were refused: where it is wrong, what, and how to put it right. The rest is in the file. */
export const FirstRefused = ({ rows, all }: { rows: readonly RefusedRow[]; all: number }) => {
  const title = rows.length < all ? `The first ${rows.length} of ${exactQuantity(all)} rows` : rows.length === 1 ? 'The row' : `All ${rows.length} rows`;
  return (
    <section className="max-w-180">
      <SectionTitle title={title} sub="row 1 is the first below the header" />
      <Table caption="Rejected rows, what is wrong with them and how to put it right">
        <Thead>
          <tr>
            <Th right className="w-12">
              Row
            </Th>
            <Th>Column</Th>
            <Th>What is wrong, and how to put it right</Th>
          </tr>
        </Thead>
        <Tbody>
          {rows.map(({ row, column, message, remedy }) => (
            <Tr key={row}>
              <RowHead className="text-right align-top">
                <span className="inline-block py-2">{exactQuantity(row)}</span>
              </RowHead>
              <Td className="max-w-40 min-w-20 py-2 align-top wrap-anywhere whitespace-normal">
                {column ?? <span className="text-text-3">the whole row</span>}
              </Td>
              <Td className="py-2 align-top wrap-anywhere whitespace-normal">
                {message}
                <span className="block text-12 text-text-2">{remedy}</span>
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </section>
  );
};

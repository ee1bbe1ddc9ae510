import type { AuditRow } from '@tideline/db/read/audit';
import { cx } from '../../../../../ui/cx.ts';
import { exactMoment, moment, type Reader } from '../../../../../ui/format.ts';
import { Table, Tbody, Td, Th, Thead, Tr } from '../../../../../ui/table.tsx';
import { changesIn, wordsOf } from './audit-words.ts';

type Props = { items: readonly AuditRow[]; /** By id. */ names: Readonly<Record<string, string>>; reader: Reader };

export const AuditTable = ({ items, names, reader }: Props) => (
  <Table caption="Audit log, the newest first">
    <Thead>
      <tr>
        <Th className="sm:w-36">When</Th>
        <Th className="sm:w-48">Who</Th>
        <Th className="sm:w-56">Did</Th>
        <Th className="max-sm:hidden">What changed</Th>
      </tr>
    </Thead>
    <Tbody>
      {items.map((row) => (
        <Tr key={row.id} className="align-top [&>td]:py-2">
          <Td quiet title={exactMoment(row.at, reader)}>
            <time dateTime={row.at.toISOString()}>{moment(row.at, reader)}</time>
          </Td>
          <Td>{row.actor}</Td>
          <Td className="max-sm:whitespace-normal">
            {wordsOf(row.action)}
            {/* On a phone what changed stands under what was done. */}
            <Changes row={row} names={names} className="mt-1 sm:hidden" />
          </Td>
          <Td className="whitespace-normal max-sm:hidden">
            <Changes row={row} names={names} />
          </Td>
        </Tr>
      ))}
    </Tbody>
  </Table>
);

const Changes = ({ row, names, className }: { row: AuditRow; names: Props['names']; className?: string }) => (
  <ul className={cx('flex flex-wrap gap-x-4', className)}>
    {changesIn(row.before, row.after, names).map(({ field, from, to }) => (
      <li key={field} className="min-w-0 break-words">
        <span className="text-12 text-text-3">{field}</span> {from !== null && <s className="text-text-3">{from}</s>} {to}
      </li>
    ))}
  </ul>
);

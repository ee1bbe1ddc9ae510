import type { Overrides } from '@tideline/contracts/override';
import type { Day } from '@tideline/domain/calendar';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { fixed, NONE, shortDay, type Reader } from '../../../../../ui/format.ts';
import { bandLooks } from '../../../../../ui/segment-mark.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../ui/table.tsx';

type Item = Overrides['Item'];
const WIDE = 'max-sm:hidden';

/** Every override with what the model said, and who was right once 90 days had passed. */
export const OverrideTable = ({ items, workspace, reader }: { items: readonly Item[]; workspace: string; reader: Reader }) => (
  <Table caption="Overrides, the newest first">
    <Thead>
      <tr>
        <Th className="text-left">Account</Th>
        <Th className="text-left">Said</Th>
        <Th className={`text-left ${WIDE}`}>Because</Th>
        <Th className={`text-left ${WIDE}`}>Held</Th>
        <Th className={`text-left ${WIDE}`}>The model said</Th>
        <Th className="text-left">What came</Th>
      </tr>
    </Thead>
    <Tbody>
      {items.map((item) => (
        <Tr key={item.id}>
          <RowHead className="max-w-60 text-left font-normal">
            <Link href={`/w/${workspace}/account/${item.accountId}`} prefetch={false} className="door block truncate font-medium" title={item.account}>
              {item.account}
            </Link>
          </RowHead>
          <Td>
            {bandLooks[item.band].label} <span className="text-12 text-text-3">{item.by ?? 'somebody who left'}</span>
          </Td>
          <Td quiet className={`max-w-80 truncate ${WIDE}`}>
            <span title={item.reason}>{item.reason}</span>
          </Td>
          <Td quiet className={WIDE}>
            {shortDay(item.from as Day, reader)} to {shortDay((item.endedOn ?? item.until) as Day, reader)}
          </Td>
          <Td quiet className={WIDE}>
            {item.modelHealth === null ? NONE : `${fixed(item.modelHealth, 0)}${item.modelBand ? `, ${bandLooks[item.modelBand].label.toLowerCase()}` : ''}`}
          </Td>
          <Td>{outcomeOf(item)}</Td>
        </Tr>
      ))}
    </Tbody>
  </Table>
);

const outcomeOf = ({ verdict, by }: Item): ReactNode => {
  if (!verdict) return <span className="text-text-3">90 days are not over</span>;
  const name = by?.split(' ')[0] ?? 'the person';
  const right = [...(verdict.person ? [name] : []), ...(verdict.model ? ['the model'] : [])];
  return `${verdict.trouble ? 'Silent or halved' : 'It stayed'}: ${right.length === 0 ? 'nobody was' : `${right.join(' and ')} ${right.length === 1 ? 'was' : 'were'}`} right`;
};

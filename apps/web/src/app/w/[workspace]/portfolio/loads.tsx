import Link from 'next/link';
import { Avatar } from '../../../../ui/avatar.tsx';
import { exactMoney, money, quantity } from '../../../../ui/format.ts';
import { SectionTitle } from '../../../../ui/page-header.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../ui/table.tsx';
import { accountsHref, type Scene } from './scene.ts';

/** What each person carries. A column whose data is not connected is not shown. */
export const Loads = ({ workspace, page }: Scene) => {
  const { loads, quietDays, currency } = page;
  if (loads.length === 0) return null;
  return (
    <section aria-labelledby="loads">
      <SectionTitle title={<span id="loads">{titleOf(loads)}</span>} />
      <Table caption="Accounts and open work by owner">
        <Thead>
          <Tr>
            <Th>Owner</Th>
            <Th right>Accounts</Th>
            <Th right>Need them</Th>
            <Th right>Run rate</Th>
            <Th right>At stake, 90 d</Th>
            <Th right>Open alerts</Th>
            <Th right>Open tasks</Th>
            <Th right>Overdue</Th>
            {quietDays !== null && <Th right>Untouched for {quietDays} d</Th>}
          </Tr>
        </Thead>
        <Tbody>
          {loads.map((load) => (
            <Line key={load.ownerId} {...{ workspace, load, quietDays, currency }} />
          ))}
        </Tbody>
      </Table>
    </section>
  );
};

type Load = Scene['page']['loads'][number];

const Line = ({ workspace, load, quietDays, currency }: { workspace: string; load: Load; quietDays: number | null; currency: string }) => (
  <Tr>
    <RowHead>
      <Link href={accountsHref(workspace, { owner: load.ownerId ?? 'unassigned' })} className="door flex items-center gap-2 font-normal">
        {load.name && <Avatar name={load.name} />}
        {load.name ?? 'Unassigned'}
      </Link>
    </RowHead>
    <Td right>{quantity(load.accounts)}</Td>
    <Td right>
      {load.needsYou > 0 ? (
        <Link href={accountsHref(workspace, { owner: load.ownerId ?? 'unassigned', tab: 'needs_you' })} className="door">
          {quantity(load.needsYou)}
        </Link>
      ) : (
        '–'
      )}
    </Td>
    <Td right title={exactMoney(load.runRate, currency)}>
      {money(load.runRate, currency)}
    </Td>
    <Td right title={exactMoney(load.stake, currency)}>
      {money(load.stake, currency)}
    </Td>
    <Td right quiet>
      {load.alerts || '–'}
    </Td>
    <Td right quiet>
      {load.tasks || '–'}
    </Td>
    <Td right quiet>
      {load.overdue || '–'}
    </Td>
    {quietDays !== null && (
      <Td right quiet>
        {load.untouched || '–'}
      </Td>
    )}
  </Tr>
);

/** Who carries most money at stake; loads come sorted by it. */
const titleOf = (loads: Scene['page']['loads']): string => {
  const [most] = loads.filter((load) => load.name !== null);
  return most && loads.length > 1 ? `${most.name} carries the most at stake` : 'What each person carries';
};

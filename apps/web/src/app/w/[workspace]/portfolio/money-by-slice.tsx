import type { BookSlice } from '@tideline/db/read/portfolio';
import Link from 'next/link';
import { Avatar } from '../../../../ui/avatar.tsx';
import { exactMoney, money, percent, quantity } from '../../../../ui/format.ts';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../ui/table.tsx';
import { BookSliceSwitch } from './controls.tsx';
import { accountsHref, type Scene } from './scene.ts';
import { SectionTitle } from '../../../../ui/page-header.tsx';

const none = { owner: 'Unassigned', industry: 'No industry', region: 'No region', plan: 'No plan' } as const satisfies Record<BookSlice, string>;
const SHOWN = 12;

/** Money of the book by owner, industry, region or plan, the most at stake first. */
export const MoneyBySlice = ({ workspace, page, slice }: Scene & { slice: BookSlice }) => {
  const all = page.slices.filter((row) => row.slice === slice);
  const whole = Number(page.book.runRate);
  return (
    <section aria-labelledby="money" className="min-w-0">
      <SectionTitle
        title={<span id="money">Where the money is</span>}
        {...(all.length > SHOWN ? { aside: `The ${SHOWN} with most at stake of ${all.length}` } : {})}
      />
      <Table caption={`Money by ${slice}`}>
        <Thead>
          <Tr>
            <Th>
              <BookSliceSwitch value={slice} />
            </Th>
            <Th right>Accounts</Th>
            <Th right className="max-sm:hidden">
              At risk
            </Th>
            <Th right>Run rate</Th>
            <Th right className="max-sm:hidden">
              Share
            </Th>
            <Th right sort="descending">
              At stake
            </Th>
          </Tr>
        </Thead>
        <Tbody>
          {all.slice(0, SHOWN).map((row) => (
            <Tr key={row.value}>
              <RowHead className="max-w-52">
                <Name workspace={workspace} slice={slice} value={row.value} label={row.label} />
              </RowHead>
              <Td right quiet>
                {quantity(row.accounts)}
              </Td>
              <Td right quiet className="max-sm:hidden">
                {row.atRisk || '–'}
              </Td>
              <Td right title={exactMoney(row.runRate, page.currency)}>
                {money(row.runRate, page.currency)}
              </Td>
              <Td right quiet className="max-sm:hidden">
                {percent(whole > 0 ? Number(row.runRate) / whole : null)}
              </Td>
              <Td right title={exactMoney(row.stake, page.currency)} className="font-semibold">
                {money(row.stake, page.currency)}
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </section>
  );
};

/** A door where triage can be narrowed to it: to a value, or to nobody as the owner. */
const Name = ({ workspace, slice, value, label }: { workspace: string; slice: BookSlice; value: string | null; label: string | null }) => {
  const shown = (
    <>
      {slice === 'owner' && label && <Avatar name={label} />}
      <span className="truncate">{label ?? none[slice]}</span>
    </>
  );
  if (value === null && slice !== 'owner') return <span className="flex items-center gap-2 text-text-2">{shown}</span>;
  return (
    <Link href={accountsHref(workspace, { [slice]: value ?? 'unassigned' })} className="door flex items-center gap-2 font-normal">
      {shown}
    </Link>
  );
};

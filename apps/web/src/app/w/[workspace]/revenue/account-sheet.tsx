'use client';
import type { RevenueAccountList, RevenueDoorQuery } from '@tideline/contracts/revenue';
import { decimal, ratio } from '@tideline/domain/money';
import { Download, Filter } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { api } from '../../../../lib/api.ts';
import { problemText } from '../../../../lib/request.ts';
import { Button } from '../../../../ui/button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { counted, exactMoney, money, percent, type Reader } from '../../../../ui/format.ts';
import { SegmentMark, segmentLooks, type SegmentCode } from '../../../../ui/segment-mark.tsx';
import { Sheet } from '../../../../ui/sheet.tsx';
import { RowHead, Table, Tbody, Td, Tfoot, Th, Thead, Tr } from '../../../../ui/table.tsx';
import { failed } from '../../../../ui/toast.tsx';
import { hrefOf, SCOPES, type Address } from './address.ts';
import { doorColumns, doorTitle, doorWords, sliceLabel } from './words.ts';

type Props = {
  workspace: string;
  address: Address;
  door: RevenueDoorQuery;
  first: RevenueAccountList;
  currency: string;
  reader: Reader;
  month: string;
  label: string;
};

/** The accounts a number is made of: what it means, what they add up to, the largest first, and the file. */
export const AccountSheet = ({ workspace, address, door, first, currency, reader, month, label }: Props) => {
  const router = useRouter();
  const close = () => router.push(hrefOf(address), { scroll: false });
  const { total } = first;
  const narrowing = SCOPES.find((name) => name === door.slice);
  const scope = narrowing && { ...address.scope, [narrowing]: door.value === '' && narrowing === 'owner' ? 'none' : (door.value ?? '') };
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && close()}
      title={door.slice ? `${sliceLabel(door.slice, door.value ?? '', label)}` : doorTitle(door, reader, month)}
      footer={
        <>
          <Button asChild icon={<Download aria-hidden />}>
            <a href={api(workspace).href('exportRevenueAccounts', { query: door })}>Download CSV</a>
          </Button>
          {scope && (
            <Button asChild look="ghost" icon={<Filter aria-hidden />}>
              <Link href={hrefOf(address, { scope })} scroll={false}>
                Only these on the screen
              </Link>
            </Button>
          )}
        </>
      }
    >
      <p className="text-text-2">{door.slice ? `${doorTitle(door, reader, month)}: ${doorWords(door)}` : doorWords(door)}</p>
      <p className="mt-1 mb-3 font-semibold">
        {counted(total.accounts, 'account')}
        {door.of === 'retention' && decimal(total.base).gt(0) && (
          <>
            : {money(total.now, currency)} ÷ {money(total.base, currency)} = {percent(ratio(decimal(total.now), decimal(total.base)), 1)}
          </>
        )}
      </p>
      {total.accounts === 0 ? (
        <EmptyState title="No account is behind this number">The figure is zero, or the accounts are no longer live.</EmptyState>
      ) : (
        <Accounts {...{ workspace, door, first, currency }} />
      )}
    </Sheet>
  );
};

const Accounts = ({ workspace, door, first, currency }: Pick<Props, 'workspace' | 'door' | 'first' | 'currency'>) => {
  const [page, setPage] = useState({ items: first.items, next: first.next });
  const [busy, start] = useTransition();
  const columns = doorColumns(door);
  const more = () =>
    start(async () => {
      try {
        const { items, next } = await api(workspace).call('listRevenueAccounts', { query: { ...door, ...(page.next === null ? {} : { cursor: page.next }) } });
        setPage((before) => ({ items: [...before.items, ...items], next }));
      } catch (error) {
        failed(problemText(error));
      }
    });
  return (
    <>
      <Table caption="Accounts behind the number">
        <Thead>
          <Tr>
            <Th>Account</Th>
            <Th right>{columns.base}</Th>
            <Th right>{columns.now}</Th>
            <Th right>Change</Th>
          </Tr>
        </Thead>
        <Tbody>
          {page.items.map((row) => (
            <AccountRow key={row.id} {...{ workspace, row, currency }} />
          ))}
        </Tbody>
        {page.next === null && <Total total={first.total} currency={currency} />}
      </Table>
      {page.next !== null && (
        <Button className="mt-3" busy={busy} onClick={more}>
          Show more
        </Button>
      )}
    </>
  );
};

const Total = ({ total, currency }: { total: RevenueAccountList['total']; currency: string }) => {
  const change = decimal(total.now).minus(total.base).toFixed();
  return (
    <Tfoot>
      <Tr>
        <RowHead>Together</RowHead>
        <Td right title={exactMoney(total.base, currency)}>
          {money(total.base, currency)}
        </Td>
        <Td right title={exactMoney(total.now, currency)}>
          {money(total.now, currency)}
        </Td>
        <Td right title={exactMoney(change, currency)}>
          {money(change, currency, { signed: true })}
        </Td>
      </Tr>
    </Tfoot>
  );
};

const AccountRow = ({ workspace, row, currency }: { workspace: string; row: RevenueAccountList['items'][number]; currency: string }) => {
  const change = decimal(row.now).minus(row.base).toFixed();
  return (
    <Tr>
      <RowHead className="max-w-44">
        <Link
          href={`/w/${workspace}/account/${row.id}`}
          className="door flex items-center gap-2 font-normal"
          title={row.owner ? `${row.name}, ${row.owner}` : row.name}
        >
          {row.segment && row.segment in segmentLooks && <SegmentMark segment={row.segment as SegmentCode} />}
          <span className="truncate">{row.name}</span>
        </Link>
      </RowHead>
      <Td right quiet title={exactMoney(row.base, currency)}>
        {money(row.base, currency)}
      </Td>
      <Td right title={exactMoney(row.now, currency)}>
        {money(row.now, currency)}
      </Td>
      <Td right title={exactMoney(change, currency)}>
        {money(change, currency, { signed: true })}
      </Td>
    </Tr>
  );
};

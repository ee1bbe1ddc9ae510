import type { Month } from '@tideline/domain/calendar';
import { decimal } from '@tideline/domain/money';
import { movements, type MovementKind } from '@tideline/domain/revenue';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { exactMoney, money } from '../../../../ui/format.ts';
import { SectionTitle } from '../../../../ui/page-header.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../ui/table.tsx';
import { hrefOf, type Door } from './address.ts';
import type { Scene } from './scene.ts';
import { monthWords } from './words.ts';

const KINDS: MovementKind[] = ['new', 'expansion', 'reactivation', 'resumed', 'contraction', 'churn', 'paused', 'net_credits'];

/** The bridge month by month, newest first; every figure opens its accounts. */
export const MonthTable = ({ page, address, reader }: Scene) => {
  if (page.months.length === 0) return null;
  const door = (open: Door, shown: ReactNode) => (
    <Link href={hrefOf(address, { door: { window: 'month', ...open } })} scroll={false} className="door">
      {shown}
    </Link>
  );
  return (
    <section aria-labelledby="months">
      <SectionTitle title={<span id="months">Month by month</span>} aside="Each against the month before" />
      <Table caption="Revenue bridge by month">
        <Thead>
          <Tr>
            <Th>Month</Th>
            <Th right>Opening</Th>
            {KINDS.map((kind) => (
              <Th key={kind} right title={movements[kind].words}>
                {movements[kind].label}
              </Th>
            ))}
            <Th right>Closing</Th>
          </Tr>
        </Thead>
        <Tbody>
          {page.months.toReversed().map((bridge) => {
            const month = bridge.month as Month;
            return (
              <Tr key={month}>
                <RowHead>{monthWords(month, reader)}</RowHead>
                <Td right quiet title={exactMoney(bridge.opening, page.currency)}>
                  {door({ of: 'opening', month }, money(bridge.opening, page.currency))}
                </Td>
                {KINDS.map((kind) => {
                  const line = bridge.lines.find((one) => one.kind === kind);
                  const signed = decimal(line?.amount ?? '0').times(movements[kind].sign);
                  return (
                    <Td key={kind} right title={exactMoney(signed.toFixed(), page.currency)}>
                      {line && line.accounts > 0 ? (
                        door({ of: 'movement', kind, month }, money(signed.toFixed(), page.currency, { signed: true }))
                      ) : (
                        <span className="text-text-3">–</span>
                      )}
                    </Td>
                  );
                })}
                <Td right title={exactMoney(bridge.closing, page.currency)}>
                  {door({ of: 'closing', month }, money(bridge.closing, page.currency))}
                </Td>
              </Tr>
            );
          })}
        </Tbody>
      </Table>
    </section>
  );
};

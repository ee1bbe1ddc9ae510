'use client';
import { addDays, dayOf, type Day } from '@tideline/domain/calendar';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Plus } from 'lucide-react';
import { Button } from '../../../../../../ui/button.tsx';
import { Chip } from '../../../../../../ui/chip.tsx';
import { Dialog } from '../../../../../../ui/dialog.tsx';
import { EmptyState } from '../../../../../../ui/empty-state.tsx';
import { exactMoment, fullDay, shortDay, unitPrice, type Reader } from '../../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../../ui/page-header.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '../../../../../../ui/table.tsx';
import { PriceForm } from './price-form.tsx';

export type PriceRow = { id: string; unitPrice: string; currency: string; effectiveFrom: Day; createdAt: string; createdBy: string | null };
type Props = {
  workspace: string;
  meter: { id: string; name: string; unit: string };
  /** Newest first. */
  prices: readonly PriceRow[];
  currency: string;
  asOf: Day;
  mayWrite: boolean;
  reader: Reader;
};

/** What a unit earned from when to when, and how to set what it earns from a day on. */
export const Prices = ({ workspace, meter, prices, currency, asOf, mayWrite, reader }: Props) => {
  const router = useRouter();
  const [setting, show] = useState(false);
  return (
    <section className="max-w-160">
      <SectionTitle
        title="Prices"
        sub={`of a unit, ${meter.unit}`}
        aside={
          mayWrite && (
            <Button icon={<Plus aria-hidden />} onClick={() => show(true)}>
              Set a price
            </Button>
          )
        }
      />
      {prices.length === 0 ? (
        <EmptyState title="Not priced.">
          Its usage is shown and judged, and earns nothing. With a price from a day on, revenue is worked out for the days since.
        </EmptyState>
      ) : (
        <PriceTable prices={prices} currency={currency} asOf={asOf} reader={reader} />
      )}
      <Dialog open={setting} onOpenChange={show} title={`Price of ${meter.name}`} width="sm">
        <PriceForm
          workspace={workspace}
          meter={meter}
          currency={currency}
          first={prices.length === 0}
          today={addDays(asOf, 1)}
          reader={reader}
          onSet={() => {
            show(false);
            router.refresh();
          }}
        />
      </Dialog>
    </section>
  );
};

const PriceTable = ({ prices, currency, asOf, reader }: Pick<Props, 'prices' | 'currency' | 'asOf' | 'reader'>) => {
  const inForce = prices.find((price) => price.currency === currency && price.effectiveFrom <= asOf);
  return (
    <Table caption="Prices, the newest first">
      <Thead>
        <tr>
          <Th right>A unit</Th>
          <Th>From</Th>
          <Th>Until</Th>
          <Th>Set by</Th>
        </tr>
      </Thead>
      <Tbody>
        {prices.map((price, i) => {
          const next = prices[i - 1];
          return (
            <Tr key={price.id}>
              <Td right className={price === inForce ? 'font-semibold' : ''}>
                {unitPrice(price.unitPrice, price.currency)}
              </Td>
              <Td title={fullDay(price.effectiveFrom, reader)}>
                {shortDay(price.effectiveFrom, reader)}
                {price === inForce && <Chip className="ml-2">In force</Chip>}
                {price.effectiveFrom > asOf && <Chip className="ml-2">To come</Chip>}
              </Td>
              <Td quiet>{next ? shortDay(addDays(next.effectiveFrom, -1), reader) : 'on'}</Td>
              <Td quiet title={exactMoment(price.createdAt, reader)}>
                {price.createdBy ?? 'by API'}, {shortDay(dayOf(new Date(price.createdAt), reader.timeZone), reader)}
              </Td>
            </Tr>
          );
        })}
      </Tbody>
    </Table>
  );
};

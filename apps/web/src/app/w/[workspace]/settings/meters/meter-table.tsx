'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { meterColour } from '../../../../../charts/prepare-meters.ts';
import { useLive } from '../../../../../lib/live.ts';
import { Chip } from '../../../../../ui/chip.tsx';
import { Quantity } from '../../../../../ui/figure.tsx';
import { quantity, shortDay, unitPrice, type Reader } from '../../../../../ui/format.ts';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../ui/table.tsx';
import type { Day } from '@tideline/domain/calendar';
import { MeterState } from './meter-state.tsx';
import type { Refill } from './refill.ts';

export type MeterRow = {
  id: string;
  key: string;
  name: string;
  unit: string;
  archived: boolean;
  main: boolean;
  version: number;
  state: string;
  words: string;
  next: { version: number; words: string } | null;
  price: { unitPrice: string; currency: string; effectiveFrom: Day } | null;
  volume28: string;
};

type Props = { workspace: string; meters: readonly MeterRow[]; refills: Readonly<Record<string, Refill>>; currency: string; reader: Reader };

export const MeterTable = ({ workspace, meters, refills, currency, reader }: Props) => {
  const router = useRouter();
  useLive(workspace, ['run', 'day'], () => router.refresh(), 1_000);
  return (
    <Table caption="Meters">
      <Thead>
        <tr>
          <Th>Meter</Th>
          <Th right className="max-sm:hidden">
            28 days
          </Th>
          <Th right className="max-sm:hidden">
            Price of a unit
          </Th>
          <Th className="pl-8 max-lg:hidden">State</Th>
        </tr>
      </Thead>
      <Tbody>
        {meters.map((meter, index) => (
          <MeterLine
            key={meter.id}
            workspace={workspace}
            meter={meter}
            colour={meterColour(index)}
            refill={refills[meter.id]}
            currency={currency}
            reader={reader}
          />
        ))}
      </Tbody>
    </Table>
  );
};

type LineProps = { workspace: string; meter: MeterRow; colour: string; refill: Refill | undefined; currency: string; reader: Reader };

const MeterLine = ({ workspace, meter, colour, refill, currency, reader }: LineProps) => {
  const price = meter.price ? unitPrice(meter.price.unitPrice, currency) : null;
  return (
    <Tr className="align-top">
      <RowHead className="py-2 whitespace-normal">
        <span className="flex items-center gap-2">
          <i aria-hidden className="size-2.5 flex-none rounded-[3px]" style={{ background: meter.archived ? 'var(--bg-track)' : colour }} />
          <Link href={`/w/${workspace}/settings/meters/${meter.id}`} className="door font-semibold">
            {meter.name}
          </Link>
          {meter.main && <Chip>Main meter</Chip>}
          {meter.archived && <Chip>Archived</Chip>}
        </span>
        <span className="block max-w-[72ch] pl-4.5 text-text-2">{meter.words}</span>
        <span className="block pl-4.5 text-12 text-text-3 sm:hidden">
          {quantity(meter.volume28)} {meter.unit} in 28 days · {price ? `${price} each` : 'not priced'}
        </span>
        {/* The column beside it is away on narrow screens, but work under way is always told. */}
        {(meter.state === 'filling' || meter.next) && (
          <span className="block pl-4.5 lg:hidden">
            <MeterState meter={meter} refill={refill} />
          </span>
        )}
      </RowHead>
      <Td right className="py-2 align-top max-sm:hidden">
        <Quantity value={meter.volume28} unit={meter.unit} />
      </Td>
      <Td right className="py-2 align-top max-sm:hidden">
        {meter.price ? (
          <>
            {price}
            <span className="block text-12 text-text-3">since {shortDay(meter.price.effectiveFrom, reader)}</span>
          </>
        ) : (
          <span className="text-text-3">not priced</span>
        )}
      </Td>
      <Td className="py-2 pl-8 align-top max-lg:hidden">
        <MeterState meter={meter} refill={refill} />
      </Td>
    </Tr>
  );
};

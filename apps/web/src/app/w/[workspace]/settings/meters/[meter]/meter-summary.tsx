'use client';
import type { Day } from '@tideline/domain/calendar';
import { useRouter } from 'next/navigation';
import { useLive } from '../../../../../../lib/live.ts';
import { exactQuantity, quantity, shortDay, unitPrice, type Reader } from '../../../../../../ui/format.ts';
import { MetricStrip } from '../../../../../../ui/metric-strip.tsx';
import { MeterState } from '../meter-state.tsx';
import type { Refill } from '../refill.ts';

type Props = {
  workspace: string;
  meter: {
    name: string;
    unit: string;
    archived: boolean;
    main: boolean;
    state: string;
    version: number;
    next: { version: number; words: string } | null;
    words: string;
    price: { unitPrice: string; effectiveFrom: Day } | null;
    volume28: string;
  };
  refill: Refill | undefined;
  currency: string;
  reader: Reader;
};

/** What the meter measured lately, what it earns and which version measures; follows a count that runs. */
export const MeterSummary = ({ workspace, meter, refill, currency, reader }: Props) => {
  const router = useRouter();
  useLive(workspace, ['run', 'day'], () => router.refresh(), 1_000);
  return (
    <>
      <MetricStrip
        label="The meter now"
        metrics={[
          { label: '28 days', value: quantity(meter.volume28), unit: meter.unit, exact: `${exactQuantity(meter.volume28)} ${meter.unit}` },
          {
            label: 'Price of a unit',
            value: meter.price ? unitPrice(meter.price.unitPrice, currency) : '–',
            unit: meter.price ? `since ${shortDay(meter.price.effectiveFrom, reader)}` : 'not priced',
          },
          {
            label: 'Stands for usage',
            value: meter.main ? 'Main' : '–',
            unit: meter.main ? 'where there is no money' : 'another meter is main',
          },
        ]}
      />
      {(meter.archived || meter.next || meter.state === 'filling') && (
        <div className="border-b border-line px-4 py-3 lg:px-6">
          <MeterState meter={meter} refill={refill} />
          {meter.next && (
            <p className="mt-1 max-w-[72ch] text-12 text-text-3">
              Version {meter.version}, until then: {meter.words}
            </p>
          )}
        </div>
      )}
    </>
  );
};

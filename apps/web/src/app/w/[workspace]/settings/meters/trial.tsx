'use client';
import { describeMeter, type MeterDefinition } from '@tideline/domain/meter';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { exactQuantity, moment, quantity, type Reader } from '../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../ui/page-header.tsx';
import { carried, tryOn, type SeenEvent, type Tried } from './seen.ts';

const SHOWN = 6;

type Props = {
  meter: MeterDefinition;
  events: readonly SeenEvent[];
  reader: Reader;
  /** Between the two: what it would have counted so far. */ children: ReactNode;
};

/** The definition in words and, under it, what it would make of the latest events: both follow the form. */
export const Trial = ({ meter, events, reader, children }: Props) => {
  const tried = tryOn(events, meter, SHOWN);
  return (
    <div className="flex flex-col gap-6">
      <section>
        <SectionTitle title="In words" />
        <p aria-live="polite" className="text-text-2">
          {meter.eventName === '' || meter.unit === '' ? 'Name the event and the unit, and the meter is described here.' : describeMeter(meter)}
        </p>
      </section>
      {children}
      <section>
        <SectionTitle title="The latest events" sub="what each would add" />
        {tried.length > 0 ? (
          <ul className="mt-1">
            {tried.map((event, i) => (
              <TriedLine key={i} event={event} meter={meter} reader={reader} />
            ))}
          </ul>
        ) : (
          <p className="text-text-2">
            {meter.eventName === ''
              ? 'Once the event is named, its latest arrivals are tried here.'
              : `None of the latest ${events.length} events is a “${meter.eventName}”.`}
          </p>
        )}
      </section>
    </div>
  );
};

const TriedLine = ({ event, meter, reader }: { event: Tried; meter: MeterDefinition; reader: Reader }) => (
  <li className="flex items-start gap-3 border-b border-line py-1.5">
    <span className="min-w-0 flex-1">
      <span className="block truncate">{event.accountName}</span>
      <span className="block truncate text-12 text-text-3" title={JSON.stringify(event.properties ?? {})}>
        {moment(event.time, reader)} · {carried(event)}
      </span>
    </span>
    <span className="flex-none text-right tabular-nums">
      <span className={event.adds === null ? 'text-text-3' : 'font-semibold'} title={event.adds === null ? undefined : exactQuantity(event.adds)}>
        {event.adds === null ? 'nothing' : event.unique === null ? `${quantity(event.adds, { signed: true })} ${meter.unit}` : event.unique}
      </span>
      {event.active && (
        <span className="flex items-center justify-end gap-1 text-12 text-text-3">
          <Check aria-hidden className="size-3" /> activity
        </span>
      )}
    </span>
  </li>
);

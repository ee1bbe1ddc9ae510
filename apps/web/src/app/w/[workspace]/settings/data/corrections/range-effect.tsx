import { exactMoment, exactQuantity, moment, type Reader } from '../../../../../../ui/format.ts';

export type RangePreview = {
  events: number;
  accounts: number;
  days: number;
  whole: boolean;
  meters: readonly { id: string; name: string; unit: string; quantity: string }[];
  sample: readonly { time: string; accountName: string; event: string; value: string | null }[];
};

const many = (count: number, one: string): string => `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;

/** What taking the range back would change, in words and by its first events. */
export const RangeEffect = ({ seen, reader }: { seen: RangePreview; reader: Reader }) =>
  seen.events === 0 ? (
    <p role="status" className="text-text-2">
      No event lies in this range.
    </p>
  ) : (
    <div role="status" className="rounded-2 border border-line p-3">
      <p className="font-medium">
        {seen.whole ? '' : 'More than '}
        {many(seen.events, 'event')} of {many(seen.accounts, 'account')}, on {many(seen.days, 'day')}
      </p>
      <p className="mt-1 text-text-2">
        {seen.meters.length === 0
          ? 'No sum or count changes.'
          : seen.meters.map(({ name, unit, quantity }) => `${name}: ${exactQuantity(quantity)} ${unit} less`).join(' · ')}
      </p>
      <ul className="mt-3 text-12 text-text-2">
        {seen.sample.map(({ time, accountName, event, value }, i) => (
          <li key={i} className="flex gap-3 border-t border-line py-1">
            <span className="w-32 flex-none text-text-3" title={exactMoment(time, reader)}>
              {moment(time, reader)}
            </span>
            <span className="min-w-0 flex-1 truncate">{accountName}</span>
            <span className="font-mono">{event}</span>
            <span className="tabular-nums">{value === null ? '–' : exactQuantity(value)}</span>
          </li>
        ))}
      </ul>
    </div>
  );

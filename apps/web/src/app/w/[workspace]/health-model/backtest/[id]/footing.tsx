import type { Day } from '@tideline/domain/calendar';
import { counted, percent, shortDay, type Reader } from '../../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../../ui/page-header.tsx';
import type { BacktestFindings } from '../backtest-types.ts';

type Props = { arrivals: BacktestFindings['arrivals']; calibrated: number; days: number; reader: Reader };

/** What the test rests on, and where it must take something on trust. */
export const Footing = ({ arrivals: { events, assumed, rawFrom }, calibrated, days, reader }: Props) => (
  <section aria-label="What this rests on">
    <SectionTitle title="What this rests on" />
    <ul className="max-w-[88ch] list-disc pl-4 text-text-2">
      <li>
        {events === 0
          ? 'No raw event of these months is kept any more.'
          : assumed === 0
            ? `All ${counted(events, 'event')} up to the last day carry the moment they arrived; none is assumed.`
            : `${percent(assumed / events, assumed / events < 0.01 ? 2 : 0)} of ${counted(events, 'event')} have an assumed arrival: imported history counts as known on the day it happened, which may flatter the scores.`}
      </li>
      {rawFrom && (
        <li>
          Raw events before {shortDay(rawFrom as Day, reader)} are past their retention: for those days the totals kept per day are used, with what was known
          late.
        </li>
      )}
      <li>
        {calibrated === 0
          ? 'Chances of leaving come from the defaults: this workspace had too little past of its own to fit them to.'
          : `On ${calibrated} of ${counted(days, 'day')} the chances of leaving were fitted to this workspace’s own past; on the others they are the defaults.`}
      </li>
    </ul>
  </section>
);

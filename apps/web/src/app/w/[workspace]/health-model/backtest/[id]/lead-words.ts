import { counted } from '../../../../../../ui/format.ts';
import type { BacktestFindings } from '../backtest-types.ts';

/** `16 of 100 alarms came before the last usage; the median one 33 days after it.` */
export const leadWords = ({ stops, alarmed, before, medianDaysAfter }: BacktestFindings['lead']): string => {
  if (stops === 0) return 'No account with a rhythm stopped for good in these months, so there is nothing to be early for.';
  if (medianDaysAfter === null) return `${counted(stops, 'account')} stopped, and none was alarmed within 90 days of its last usage.`;
  const median =
    medianDaysAfter === 0
      ? 'on the very day'
      : medianDaysAfter > 0
        ? `${counted(medianDaysAfter, 'day')} after it`
        : `${counted(-medianDaysAfter, 'day')} before it`;
  return `${before.toLocaleString('en-US')} of ${counted(alarmed, 'alarm')} came before the last usage; the median one ${median}.`;
};

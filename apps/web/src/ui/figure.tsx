import type { Day } from '@tideline/domain/calendar';
import { cx } from './cx.ts';
import { daysAgo, exactMoment, exactMoney, exactQuantity, fullDay, moment, money, nearDay, quantity, shortDay, type Reader, type Value } from './format.ts';

type Look = { className?: string };
const figure = 'whitespace-nowrap tabular-nums';

/** `$1.24M`, exact on hover. */
export const Money = ({
  value,
  currency,
  signed,
  per,
  className,
}: Look & { value: Value; currency: string; signed?: boolean; /** Said on hover: "a year". */ per?: string }) => (
  <span className={cx(figure, className)} title={`${exactMoney(value, currency)}${per ? ` ${per}` : ''}`}>
    {money(value, currency, signed ? { signed } : {})}
  </span>
);

/** `3.10M calls`, exact on hover, the unit small and grey. */
export const Quantity = ({ value, unit, className }: Look & { value: Value; unit?: string }) => (
  <span className={cx(figure, className)} title={`${exactQuantity(value)}${unit ? ` ${unit}` : ''}`}>
    {quantity(value)}
    {unit && <span className="text-12 text-text-3"> {unit}</span>}
  </span>
);

const dayStyles = { near: nearDay, short: shortDay, ago: daysAgo } as const;

/** A day: `near` (today, Fri, 19 Jan), `short` (19 Jan) or `ago` (12 d); the full date on hover. */
export const When = ({ day, reader, as = 'near', className }: Look & { day: Day | null | undefined; reader: Reader; as?: keyof typeof dayStyles }) => (
  <time {...(day ? { dateTime: day } : {})} className={cx(figure, className)} title={fullDay(day, reader)}>
    {dayStyles[as](day, reader)}
  </time>
);

/** An instant: `13:42` or `Tue 10 Nov 13:42`; to the second and zone on hover. */
export const At = ({ instant, reader, className }: Look & { instant: string | null | undefined; reader: Reader }) => (
  <time {...(instant ? { dateTime: instant } : {})} className={cx(figure, className)} title={exactMoment(instant, reader)}>
    {moment(instant, reader)}
  </time>
);

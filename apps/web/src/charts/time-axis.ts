/** Days on a horizontal axis: where they stand and which get a name. Pure. */
import { addMonths, dayFromNumber, dayNumber, firstDayOf, monthOf, type Day } from '@tideline/domain/calendar';
import { shortDay, type Reader } from '../ui/format.ts';
import { share, type Tick } from './scale.ts';

const monthNames = new Map<string, Intl.DateTimeFormat>();
const monthName = (day: Day, locale: string): string => {
  const known = monthNames.get(locale) ?? new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' });
  monthNames.set(locale, known);
  return known.format(new Date(`${day}T00:00:00Z`));
};

/** Share of the way from the first day to the last, in percent. */
export const dayAt = (day: Day, from: Day, to: Day): number => share(dayNumber(day), [dayNumber(from), dayNumber(to)]);

const MOST = 9;
/** More than these many are thinned out on a phone. */
const FEW = 5;
const STEPS = [1, 2, 3, 6, 12] as const;

/** Names of months at their first day, the year where January would be, at most nine; short spans get dates. */
export const dayTicks = (from: Day, to: Day, reader: Reader): Tick[] => {
  const span = dayNumber(to) - dayNumber(from);
  if (span < 56) return shortSpan(from, to, reader);
  const firsts: Day[] = [];
  for (let month = addMonths(monthOf(from), 1); firstDayOf(month) <= to; month = addMonths(month, 1)) firsts.push(firstDayOf(month));
  const step = STEPS.find((s) => firsts.length / s <= MOST) ?? 12;
  return firsts
    .filter((day) => (Number(day.slice(5, 7)) - 1) % step === 0)
    .map((day, i, all) => ({
      at: dayAt(day, from, to),
      label: day.slice(5, 7) === '01' ? day.slice(0, 4) : monthName(day, reader.locale),
      minor: all.length > FEW && i % 2 === 1,
    }));
};

/** First, last and what fits evenly between. */
const shortSpan = (from: Day, to: Day, reader: Reader): Tick[] => {
  const span = dayNumber(to) - dayNumber(from);
  const parts = Math.min(4, Math.max(1, span));
  return Array.from({ length: parts + 1 }, (_, i) => {
    const day = dayFromNumber(dayNumber(from) + Math.round((span * i) / parts));
    return { at: dayAt(day, from, to), label: shortDay(day, reader) };
  });
};

/**
 * How numbers and times are written. Pure: the reader's locale, zone and today are arguments, so server and
 * browser write the same text. Undefined is `–`, never 0; minus is U+2212; exact values go into `title`.
 */
import { daysBetween, dayOf, type Day } from '@tideline/domain/calendar';

/** A decimal as it crosses the wire (`"12.50"`) or a double; null and undefined mean "not defined". */
export type Value = string | number | null | undefined;
/** Who reads: BCP 47 locale, IANA zone, and today in that zone. */
export type Reader = { locale: string; timeZone: string; today: Day };

export const NONE = '–';
const MINUS = '−';

const isNone = (value: Value): value is null | undefined | '' => value === null || value === undefined || value === '' || Number.isNaN(Number(value));
const trueMinus = (text: string): string => text.replace('-', MINUS);
const signOf = (value: number, signed: boolean): string => (value < 0 ? MINUS : signed && value > 0 ? '+' : '');

const numberFormats = new Map<string, Intl.NumberFormat>();
const numberFormat = (options: Intl.NumberFormatOptions): Intl.NumberFormat => {
  const key = JSON.stringify(options);
  const known = numberFormats.get(key);
  if (known) return known;
  // Figures keep one convention on every screen and in every export, whatever the reader's locale.
  const made = new Intl.NumberFormat('en-US', options);
  numberFormats.set(key, made);
  return made;
};

const STEPS = [
  { from: 1e12, unit: 'T' },
  { from: 1e9, unit: 'B' },
  { from: 1e6, unit: 'M' },
  { from: 1e3, unit: 'k' },
] as const;

/** `1.24M`, `12.7M`, `381k`, `9.1k`, `940`: three figures from a million, whole thousands from ten thousand. Takes the size without its sign. */
const short = (size: number): string => {
  for (const { from, unit } of STEPS) {
    // 999,600 reads 1.00M, not 1000k: the step is chosen after rounding.
    if (size < from * 0.9995) continue;
    const scaled = size / from;
    if (unit === 'k') return `${scaled < 9.95 ? scaled.toFixed(1) : scaled.toFixed(0)}k`;
    return `${scaled.toFixed(scaled < 9.995 ? 2 : scaled < 99.95 ? 1 : 0)}${unit}`;
  }
  return size !== 0 && size < 10 && !Number.isInteger(size) ? size.toFixed(2) : size.toFixed(0);
};

const symbols = new Map<string, string>();
const symbolOf = (currency: string): string => {
  const known = symbols.get(currency);
  if (known !== undefined) return known;
  const parts = numberFormat({ style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).formatToParts(0);
  const symbol = parts.find((part) => part.type === 'currency')?.value ?? currency;
  // A code such as CHF needs its space; a sign such as $ does not.
  const shown = /^[A-Z]{3}$/.test(symbol) ? `${symbol} ` : symbol;
  symbols.set(currency, shown);
  return shown;
};

/** `$1.24M`; `−$1.62M`; with `signed` also `+$4.38M`. */
export const money = (value: Value, currency: string, options: { signed?: boolean } = {}): string => {
  if (isNone(value)) return NONE;
  const amount = Number(value);
  return `${signOf(amount, options.signed ?? false)}${symbolOf(currency)}${short(Math.abs(amount))}`;
};

/** `$4k`, `$1.6M`, `0`: round numbers on an axis, without the zeros that keep columns aligned. */
export const axisMoney = (value: number, currency: string): string => (value === 0 ? '0' : bare(money(value, currency)));
export const axisQuantity = (value: number): string => bare(quantity(value));
const bare = (text: string): string => text.replace(/(\.\d*?)0+(?=\D|$)/, '$1').replace(/\.(?=\D|$)/, '');

/** `$1,240,000.50`, exact to the cent however long the decimal is: for `title` and exports. */
export const exactMoney = (value: Value, currency: string): string => {
  if (isNone(value)) return NONE;
  // The formatter reads decimal text exactly; going through a double would lose cents above 90 trillion.
  return trueMinus(numberFormat({ style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(value as `${number}`));
};

/** `$0.0025`, `$1.00`: what one unit costs, every digit of it. */
export const unitPrice = (value: Value, currency: string): string => {
  if (isNone(value)) return NONE;
  const exact = numberFormat({ style: 'currency', currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: 2, maximumFractionDigits: 18 });
  return trueMinus(exact.format(value as `${number}`));
};

/** `3.10M`, `40k`, `142`: a count or quantity. */
export const quantity = (value: Value, options: { signed?: boolean } = {}): string => {
  if (isNone(value)) return NONE;
  const amount = Number(value);
  return `${signOf(amount, options.signed ?? false)}${short(Math.abs(amount))}`;
};

/** `1,234,567.5`: all digits. */
export const exactQuantity = (value: Value): string =>
  isNone(value) ? NONE : trueMinus(numberFormat({ maximumFractionDigits: 20 }).format(value as `${number}`));

/** Fixed places with a true minus: `−10.8`, `+0.6`. */
export const fixed = (value: Value, places: number, options: { signed?: boolean } = {}): string => {
  if (isNone(value)) return NONE;
  const text = Math.abs(Number(value)).toFixed(places);
  // What rounds to zero has no sign.
  return Number(text) === 0 ? text : `${signOf(Number(value), options.signed ?? false)}${text}`;
};

/** A ratio as a percentage: 0.432 → `43%`. */
export const percent = (ratio: Value, places = 0, options: { signed?: boolean } = {}): string =>
  isNone(ratio) ? NONE : `${fixed(Number(ratio) * 100, places, options)}%`;

const dayFormats = new Map<string, Intl.DateTimeFormat>();
const dayFormat = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = dayFormats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  dayFormats.set(key, made);
  return made;
};
const writeDay = (value: Day, locale: string, options: Intl.DateTimeFormatOptions): string =>
  dayFormat(locale, { ...options, timeZone: 'UTC' })
    .format(new Date(`${value}T00:00:00Z`))
    .replaceAll(',', '');

/** `19 Jan`; the year only when it is not this one: `19 Jan 2025`. */
export const shortDay = (value: Day | null | undefined, reader: Reader): string => {
  if (!value) return NONE;
  const year = value.slice(0, 4) === reader.today.slice(0, 4) ? {} : { year: 'numeric' as const };
  return writeDay(value, reader.locale, { day: 'numeric', month: 'short', ...year });
};

/** `Tue 17 Nov`, with the year when it is not this one. */
export const weekDay = (value: Day | null | undefined, reader: Reader): string => {
  if (!value) return NONE;
  const year = value.slice(0, 4) === reader.today.slice(0, 4) ? {} : { year: 'numeric' as const };
  return writeDay(value, reader.locale, { weekday: 'short', day: 'numeric', month: 'short', ...year });
};

/** `Tuesday 17 November 2026`: for `title`. */
export const fullDay = (value: Day | null | undefined, reader: Reader): string =>
  value ? writeDay(value, reader.locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }) : NONE;

/** Relative where that is shorter to grasp: `today`, `yesterday`, `tomorrow`, the weekday within six days, else `shortDay`. */
export const nearDay = (value: Day | null | undefined, reader: Reader): string => {
  if (!value) return NONE;
  const ahead = daysBetween(reader.today, value);
  const named = { '-1': 'yesterday', '0': 'today', '1': 'tomorrow' }[String(ahead)];
  if (named) return named;
  if (ahead > 1 && ahead <= 6) return writeDay(value, reader.locale, { weekday: 'short' });
  if (ahead < -1 && ahead >= -6) return weekDay(value, reader);
  return shortDay(value, reader);
};

/** How long ago, for columns: `today`, `12 d`, from a year on `14 mo`. */
export const daysAgo = (value: Day | null | undefined, reader: Reader): string => {
  if (!value) return NONE;
  const days = daysBetween(value, reader.today);
  if (days <= 0) return 'today';
  return days < 365 ? `${days} d` : `${Math.floor(days / 30.44)} mo`;
};

/** An instant: `13:42` today, else `Tue 17 Nov 13:42`. */
export const moment = (instant: string | Date | null | undefined, reader: Reader): string => {
  if (!instant) return NONE;
  const at = new Date(instant);
  const clock = dayFormat(reader.locale, { timeZone: reader.timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
  const day = dayOf(at, reader.timeZone);
  return day === reader.today ? clock : `${nearDay(day, reader)} ${clock}`;
};

/** `Tuesday 17 November 2026 at 13:42:07 CET`: for `title`. */
export const exactMoment = (instant: string | Date | null | undefined, reader: Reader): string =>
  instant ? dayFormat(reader.locale, { timeZone: reader.timeZone, dateStyle: 'full', timeStyle: 'long' }).format(new Date(instant)) : NONE;

/** `1 account`, `12 accounts`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${exactQuantity(count)} ${count === 1 ? one : many}`;

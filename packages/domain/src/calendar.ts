/**
 * Days, months and windows in a workspace's time zone: the only date arithmetic in the house.
 * A `Day` is the ISO text `YYYY-MM-DD`, a `Month` is `YYYY-MM`; both sort and compare as text.
 */
export type Day = string & { readonly day: unique symbol };
export type Month = string & { readonly month: unique symbol };

const MS_PER_DAY = 86_400_000;
const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether `text` is a real calendar day (`2025-02-30` is not). */
export const isDay = (text: string): text is Day => {
  if (!ISO_DAY.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
};

/** Parses `YYYY-MM-DD`; throws a RangeError on anything else. */
export const day = (text: string): Day => {
  if (!isDay(text)) throw new RangeError(`"${text}" is not a day: write it as YYYY-MM-DD, for example 2026-11-22`);
  return text;
};

/** Whole days since 1970-01-01; the number to calculate with. */
export const dayNumber = (value: Day): number => Date.parse(`${value}T00:00:00Z`) / MS_PER_DAY;
/** The inverse of `dayNumber`. */
export const dayFromNumber = (n: number): Day => new Date(n * MS_PER_DAY).toISOString().slice(0, 10) as Day;
export const addDays = (value: Day, days: number): Day => dayFromNumber(dayNumber(value) + days);
/** `to - from` in days; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => dayNumber(to) - dayNumber(from);
/** 0 = Sunday … 6 = Saturday. */
export const weekday = (value: Day): number => (dayNumber(value) + 4) % 7;

/** The day itself, or the Monday after where it falls on a weekend. */
export const workday = (value: Day): Day => addDays(value, { 6: 2, 0: 1 }[weekday(value)] ?? 0);
export const minDay = (a: Day, b: Day): Day => (a < b ? a : b);
export const maxDay = (a: Day, b: Day): Day => (a > b ? a : b);

/** All days from `from` to `to`, both included; empty when `from` is later. */
export const daysFromTo = (from: Day, to: Day): Day[] => Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, i) => addDays(from, i));

export const monthOf = (value: Day): Month => value.slice(0, 7) as Month;
export const firstDayOf = (value: Month): Day => `${value}-01` as Day;
export const addMonths = (value: Month, months: number): Month => {
  const n = Number(value.slice(0, 4)) * 12 + Number(value.slice(5)) - 1 + months;
  return `${String(Math.floor(n / 12)).padStart(4, '0')}-${String((n % 12) + 1).padStart(2, '0')}` as Month;
};
export const lastDayOf = (value: Month): Day => addDays(firstDayOf(addMonths(value, 1)), -1);
/** `to - from` in months. */
export const monthsBetween = (from: Month, to: Month): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5)) - Number(from.slice(5));
/** All months from `from` to `to`, both included. */
export const monthsFromTo = (from: Month, to: Month): Month[] => Array.from({ length: Math.max(0, monthsBetween(from, to) + 1) }, (_, i) => addMonths(from, i));
/** The last month that is complete on the as-of day. */
export const lastFullMonth = (asOf: Day): Month => (lastDayOf(monthOf(asOf)) === asOf ? monthOf(asOf) : addMonths(monthOf(asOf), -1));

const formatters = new Map<string, Intl.DateTimeFormat>();
const formatterOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formatters.set(timeZone, made);
  return made;
};

/** The calendar day of an instant in an IANA zone; DST days are one day like any other. */
export const dayOf = (instant: Date, timeZone: string): Day => {
  if (timeZone === 'UTC') return instant.toISOString().slice(0, 10) as Day;
  return formatterOf(timeZone).format(instant) as Day;
};

/** Whether the runtime knows this IANA zone. */
export const isTimeZone = (timeZone: string): boolean => {
  try {
    formatterOf(timeZone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

/**
 * The instant at which a day starts in a zone. Found by correcting the UTC guess by the zone's
 * offset there, twice, because the first correction may cross a clock change.
 */
export const startOfDay = (value: Day, timeZone: string): Date => new Date(instantOf(Date.parse(`${value}T00:00:00Z`), timeZone));

/** `wallMs`: what the zone's clocks show, written as if it were UTC. An hour that a clock change skips or repeats gets one of its two readings. */
const instantOf = (wallMs: number, timeZone: string): number => {
  let at = wallMs;
  for (let i = 0; i < 2; i++) at = wallMs - offsetMs(new Date(at), timeZone);
  return at;
};

/** Zones change their clocks on quarter hours only, so one reading of the slow formatter serves a quarter of an hour. */
const QUARTER_MS = 900_000;
const perQuarter = <T>(read: (quarterMs: number) => T): ((ms: number) => T) => {
  const known = new Map<number, T>();
  return (ms) => {
    const quarter = Math.floor(ms / QUARTER_MS);
    const found = known.get(quarter);
    if (found !== undefined) return found;
    if (known.size > 50_000) known.clear();
    const fresh = read(quarter * QUARTER_MS);
    known.set(quarter, fresh);
    return fresh;
  };
};

const readers = new Map<string, { dayAt: (ms: number) => Day; shiftAt: (wallMs: number) => number }>();
const readerOf = (timeZone: string) => {
  const known = readers.get(timeZone);
  if (known) return known;
  const made = {
    dayAt: perQuarter((ms) => dayOf(new Date(ms), timeZone)),
    shiftAt: perQuarter((wallMs) => wallMs - instantOf(wallMs, timeZone)),
  };
  readers.set(timeZone, made);
  return made;
};

/** `dayOf` for many instants (milliseconds since 1970): remembers what it read. */
export const dayReader = (timeZone: string): ((ms: number) => Day) => readerOf(timeZone).dayAt;

/** From what a zone's clocks show (written as if it were UTC, in ms) to the instant, for many of them. */
export const wallClockReader = (timeZone: string): ((wallMs: number) => number) => {
  const { shiftAt } = readerOf(timeZone);
  return (wallMs) => wallMs - shiftAt(wallMs);
};

/** The workspace's now: while its as-of day is pinned, the day after it at the present time of day; else `now`. */
export const nowAsOf = (now: Date, pinned: Day | null, timeZone: string): Date => {
  if (!pinned) return now;
  const sinceMidnight = now.getTime() - startOfDay(dayOf(now, timeZone), timeZone).getTime();
  const today = addDays(pinned, 1);
  const end = startOfDay(addDays(today, 1), timeZone).getTime();
  return new Date(Math.min(startOfDay(today, timeZone).getTime() + sinceMidnight, end - 1));
};

const wallFormatters = new Map<string, Intl.DateTimeFormat>();
const wallFormatterOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = wallFormatters.get(timeZone);
  if (known) return known;
  const numeric = 'numeric' as const;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  });
  wallFormatters.set(timeZone, made);
  return made;
};

const offsetMs = (instant: Date, timeZone: string): number => {
  const parts = wallFormatterOf(timeZone).formatToParts(instant);
  const part = (type: string) => Number(parts.find((p) => p.type === type)?.value);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - Math.floor(instant.getTime() / 1000) * 1000;
};

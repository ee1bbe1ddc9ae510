/** Local days by the clock-change rules of three zones, written out by hand: nothing of `Intl`, nothing of `domain/calendar`. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Midnight UTC of the nth Sunday of a month (from 0); -1: the last. */
const sunday = (year: number, month: number, nth: number): number => {
  const sundays = [];
  for (let at = Date.UTC(year, month, 1); at < Date.UTC(year, month + 1, 1); at += DAY) if (new Date(at).getUTCDay() === 0) sundays.push(at);
  return sundays.at(nth) ?? Number.NaN;
};

/** Hours ahead of UTC. The rules hold from 2008 on. */
const offsets = {
  'America/New_York': (at: number, year: number) => (at >= sunday(year, 2, 1) + 7 * HOUR && at < sunday(year, 10, 0) + 6 * HOUR ? -4 : -5),
  'Europe/Berlin': (at: number, year: number) => (at >= sunday(year, 2, -1) + HOUR && at < sunday(year, 9, -1) + HOUR ? 2 : 1),
  // half an hour of summer time, in a summer that spans the new year; it begins and ends at 15:30 and 15:00 UTC of the Saturday
  'Australia/Lord_Howe': (at: number, year: number) => (at >= sunday(year, 9, 0) - 8.5 * HOUR || at < sunday(year, 3, 0) - 9 * HOUR ? 11 : 10.5),
};
export type SlowZone = keyof typeof offsets;
export const slowZones = Object.keys(offsets) as SlowZone[];

/** The instant's day in the zone, in whole days since 1970-01-01. */
export const slowDayOf = (at: number, zone: SlowZone): number => Math.floor((at + offsets[zone](at, new Date(at).getUTCFullYear()) * HOUR) / DAY);

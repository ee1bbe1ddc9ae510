import { wallClockReader } from './calendar.ts';

/**
 * How a file may write a time. `read` answers milliseconds since 1970, null where the text is not in the form.
 * Forms without an offset are read in the workspace's zone; a day alone is its midnight there.
 */
export type TimeForm = 'iso' | 'local' | 'epoch_s' | 'epoch_ms' | 'dmy' | 'mdy';

/** PostgreSQL writes whole hours as +00. */
const OFFSET = /(?:[Zz]|[+-]\d\d(?::?\d\d)?)$/;
const CLOCK = String.raw`(?:[T ,]\s*(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?`;
const YMD = new RegExp(String.raw`^(\d{4})[-/](\d{1,2})[-/](\d{1,2})${CLOCK}$`);
const XXY = new RegExp(String.raw`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})${CLOCK}$`);

/** What a clock shows, written as if it were UTC; null for days and hours that do not exist. */
const wall = (parts: RegExpExecArray | null, year: number, month: number, day: number): number | null => {
  if (!parts) return null;
  const [y, m, d] = [Number(parts[year]), Number(parts[month]), Number(parts[day])];
  const [hour, minute, second] = [Number(parts[4] ?? 0), Number(parts[5] ?? 0), Number(parts[6] ?? 0)];
  if (m < 1 || m > 12 || hour > 23 || minute > 59 || second > 59) return null;
  const at = Date.UTC(y, m - 1, d, hour, minute, second, Number((parts[7] ?? '0').padEnd(3, '0').slice(0, 3)));
  return d >= 1 && new Date(at).getUTCDate() === d ? at : null;
};

/** ISO 8601 with an offset as milliseconds; null for anything else. */
const withOffset = (text: string): number | null => {
  const offset = OFFSET.exec(text)?.[0];
  const at = offset === undefined ? null : wall(YMD.exec(text.slice(0, -offset.length).trimEnd()), 1, 2, 3);
  if (at === null || offset === undefined) return null;
  if (offset.length === 1) return at;
  return at - (offset.startsWith('-') ? -1 : 1) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3).replace(':', ''))) * 60_000;
};

const inZone = (year: number, month: number, day: number, form: RegExp) => (text: string, timeZone: string) => {
  const at = wall(form.exec(text), year, month, day);
  return at === null ? null : wallClockReader(timeZone)(at);
};
const seconds = /^\d{9,11}(\.\d+)?$/;

export const timeForms = {
  iso: { label: 'ISO 8601 with an offset, 2026-11-22T09:30:00Z', read: withOffset },
  local: { label: 'Year first, 2026-11-22 09:30:00, in the workspace’s zone', read: inZone(1, 2, 3, YMD) },
  epoch_ms: { label: 'Milliseconds since 1970', read: (text: string) => (/^\d{12,14}$/.test(text) ? Number(text) : null) },
  epoch_s: { label: 'Seconds since 1970', read: (text: string) => (seconds.test(text) ? Math.round(Number(text) * 1000) : null) },
  dmy: { label: 'Day first, 22.11.2026 09:30', read: inZone(3, 2, 1, XXY) },
  mdy: { label: 'Month first, 11/22/2026 09:30', read: inZone(3, 1, 2, XXY) },
} as const satisfies Record<TimeForm, { label: string; read: (text: string, timeZone: string) => number | null }>;

/** Forms that cannot be mistaken for one another; day-first and month-first can, so they are named or not read. */
const CERTAIN = ['local', 'iso', 'epoch_ms', 'epoch_s'] as const satisfies readonly TimeForm[];

/** Reads a time in the form named, or (null) in whichever of the certain forms fits. */
export const readTime = (text: string, form: TimeForm | null, timeZone: string): number | null => {
  if (form) return timeForms[form].read(text, timeZone);
  for (const one of CERTAIN) {
    const at = timeForms[one].read(text, timeZone);
    if (at !== null) return at;
  }
  return null;
};

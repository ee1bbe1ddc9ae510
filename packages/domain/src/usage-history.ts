import { gapShares } from './clock.ts';
import type { Measures } from './measure.ts';
import type { Starter } from './peer-group.ts';

/** A day on which an account had usage or money. `meters`: those that were active, one bit each; -1: not a usage day. */
export type UsageDay = { readonly day: number; readonly meters: number; readonly value: number };

/** One account's whole past, ascending; `valueTo[i]` adds up everything before row i. */
export type UsageHistory = {
  readonly days: Int32Array;
  readonly valueTo: Float64Array;
  readonly usedDays: Int32Array;
  /** Meters active on each of `usedDays`. */
  readonly meters: readonly number[];
};

/** What of an account is not its usage: the day its age counts from, and the day it reached first value. */
export type Stand = { readonly start: number; readonly reached: number | null };

/** Measures without what is relative to the others. */
export type OwnMeasures = Omit<Measures, 'standing' | 'onboarding'>;

/** From rows in the order of their days, one a day. */
export const usageHistory = (rows: readonly UsageDay[]): UsageHistory => {
  const used = rows.filter((row) => row.meters >= 0);
  const valueTo = new Float64Array(rows.length + 1);
  for (const [i, { value }] of rows.entries()) valueTo[i + 1] = (valueTo[i] ?? 0) + value;
  return {
    days: Int32Array.from(rows, (row) => row.day),
    valueTo,
    usedDays: Int32Array.from(used, (row) => row.day),
    meters: used.map((row) => row.meters),
  };
};

/** The rows it was made from. */
export const usageDays = ({ days, valueTo, usedDays, meters }: UsageHistory): UsageDay[] => {
  const bits = new Map(Array.from(usedDays, (day, i) => [day, meters[i] ?? 0]));
  return Array.from(days, (day, i) => ({ day, meters: bits.get(day) ?? -1, value: (valueTo[i + 1] ?? 0) - (valueTo[i] ?? 0) }));
};

/** How many of the ascending days are on or before `day`. */
const upTo = (days: Int32Array, day: number): number => {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] ?? 0) <= day) low = middle + 1;
    else high = middle;
  }
  return low;
};

const cents = (amount: number): number => Math.round(amount * 100) / 100;

/** Net value of the days in (from, to], rounded to the cent. */
export const valueBetween = ({ days, valueTo }: UsageHistory, from: number, to: number): number =>
  cents((valueTo[upTo(days, to)] ?? 0) - (valueTo[upTo(days, from)] ?? 0));

/** Usage days in (from, to]. */
export const usedBetween = ({ usedDays }: UsageHistory, from: number, to: number): number => upTo(usedDays, to) - upTo(usedDays, from);

const WEEK_ENDS = Array.from({ length: 24 }, (_, i) => 7 * (23 - i));

/** The last 24 seven-day weeks ending on `asOf`, oldest first. */
export const weeksOf = (history: UsageHistory, asOf: number): number[] => WEEK_ENDS.map((end) => valueBetween(history, asOf - end - 7, asOf - end));

/**
 * What SQL says of an account on a complete day, from memory: for walks over hundreds of days. Sums are doubles rounded to the cent.
 * Null when the account had not started by `asOf`. `ticks`: K by day number.
 */
export const measuresOn = (
  history: UsageHistory,
  { start, reached }: Stand,
  asOf: number,
  { ticks, manyMeters }: { ticks: (day: number) => number; manyMeters: boolean },
): { measures: OwnMeasures; net28: number } | null => {
  const { days, usedDays } = history;
  if (start > asOf && (days[0] ?? Infinity) > asOf) return null;
  const usedTo = (ago: number) => upTo(usedDays, asOf - ago);
  const [now, ago28, ago112, ago364] = [usedTo(0), usedTo(28), usedTo(112), usedTo(364)];
  const net = (from: number, to = 0) => valueBetween(history, asOf - from, asOf - to);
  const money = (from: number, to = 0) => Math.max(0, net(from, to));
  const firstDay = now > 0 ? (usedDays[0] ?? null) : null;
  const lastDay = now > 0 ? (usedDays[now - 1] ?? null) : null;
  const yearFirstDay = now > ago364 ? (usedDays[ago364] ?? null) : null;
  const net28 = net(28);
  const measures = {
    asOf,
    firstDay,
    lastDay,
    yearFirstDay,
    ageDays: Math.max(0, asOf - start),
    usageDaysEver: now,
    days28: now - ago28,
    days84: now - usedTo(84),
    days182: now - usedTo(182),
    days364: now - ago364,
    daysPrior84: ago28 - ago112,
    revenue28: Math.max(0, net28),
    revenue84: money(84),
    revenue90: money(90),
    revenue364: money(364),
    revenuePrior84: money(168, 84),
    clockSilent: lastDay === null ? 0 : ticks(asOf) - ticks(lastDay),
    clockSpan: lastDay === null || yearFirstDay === null ? 0 : ticks(lastDay) - ticks(yearFirstDay),
    meters28: manyMeters ? metersIn(history, ago28, now) : null,
    metersPrior84: manyMeters ? metersIn(history, ago112, ago28) : null,
    weeks: null,
    ttfvDays: reached === null || reached > asOf ? null : Math.max(0, reached - start),
  };
  return { measures, net28 };
};

/** Bits go up to 62 and do not fit a 32-bit operation: counted in halves. */
const metersIn = ({ meters }: UsageHistory, from: number, to: number): number => {
  let [low, high] = [0, 0];
  for (let i = from; i < to; i++) {
    const bits = meters[i] ?? 0;
    low |= bits % 2 ** 31;
    high |= Math.floor(bits / 2 ** 31);
  }
  return bitCount(low) + bitCount(high);
};

const bitCount = (bits: number): number => {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
};

/** Usage days of the first 60, as bits (`peer-group.ts`); days after the age it is asked for are never looked at. */
export const starterBits = ({ usedDays }: UsageHistory): Omit<Starter, 'age'> => {
  const first = usedDays[0] ?? 0;
  let [low, high] = [0, 0];
  for (const day of usedDays) {
    const age = day - first;
    if (age >= 60) break;
    if (age < 30) low |= 1 << age;
    else high |= 1 << (age - 30);
  }
  return { low, high };
};

const RHYTHM_DAYS = 13; // six disjoint pairs of gaps

/** The shares an account gives to the regularity of its workspace at grid day g (score.md 4.2). */
export const sharesAt = ({ usedDays }: UsageHistory, grid: number, ticks: (day: number) => number): number[] => {
  const to = upTo(usedDays, grid);
  const from = Math.max(upTo(usedDays, grid - 364), to - RHYTHM_DAYS);
  return gapShares(Float64Array.from(usedDays.subarray(from, to), ticks));
};

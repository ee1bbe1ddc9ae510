import type { AccountPages } from '@tideline/contracts/account-page';
import type { Day } from '@tideline/domain/calendar';
import { ownNormal } from '@tideline/domain/own-normal';
import { meterColour, type MeterSeries } from '../../../../../charts/prepare-meters.ts';
import type { UsageDay } from '../../../../../charts/prepare-usage.ts';
import { exactQuantity, money, quantity, shortDay, type Reader } from '../../../../../ui/format.ts';

type Usage = AccountPages['Usage'];
type Meter = Usage['meters'][number];

/** The place of the first usage day among all days; their count where there is none. */
const firstAt = ({ days, firstDay }: Usage): number => {
  const at = firstDay === null ? -1 : days.findIndex((day) => day >= firstDay);
  return at === -1 ? days.length : at;
};

/** Where the last so many weeks begin; never in the days that are only there for the own normal. */
export const startOf = ({ days, lead }: Usage, weeks: number): number => Math.max(lead, days.length - weeks * 7);

/** The days drawn, each with its own normal. What precedes the first usage is not known. */
export const daysFrom = (usage: Usage, series: readonly string[], start: number): UsageDay[] => {
  const values = series.map(Number);
  const known = firstAt(usage);
  const normal = ownNormal(values, known);
  return usage.days.slice(start).map((day, i) => {
    const at = start + i;
    return { day: day as Day, value: at < known ? null : (values[at] ?? null), normal: normal[at] ?? null };
  });
};

/** What the title of its strip says at the end: how much it is now, or since when nothing. */
const nowWords = (values: readonly number[], days: readonly string[], write: (value: number | null) => string, reader: Reader): string => {
  const last = values.findLastIndex((value) => value > 0);
  if (last === -1) return 'not used';
  const week = values.slice(-7).reduce((sum, value) => sum + value, 0) / 7;
  return last < values.length - 7 ? `none since ${shortDay(days[last] as Day, reader)}` : `${write(week)} a day lately`;
};

/** Meters with anything in them, the one that counts first, each in its colour. */
export const usedMeters = ({ meters }: Usage): Meter[] =>
  meters
    .filter(({ quantity: counts }) => counts.some((value) => Number(value) !== 0))
    .toSorted((a, b) => Number(b.main) - Number(a.main) || a.position - b.position);

/** Each meter over the days drawn, in money or in its own unit. */
export const meterSeries = (usage: Usage, meters: readonly Meter[], start: number, inMoney: boolean, currency: string, reader: Reader): MeterSeries[] => {
  const days = usage.days.slice(start);
  const known = firstAt(usage);
  return meters.map((meter) => {
    const all = ((inMoney ? meter.revenue : null) ?? meter.quantity).map(Number);
    const values = all.slice(start);
    const write = (value: number | null) => (inMoney ? money(value, currency) : `${quantity(value)}${value === null ? '' : ` ${meter.unit}`}`);
    return {
      key: meter.key,
      label: meter.name,
      unit: inMoney ? 'revenue a day' : meter.level ? `${meter.unit}, level` : `${meter.unit} a day`,
      colour: meterColour(meter.position),
      values: values.map((value, i) => (start + i < known ? null : value)),
      normal: ownNormal(all, known)
        .slice(start)
        .map((day) => day?.mid ?? null),
      now: meter.level && !inMoney ? `${exactQuantity(values.at(-1))} ${meter.unit}` : nowWords(values, days, write, reader),
      write,
    };
  });
};

import { days as daysText } from './sentence.ts';
import { type UsageDay, usageDays, usageHistory, type UsageHistory, usedBetween, valueBetween } from './usage-history.ts';

/** A change of usage from tomorrow on, and when it would make the account healthy. */
export type Change = {
  readonly key: ChangeKey;
  readonly label: string;
  /** Days until then, and on how many of them it must be used. Where it never gets there: as far as was looked. */
  readonly days: number;
  readonly usageDays: number;
  /** What health would be shown then. */
  readonly health: number;
  readonly reaches: boolean;
};
export type ChangeKey = 'once' | 'usual' | 'weekdays' | 'more';

/** Looked ahead so far: past a quarter it is another customer. */
export const AHEAD_DAYS = 84;
const YEAR = 364;
const WEEK = 7;
const WEEKDAYS = 5;
/** How much more a day brings under `more`. */
const HALF_MORE = 1.5;

/** How one asks for it: usage days a day, and what a day of use brings as a multiple of its own average. */
type Ask = { readonly key: ChangeKey; readonly label: string; readonly rate: number; readonly factor: number; readonly within: number };

const perWeek = (rate: number): string => {
  const times = Math.max(1, Math.round(rate * WEEK));
  return times === 1 ? 'about a day a week' : `about ${times} days a week`;
};

/** What the account can be asked for: its own normal is that of the 84 days before the last 28, or of the year where those were empty. */
const asksOf = (history: UsageHistory, asOf: number): Ask[] => {
  const before = usedBetween(history, asOf - 112, asOf - 28) / 84 || usedBetween(history, asOf - YEAR, asOf) / YEAR;
  if (before === 0) return [];
  const asks: Ask[] = [
    { key: 'once', label: 'Used once more', rate: 1, factor: 1, within: 1 },
    { key: 'usual', label: `Back to its usual ${perWeek(before)}`, rate: before, factor: 1, within: AHEAD_DAYS },
    { key: 'more', label: `${perWeek(before).replace('about', 'About')}, half as much again each time`, rate: before, factor: HALF_MORE, within: AHEAD_DAYS },
  ];
  if (before < WEEKDAYS / WEEK - 0.05) asks.push({ key: 'weekdays', label: 'Used five days a week', rate: WEEKDAYS / WEEK, factor: 1, within: AHEAD_DAYS });
  return asks;
};

type Judge = {
  readonly history: UsageHistory;
  readonly asOf: number;
  /** Health as shown from a history on a day. */
  readonly health: (history: UsageHistory, day: number) => number | null;
  readonly healthyFrom: number;
};

/** The days of an ask from tomorrow on, evenly spread, the first of them tomorrow. */
export const askedDays = (asOf: number, rate: number, through: number, value: number): UsageDay[] =>
  Array.from({ length: through }, (_, i) => i)
    .filter((i) => i === 0 || Math.floor((i + 1) * rate) > Math.floor(i * rate))
    .map((i) => ({ day: asOf + 1 + i, meters: 1, value }));

/**
 * What would make an account healthy, the cheapest first (least usage, then soonest): for each way to ask, the first day on which
 * its health as judged from the days it would then have had is healthy. What never gets there within 12 weeks comes last, best first. Where
 * one more day is enough nothing else is asked for.
 */
export const cheapestChanges = ({ history, asOf, health, healthyFrom }: Judge): Change[] => {
  const rows = usageDays(history);
  const usedInYear = usedBetween(history, asOf - YEAR, asOf);
  const daily = usedInYear === 0 ? 0 : valueBetween(history, asOf - YEAR, asOf) / usedInYear;
  const changes = asksOf(history, asOf).map(({ key, label, rate, factor, within }): Change => {
    const asked = askedDays(asOf, rate, within, Math.max(0, daily * factor));
    let [best, at] = [0, within];
    for (let day = 1; day <= within; day++) {
      const soFar = usageHistory([...rows, ...asked.filter((one) => one.day <= asOf + day)]);
      const shown = health(soFar, asOf + day) ?? 0;
      if (shown > best) [best, at] = [shown, day];
      if (shown >= healthyFrom) break;
    }
    return { key, label, days: at, usageDays: asked.filter((one) => one.day <= asOf + at).length, health: best, reaches: best >= healthyFrom };
  });
  const once = changes.filter(({ key, reaches }) => key === 'once' && reaches);
  return (once.length > 0 ? once : changes).toSorted(
    (a, b) => Number(b.reaches) - Number(a.reaches) || (a.reaches ? costOf(a) - costOf(b) || a.days - b.days : b.health - a.health),
  );
};

/** Usage a change asks for, in usual days of use. */
const costOf = ({ key, usageDays: used }: Change): number => used * (key === 'more' ? HALF_MORE : 1);

/** "healthy after 9 days, 4 of them in use" */
export const changeWords = ({ days, usageDays: used, reaches, health }: Change): string => {
  if (!reaches) return `${Math.round(health)} at best, after ${daysText(days)}`;
  return days === used ? `healthy after ${daysText(days)}` : `healthy after ${daysText(days)}, ${used} of them in use`;
};

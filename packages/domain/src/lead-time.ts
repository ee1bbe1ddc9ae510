import { usedBetween, type UsageHistory } from './usage-history.ts';

/** Health as shown of one account on the snapshot days, a week apart; NaN where it had none. */
export type WeeklyHealth = { readonly history: UsageHistory; readonly health: ArrayLike<number> };

/** How early an alarm was, over all the times an established account stopped. */
export type LeadTime = {
  /** Accounts that had a rhythm and then were silent for over 90 days. */
  readonly stops: number;
  /** Of them: alarmed at all, by the last usage day, within 28 and within 56 days of it. */
  readonly alarmed: number;
  readonly before: number;
  readonly within28: number;
  readonly within56: number;
  /** Median days from the last usage to the alarm, negative when it came before; null without an alarm. */
  readonly medianDaysAfter: number | null;
  /** Alarms of established accounts in use, and how many were followed by 90 silent days. */
  readonly alarms: number;
  readonly right: number;
};

const STOPPED_DAYS = 90;
const ESTABLISHED = { usageDays: 4, age: 56 };

const isEstablished = (history: UsageHistory, day: number): boolean => {
  const first = history.usedDays[0];
  return first !== undefined && day - first >= ESTABLISHED.age && usedBetween(history, first - 1, day) >= ESTABLISHED.usageDays;
};

/** The last usage day before each silence of over 90 days that is over by `through`, or still lasts. */
const stopsOf = ({ usedDays }: UsageHistory, through: number): number[] =>
  Array.from(usedDays).filter((day, i) => day <= through && Math.min(usedDays[i + 1] ?? through, through) - day > STOPPED_DAYS);

/**
 * Lead time of alarms at a threshold of health (score.md 2): the alarm of a stop is the start of the run that still stands 90 days
 * after the last usage. `weeks`: the snapshot days, ascending; `through`: the last day whose usage is known.
 */
export const leadTime = (accounts: Iterable<WeeklyHealth>, weeks: readonly number[], threshold: number, through: number): LeadTime => {
  const told = { stops: 0, alarms: 0, right: 0 };
  const after: number[] = [];
  const [from, to] = [weeks[0] ?? 0, weeks.at(-1) ?? 0];
  for (const { history, health } of accounts) {
    const isOn = (week: number) => (health[week] ?? Number.NaN) < threshold;
    for (const stop of stopsOf(history, through)) {
      if (stop < from || stop + STOPPED_DAYS > to || !isEstablished(history, stop)) continue;
      told.stops++;
      let week = weeks.findLastIndex((day) => day <= stop + STOPPED_DAYS);
      if (!isOn(week)) continue;
      while (week > 0 && isOn(week - 1)) week--;
      after.push((weeks[week] ?? 0) - stop);
    }
    for (const [week, day] of weeks.entries()) {
      if (!isOn(week) || (week > 0 && isOn(week - 1)) || day + STOPPED_DAYS > through) continue;
      if (!isEstablished(history, day) || usedBetween(history, day - STOPPED_DAYS, day) === 0) continue;
      told.alarms++;
      if (usedBetween(history, day, day + STOPPED_DAYS) === 0) told.right++;
    }
  }
  const sorted = after.toSorted((a, b) => a - b);
  const by = (days: number) => sorted.filter((late) => late <= days).length;
  return { ...told, alarmed: sorted.length, before: by(0), within28: by(28), within56: by(56), medianDaysAfter: sorted[sorted.length >> 1] ?? null };
};

import { addDays, type Day, dayOf } from './calendar.ts';

/** A workspace's place in time. */
export type Place = { readonly timezone: string; readonly asOfPin: Day | null };

/** The as-of day D: the day the workspace is pinned to, else the last complete day of its zone. Today is the day after. */
export const asOfDay = ({ timezone, asOfPin }: Place, now: Date): Day => asOfPin ?? addDays(dayOf(now, timezone), -1);

/** The unfinished day: where usage counts at once and absence does not count yet. */
export const todayOf = (place: Place, now: Date): Day => addDays(asOfDay(place, now), 1);

import type { Day } from './calendar.ts';
import { daysBetween } from './calendar.ts';
import type { Why } from './reason.ts';
import type { Segment } from './segment.ts';

/** Segments that ask for somebody by themselves; an open alert asks for any account. */
export const askingSegments: readonly Segment[] = ['churn_risk', 'expansion_candidate', 'onboarding_laggard'];

/** A row that was handled comes back at the latest after this many days: what has not got better by then needs a second look. */
export const DONE_DAYS = 28;
/** … and at once when health fell this far below what it was. */
export const DONE_FALL = 10;

/** What stood in the row when somebody marked it done. */
export type Done = { readonly day: Day; readonly segment: string; readonly why: string; readonly health: number | null };
/** `alertSince`: an alert opened after it was marked. */
export type Since = { readonly today: Day; readonly segment: string; readonly why: string; readonly health: number | null; readonly alertSince: boolean };

/** One that had gone quiet and is back does not come up again for it: that is what was hoped for. */
export const WENT = 'gone_quiet' satisfies Why;
export const BACK = 'active_again' satisfies Why;

/** Whether a row marked done stays out of the list: until something new happens. The list's SQL says the same; a test holds them together. */
export const staysDone = (done: Done, now: Since): boolean =>
  done.segment === now.segment &&
  (done.why === now.why || (done.why === WENT && now.why === BACK)) &&
  !now.alertSince &&
  daysBetween(done.day, now.today) < DONE_DAYS &&
  (done.health === null || now.health === null || now.health > done.health - DONE_FALL);

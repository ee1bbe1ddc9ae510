import { addDays, type Day } from './calendar.ts';

export type SnoozeReason = 'waiting_for_customer' | 'meeting_planned' | 'seasonal' | 'known_change' | 'other';

/** Why somebody puts an account or alert aside; `days` is the date offered first. */
export const snoozeReasons = {
  waiting_for_customer: { label: 'Waiting for the customer', days: 7 },
  meeting_planned: { label: 'Meeting planned', days: 7 },
  seasonal: { label: 'Seasonal, comes back by itself', days: 30 },
  known_change: { label: 'Known change on their side', days: 14 },
  other: { label: 'Other', days: 7 },
} as const satisfies Record<SnoozeReason, { label: string; days: number }>;

/** Longer than a quarter is not put aside but forgotten. */
export const SNOOZE_DAYS = 92;

/** Why a snooze is refused, as the sentence to show; null when it may be made. "Other" needs words. */
export const snoozeProblem = (until: Day, reason: SnoozeReason, note: string, today: Day): string | null => {
  if (until <= today) return 'Choose a day after today';
  if (until > addDays(today, SNOOZE_DAYS)) return `Choose a day within the next ${SNOOZE_DAYS} days`;
  return reason === 'other' && note.trim() === '' ? 'Say why in a few words' : null;
};

/** Whether it is still put aside: it is back on the morning of `until`. */
export const isSnoozed = (until: Day | null, today: Day): boolean => until !== null && today < until;

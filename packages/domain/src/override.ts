import { addDays, type Day } from './calendar.ts';
import type { Band } from './health.ts';

/** Longer than half a year is no exception but another model. */
export const OVERRIDE_DAYS = 184;
/** So long after it was set it is held against what happened. */
export const VERDICT_DAYS = 90;

/** Why an override is refused, as the sentence to show; null when it may be made. */
export const overrideProblem = (until: Day, reason: string, today: Day): string | null => {
  if (reason.trim() === '') return 'Say why: colleagues read it beside the score';
  if (until <= today) return 'Choose a day after today';
  return until > addDays(today, OVERRIDE_DAYS) ? `Choose a day within the next ${OVERRIDE_DAYS} days` : null;
};

/** What became of the account in the 90 days after: trouble is silence, or less than half the revenue. */
export type Verdict = { readonly trouble: boolean; readonly person: boolean; readonly model: boolean | null };

/** Whether the person, and the model on the day, were right: who says "at risk" is right when trouble came, everybody else when it did not. */
export const verdictOf = (said: Band, model: Band | null, trouble: boolean): Verdict => {
  const right = (band: Band): boolean => (band === 'at_risk') === trouble;
  return { trouble, person: right(said), model: model === null ? null : right(model) };
};

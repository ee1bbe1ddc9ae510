/** Whether something that sends has fallen silent, told by its own past. */
export type IntakeGap = {
  /** Hours since the last event, whole ones. */
  readonly silentHours: number;
  /** The longest it was silent before, in the hours looked at. */
  readonly longestHours: number;
  readonly silent: boolean;
};

const HOUR_MS = 3_600_000;
/** Fewer hours with events say nothing about what is usual. */
const ENOUGH_HOURS = 12;
const AT_LEAST_HOURS = 2;
const BEYOND = 2;

/**
 * A source is silent when it has sent nothing for more than twice as long as ever in the hours given (starts of hours
 * with events, ms, ascending), and for two hours at least. One with little past is never called silent.
 */
export const intakeGap = (hours: readonly number[], nowMs: number): IntakeGap => {
  const last = hours.at(-1) ?? nowMs;
  const silentHours = Math.max(0, Math.floor((nowMs - last) / HOUR_MS));
  let longestHours = 1;
  for (const [i, at] of hours.entries()) longestHours = Math.max(longestHours, Math.round((at - (hours[i - 1] ?? at)) / HOUR_MS));
  return { silentHours, longestHours, silent: hours.length >= ENOUGH_HOURS && silentHours >= AT_LEAST_HOURS && silentHours > BEYOND * longestHours };
};

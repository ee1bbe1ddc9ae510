/**
 * Whether it is the pipe that fell silent, not the accounts: so few of those usually active on such a day were, that all of
 * them leaving at once is the less likely story (docs/decisions/0010).
 */

/** Same weekdays before a day that it is compared with. */
export const REFERENCE_WEEKS = 8;
/** Fewer of them say nothing about what is usual. */
const ENOUGH_WEEKS = 4;
/** Fewer accounts may be silent together by chance. */
const FEWEST = 5;
/** Of what is usual: a public holiday leaves more. */
const OF_USUAL = 0.25;
/** Of the second quietest of the days compared with: a business whose Fridays vary is given more room. One day may be an exception. */
const OF_QUIET = 0.5;

export type DayActivity = { readonly active: number; readonly usual: number };
export type Silence = 'silent' | 'flowing' | 'unknown';

/** The days a day is compared with, the nearest first. */
export const referenceDays = (day: number): number[] => Array.from({ length: REFERENCE_WEEKS }, (_, i) => day - 7 * (i + 1));

const middle = (sorted: readonly number[]): number => {
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
};

/** How many accounts were active beside how many usually are; null: too little past. `references` without days that are no measure. */
export const activityOf = (active: number, references: readonly number[]): DayActivity | null =>
  references.length < ENOUGH_WEEKS ? null : { active, usual: middle(references.toSorted((a, b) => a - b)) };

/**
 * Judges a complete day of a workspace, a meter or the accounts behind one sender: silent when fewer than a quarter of the usual
 * accounts were active, and fewer than half of those on the second quietest day compared with. Unknown where at most four usually are.
 */
export const silenceOf = (active: number, references: readonly number[]): Silence => {
  const usual = activityOf(active, references)?.usual ?? 0;
  if (usual < FEWEST) return 'unknown';
  const quiet = references.toSorted((a, b) => a - b)[1] ?? 0;
  return active < OF_USUAL * usual && active < OF_QUIET * quiet ? 'silent' : 'flowing';
};

/** One day of several, in order. */
export type JudgedDaySilence = { readonly day: number; readonly silence: Silence };

/**
 * The first of the days (complete, in order) at which closing has to wait: a silent one, after which nothing flowed yet. Once a
 * later day flows the pipe stands again, and what is missing by then counts as it is. Null: none.
 */
export const waitsFrom = (days: readonly JudgedDaySilence[]): number | null => {
  const flowed = days.findLastIndex(({ silence }) => silence === 'flowing');
  return days.find(({ silence }, i) => silence === 'silent' && i > flowed)?.day ?? null;
};

/** What the days of a workspace, a meter or a sender are judged by. */
export type DayCounts = {
  /** Active accounts of a day. */
  readonly active: (day: number) => number;
  /** Whether a day says what is usual: not before the first usage, not in a gap that stayed. */
  readonly isMeasure: (day: number) => boolean;
};

/** Judges complete days in order; what is silent among them is no measure for those after it. */
export const silences = ({ active, isMeasure }: DayCounts, days: readonly number[]): (JudgedDaySilence & DayActivity)[] => {
  const missing = new Set<number>();
  return days.map((day) => {
    const references = referenceDays(day).flatMap((on) => (isMeasure(on) && !missing.has(on) ? [active(on)] : []));
    const found = active(day);
    const silence = silenceOf(found, references);
    if (silence === 'silent') missing.add(day);
    return { day, silence, active: found, usual: activityOf(found, references)?.usual ?? 0 };
  });
};

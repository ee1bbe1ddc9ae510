import { percent } from './sentence.ts';

/** Where an account stands in the term of its commitment, as of a day. */
export type PaceSums = {
  /** Consumed ÷ planned by then on a straight line (metrics.md). */
  readonly pace: number;
  /** Days of the term gone, the first included. */
  readonly elapsedDays: number;
};

/** Nothing is read into the first days of a term. */
const SETTLED_DAYS = 30;
const FULL_AT = 0.9;
const NOTHING_AT = 0.4;

/** 100 from nine tenths of plan on, nothing at four tenths, linear between (score.md 4.7). Fast burn is no risk. Null in the first 30 days. */
export const paceScore = ({ pace, elapsedDays }: PaceSums): number | null =>
  elapsedDays < SETTLED_DAYS ? null : 100 * Math.min(1, Math.max(0, (pace - NOTHING_AT) / (FULL_AT - NOTHING_AT)));

export const paceSentence = ({ pace, elapsedDays }: PaceSums): string => {
  if (elapsedDays < SETTLED_DAYS) return `Day ${elapsedDays} of its term: too early to compare with plan`;
  if (pace >= FULL_AT) return pace > 1.15 ? `Burned ${percent(pace - 1)} more than planned by now` : 'Burns its commitment as planned';
  return `Burned ${percent(pace)} of what was planned by now`;
};

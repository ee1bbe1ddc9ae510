import { usedBetween, type UsageHistory, valueBetween } from './usage-history.ts';

/** What an account did after a day, and whether it was in use before it (score.md 2). Money of the horizon before and after the day. */
export type Outcome = {
  /** Usage in the 90 and in the 180 days up to the day: who an evaluation is about. */
  readonly inUse90: boolean;
  readonly inUse180: boolean;
  /** No usage day in the horizon. */
  readonly silent: boolean;
  readonly contraction: boolean;
  readonly expansion: boolean;
  readonly prior: number;
  readonly next: number;
};

const HALVED = 0.5;
const GROWN = 1.2;

/** What became of an account in (day, day + horizon]. The history must reach that far. */
export const outcomeOf = (history: UsageHistory, day: number, horizon: number): Outcome => {
  const silent = usedBetween(history, day, day + horizon) === 0;
  const [prior, next] = [valueBetween(history, day - horizon, day), valueBetween(history, day, day + horizon)];
  return {
    inUse90: usedBetween(history, day - 90, day) > 0,
    inUse180: usedBetween(history, day - 180, day) > 0,
    silent,
    contraction: prior > 0 ? next < HALVED * prior : silent,
    expansion: !silent && next > GROWN * Math.max(prior, 0),
    prior,
    next,
  };
};

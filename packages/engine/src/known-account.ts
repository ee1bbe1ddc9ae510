import { readClock } from '@tideline/db/write/clock';
import type { Scoring } from '@tideline/db/read/scoring';
import { lateDays, readHistories } from '@tideline/db/read/usage-history';
import type { WorkspaceTx } from '@tideline/db/workspace';
import { type Day, dayNumber } from '@tideline/domain/calendar';
import { KnownHistory } from '@tideline/domain/known-history';
import type { Measures } from '@tideline/domain/measure';
import { measuresOn, type Stand, usageDays, type UsageHistory } from '@tideline/domain/usage-history';

/** Measures of an account but for what ranks it among others. */
export type Ranked = Pick<Measures, 'standing' | 'onboarding'>;

/** One account's past, as it is known now and as it was known on a day. */
export type KnownAccount = {
  readonly stand: Stand;
  /** K by day number, as it is known now. */
  readonly ticks: (day: number) => number;
  /** As known on a day. Days must be asked for in order; null: as known now. */
  readonly on: (day: Day | null) => UsageHistory;
  /** Null where it had not started by the day. */
  readonly measures: (history: UsageHistory, day: Day, ranked: Ranked) => Measures | null;
};

/** Reads an account's days up to `through`; null where there is no such account, or nothing was ever used in the workspace. */
export const knownAccount = async (
  tx: WorkspaceTx,
  id: string,
  through: Day,
  scoring: Pick<Scoring, 'priced' | 'manyMeters'>,
): Promise<KnownAccount | null> => {
  const [account] = await readHistories(tx, through, scoring, id);
  const clock = await readClock(tx);
  if (!account || !clock) return null;
  const late = await lateDays(tx, through, scoring, id);
  const walk = late.length === 0 ? null : new KnownHistory(usageDays(account.history), late);
  return {
    stand: account.stand,
    ticks: clock.ticks,
    on: (day) => (day === null || walk === null ? account.history : walk.on(dayNumber(day)).history),
    measures: (history, day, ranked) => {
      const own = measuresOn(history, account.stand, dayNumber(day), { ticks: clock.ticks, manyMeters: scoring.manyMeters });
      return own && { ...own.measures, ...ranked };
    },
  };
};

import type { Scoring } from '@tideline/db/read/scoring';
import type { WorkspaceTx } from '@tideline/db/workspace';
import type { Clock } from '@tideline/db/write/clock';
import { storedDays } from './day-source.ts';
import type { DayWork } from './judge-day.ts';
import { othersOn } from './other-signal.ts';

/** What is read of a day from the database as it stands. */
export const dayWork = (tx: WorkspaceTx, scoring: Scoring, clock: Clock): Pick<DayWork, 'scoring' | 'source' | 'others'> => ({
  scoring,
  source: storedDays(tx, scoring, clock),
  others: (day) => othersOn(tx, scoring, day),
});

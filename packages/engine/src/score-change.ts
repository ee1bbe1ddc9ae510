import type { Day } from '@tideline/domain/calendar';
import type { Segment } from '@tideline/domain/segment';

/** What alert rules look at: health as shown (null: too early for one) and the segment. */
export type Judged = { readonly health: number | null; readonly segment: Segment };

/** One account judged again: the fact that alerts are decided on. */
export type ScoreChange = {
  readonly accountId: string;
  /** null at first sight: the account had no score before. */
  readonly before: Judged | null;
  readonly after: Judged;
  /** Why it stands where it does, as triage says it in one plain sentence (`plainText`); null when there is none. */
  readonly reason: () => string | null;
  /** The day judged: the closed day, or today when `live`. */
  readonly day: Day;
  /** Between day closes, because usage arrived. */
  readonly live: boolean;
  /** Part of the history filled in after an import: fires nothing. */
  readonly backfilled: boolean;
  /** Nothing to compare with: fires nothing. */
  readonly firstSight: boolean;
  /** The day was closed more than a day after its end: alerts come as one digest. */
  readonly late: boolean;
};

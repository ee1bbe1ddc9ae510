import type { Triage, triageOperations } from '@tideline/contracts/triage';
import { currentCommitments, triageFacts, weeklyUsage, type CurrentCommitment, type TriageFacts } from '@tideline/db/read/triage-facts';
import type { WorkspaceTx } from '@tideline/db/workspace';
import { dayNumber, type Day } from '@tideline/domain/calendar';
import { burnDown } from '@tideline/domain/commitment';
import { reasons } from '@tideline/domain/reason';
import { knownWeeks, sparkOf, SPARK_WEEKS } from '@tideline/domain/spark';
import type { ReplyOf } from '@tideline/contracts/operation';
import type { Setting } from './triage-query.ts';

/** A row before the reply is checked: texts as they come from the database. */
export type ReplyRow = ReplyOf<(typeof triageOperations)['listTriage']>['items'][number];

/** Heading of a group; a reason this version does not know stands under its own code. */
export const headingOf = (why: string): string => (why in reasons ? reasons[why as keyof typeof reasons].heading : why);

const NOTHING = Array.from({ length: SPARK_WEEKS }, () => 0);

/** Days since first usage on the last closed day, the first included; 0 when never used or only today. */
export const tenureOn = (firstDay: number | null, closed: Day | null): number =>
  firstDay === null || closed === null ? 0 : Math.max(0, dayNumber(closed) - firstDay + 1);

/** Where the account's commitment stands; shares for display. */
export const commitmentOf = (current: CurrentCommitment | undefined, closed: Day | null): Triage['Row']['commitment'] => {
  if (!current || !closed) return null;
  const { burned, elapsed, state } = burnDown(current, current.consumed, '0', closed);
  return { used: burned ?? 0, plan: elapsed, pace: state };
};

const change = (now: number | null, then: number | null): number | null => (now === null || then === null ? null : now - then);

const rowOf = (facts: TriageFacts, weeks: number[] | undefined, commitment: CurrentCommitment | undefined, closed: Day | null): ReplyRow => {
  const {
    ownerId,
    ownerName,
    health28,
    health7,
    touchedOn,
    touchKind,
    snoozedUntil,
    snoozeReason,
    doneOn,
    doneBy,
    saidBand,
    saidUntil,
    saidReason,
    saidBy,
    firstDay,
    pSilent: _,
    needsYou: __,
    ...rest
  } = facts;
  return {
    ...rest,
    owner: ownerId === null ? null : { id: ownerId, name: ownerName ?? '' },
    delta28: change(facts.health, health28),
    delta7: change(facts.health, health7),
    spark: sparkOf(weeks ?? NOTHING, knownWeeks(tenureOn(firstDay, closed))),
    heading: headingOf(facts.why),
    lastTouch: touchedOn === null || touchKind === null ? null : { day: touchedOn, kind: touchKind },
    commitment: commitmentOf(commitment, closed),
    snoozed: snoozedUntil === null ? null : { until: snoozedUntil, reason: snoozeReason ?? '' },
    done: doneOn === null ? null : { day: doneOn, by: doneBy },
    override: saidBand === null || saidUntil === null ? null : { band: saidBand, until: saidUntil, reason: saidReason ?? '', by: saidBy },
    scoredAt: facts.scoredAt.toISOString(),
  };
};

/** Rows of these accounts in the order of `ids`; those that are not in this person's triage are absent. */
export const rowsOf = async (tx: WorkspaceTx, { view, priced }: Setting, ids: readonly string[]): Promise<ReplyRow[]> => {
  if (ids.length === 0) return [];
  const facts = new Map((await triageFacts(tx, view, ids)).map((row) => [row.id, row]));
  const weeks = await weeklyUsage(tx, view.closed, ids, priced);
  const commitments = await currentCommitments(tx, view.closed, ids);
  return ids.flatMap((id) => {
    const row = facts.get(id);
    return row ? [rowOf(row, weeks.get(id), commitments.get(id), view.closed)] : [];
  });
};

import { setImmediate } from 'node:timers/promises';
import { type Day, dayFromNumber, dayNumber } from '@tideline/domain/calendar';
import { regularityDay } from '@tideline/domain/clock';
import { type Before, type Bench, benchOf, judge, type Judgement, judgeWeeks, type Words, wordsOf } from '@tideline/domain/judgement';
import type { Relative } from '@tideline/domain/measure';
import { medianFirstValue, onboardingCounts, onboardingIn, type PeerGroup, standingIn, standingPeers, type Starter } from '@tideline/domain/peer-group';
import { asksGrowth } from '@tideline/domain/segment';
import { plainText } from '@tideline/domain/sentence';
import type { Scoring } from '@tideline/db/read/scoring';
import type { ClosedDay } from '@tideline/db/write/day-close';
import type { JudgedAccount } from '@tideline/db/write/score';
import type { AccountSignal, Past } from '@tideline/db/write/signal';
import type { DaySource } from './day-source.ts';
import type { OthersOf } from './other-signal.ts';
import type { ScoreChange } from './score-change.ts';

/** One account of a day: what was read of it, what it was, what it is now. */
export type Judged = JudgedAccount & { readonly live: boolean; readonly was: Before | null };
/** What is said about an account. */
export type Say = (account: Pick<Judged, 'accountId' | 'judgement'>) => Words;

/** What days judged one after the other share. */
export type DayWork = {
  readonly scoring: Pick<Scoring, 'milestoneSet' | 'model'>;
  readonly source: DaySource;
  /** What the model weighs beside usage, as of a day. */
  readonly others: (day: Day) => Promise<OthersOf>;
  /** How each account stood before. */
  readonly states: ReadonlyMap<string, Before>;
  /** k and the grid day it was taken on. */
  k: { grid: number; value: number } | null;
};

export type JudgedDay = { readonly closed: ClosedDay; readonly bench: Bench; readonly accounts: Judged[] };

/**
 * Judges every account on a complete day: measures, then what is relative to all of them, then one verdict each. The same path
 * for a day close and for each day of a backfill.
 */
export const judgeDay = async (work: DayWork, day: Day): Promise<JudgedDay> => {
  const { scoring, source } = work;
  const signals = await source.signals(day);
  const live = signals.filter((signal) => signal.live);
  const { peers, vbar } = standingPeers(live.map(({ own }) => own));
  const group: PeerGroup = { peers, onboarding: onboardingCounts(await startersOf(source, live, day)) };
  const medianTtfvDays = scoring.milestoneSet ? medianFirstValue(live.map(({ own }) => own)) : null;
  const relative: Relative = { k: await regularityOn(work, day), vbar, milestoneSet: scoring.milestoneSet, medianTtfvDays };
  const bench = benchOf(scoring.model.config, relative);
  const others = await work.others(day);
  const atHand = Promise.resolve(source.weeksAtHand(day));
  await setImmediate(); // PostgreSQL carries the weeks while this process judges
  const weeksOf = async (ids: readonly string[]) => {
    const kept = await atHand;
    const rest = ids.filter((id) => !kept.has(id));
    return rest.length === 0 ? kept : new Map([...kept, ...(await source.weeks(day, rest))]);
  };
  const judging = judgeSignals(signals, { bench, group, closing: true, others, wasOf: (id) => work.states.get(id) ?? null, weeksOf });
  const [accounts] = await Promise.all([judging, atHand]);
  return { closed: { day, relative, group }, bench, accounts };
};

type Verdicts = {
  readonly bench: Bench;
  readonly group: PeerGroup;
  /** On a complete day segments walk. */
  readonly closing: boolean;
  readonly others: OthersOf;
  readonly wasOf: (accountId: string) => Before | null;
  readonly weeksOf: (accountIds: readonly string[]) => Promise<ReadonlyMap<string, number[]>>;
};
const NO_WEEKS: readonly number[] = Array.from({ length: 24 }, () => 0);

/** One verdict each. Weeks are read for those alone that the growth door is asked for. */
export const judgeSignals = async (signals: readonly AccountSignal[], by: Verdicts): Promise<Judged[]> => {
  const { bench, closing } = by;
  const judged = signals.map((signal) => judgeSignal(signal, by));
  const asking = judged.flatMap(({ judgement: { components, score } }, i) => (asksGrowth({ components, shown: score.shown }, bench.rules) ? [i] : []));
  if (asking.length === 0) return judged;
  const weeks = await by.weeksOf(asking.map((i) => signals[i]?.accountId ?? ''));
  for (const i of asking) {
    const one = judged[i];
    if (one) judged[i] = { ...one, judgement: judgeWeeks(one.judgement, weeks.get(one.accountId) ?? NO_WEEKS, bench, one.was, closing) };
  }
  return judged;
};

const judgeSignal = (signal: AccountSignal, { bench, group, closing, others, wasOf }: Verdicts): Judged => {
  const was = wasOf(signal.accountId);
  const { own } = signal;
  const tenure = own.firstDay === null ? Infinity : own.asOf - own.firstDay + 1;
  const measures = {
    ...own,
    standing: standingIn(group, own.revenue364),
    onboarding: onboardingIn(group, tenure, own.usageDaysEver),
    ...(others && { others: others(signal.accountId) }),
  };
  const judgement = judge(measures, signal.netRevenue28, bench, was, closing);
  return { accountId: signal.accountId, live: signal.live, was, before: was?.state.segment ?? null, judgement };
};

/** What is said about each judgement, pressing by how the account stood. */
export const wording =
  (bench: Bench, pasts: ReadonlyMap<string, Past>): Say =>
  ({ accountId, judgement }) => {
    const past = pasts.get(accountId);
    const health = judgement.score.shown ?? 0;
    return wordsOf(judgement, bench, { healthFall7: (past?.health7 ?? health) - health, overdue: past?.overdue ?? false, exhaustionInDays: null });
  };

type Circumstance = Pick<ScoreChange, 'day' | 'live' | 'backfilled' | 'late'>;

/** What alert rules look at, of live accounts only; the reason is put into words where something fires. `wasHealth`: health as shown before. */
export const changesOf = (accounts: readonly Judged[], say: Say, circumstance: Circumstance, wasHealth: (accountId: string) => number | null): ScoreChange[] =>
  accounts
    .filter(({ live }) => live)
    .map((account) => ({
      accountId: account.accountId,
      before: account.was === null ? null : { health: wasHealth(account.accountId), segment: account.was.state.segment },
      after: afterOf(account.judgement),
      reason: () => plainText(say(account).reason.sentence),
      firstSight: account.was === null,
      ...circumstance,
    }));

const afterOf = ({ score, state }: Judgement): ScoreChange['after'] => ({ health: score.shown, segment: state.segment });

const startersOf = async (source: DaySource, live: readonly AccountSignal[], day: Day): Promise<Starter[]> => {
  const recent = live.flatMap(({ accountId, own }) => (own.firstDay === null || own.firstDay <= own.asOf - 364 ? [] : [{ accountId, first: own.firstDay }]));
  const bits = await source.starters(recent);
  return recent.map(({ accountId, first }) => ({ age: dayNumber(day) - first + 1, low: 0, high: 0, ...bits.get(accountId) }));
};

const regularityOn = async (work: DayWork, day: Day): Promise<number> => {
  const grid = regularityDay(work.source.firstDay(), dayNumber(day));
  if (work.k?.grid !== grid) work.k = { grid, value: await work.source.regularity(dayFromNumber(grid)) };
  return work.k.value;
};

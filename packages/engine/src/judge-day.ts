import { type Day, dayFromNumber, dayNumber } from '@tideline/domain/calendar';
import { regularityDay } from '@tideline/domain/clock';
import { type Before, type Bench, benchOf, type Judgement, type Words, wordsOf } from '@tideline/domain/judgement';
import type { Relative } from '@tideline/domain/measure';
import { medianFirstValue, onboardingCounts, type PeerGroup, standingPeers, type Starter } from '@tideline/domain/peer-group';
import { plainText } from '@tideline/domain/sentence';
import type { Scoring } from '@tideline/db/read/scoring';
import type { ClosedDay } from '@tideline/db/write/day-close';
import type { AccountSignal, Past } from '@tideline/db/write/signal';
import type { DaySource } from './day-source.ts';
import type { OthersOf } from './other-signal.ts';
import type { ScoreChange } from './score-change.ts';
import { allOf, type Judged, type Verdicts, verdictsOn } from './verdict.ts';

/** What is said about an account. */
export type Say = (account: Pick<Judged, 'accountId' | 'judgement'>) => Words;

type States = Pick<ReadonlyMap<string, Before>, 'get'>;

/** What days judged one after the other share. */
export type DayWork = {
  readonly scoring: Pick<Scoring, 'milestoneSet' | 'model'>;
  readonly source: DaySource;
  /** What the model weighs beside usage, as of a day. */
  readonly others: (day: Day) => Promise<OthersOf>;
  /** How each account stood before. */
  readonly states: States | Promise<States>;
  /** k and the grid day it was taken on. */
  k: { grid: number; value: number } | null;
};

/** A day whose accounts are judged as they are asked for. */
export type JudgingDay = { readonly closed: ClosedDay; readonly bench: Bench; readonly verdicts: Verdicts };
export type JudgedDay = { readonly closed: ClosedDay; readonly bench: Bench; readonly accounts: Judged[] };

/**
 * Judges every account on a complete day: measures, then what is relative to all of them, then one verdict each, page by page while the
 * pages before are written. The same path for a day close and for each day of a backfill. `held`: whom a fault of the data holds is measured
 * like everybody, but not judged.
 */
export const judgingDay = async (work: DayWork, day: Day, held: ReadonlySet<string> = new Set()): Promise<JudgingDay> => {
  const { scoring, source } = work;
  const [signals, states] = await Promise.all([source.signals(day), work.states]);
  const live = signals.filter((signal) => signal.live);
  const { peers, vbar } = standingPeers(live.map(({ own }) => own));
  const group: PeerGroup = { peers, onboarding: onboardingCounts(await startersOf(source, live, day)) };
  const medianTtfvDays = scoring.milestoneSet ? medianFirstValue(live.map(({ own }) => own)) : null;
  const relative: Relative = { k: await regularityOn(work, day), vbar, milestoneSet: scoring.milestoneSet, medianTtfvDays };
  const bench = benchOf(scoring.model.config, relative);
  const by = { bench, group, closing: true, others: await work.others(day), wasOf: (id: string) => states.get(id) ?? null };
  const due = held.size === 0 ? signals : signals.filter(({ accountId }) => !held.has(accountId));
  return {
    closed: { day, relative, group },
    bench,
    verdicts: verdictsOn(due, by, { atHand: () => source.weeksAtHand(day), of: (ids) => source.weeks(day, ids) }),
  };
};

/** The same, all at once. */
export const judgeDay = async (work: DayWork, day: Day): Promise<JudgedDay> => {
  const { verdicts, ...judged } = await judgingDay(work, day);
  return { ...judged, accounts: await allOf(verdicts) };
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

import { setImmediate } from 'node:timers/promises';
import { type Before, type Bench, judge, judgeWeeks } from '@tideline/domain/judgement';
import { onboardingIn, type PeerGroup, standingIn } from '@tideline/domain/peer-group';
import { asksGrowth } from '@tideline/domain/segment';
import { type JudgedAccount, pagesOf } from '@tideline/db/write/score';
import type { AccountSignal } from '@tideline/db/write/signal';
import type { OthersOf } from './other-signal.ts';

/** One account of a day: what was read of it, what it was, what it is now. */
export type Judged = JudgedAccount & { readonly live: boolean; readonly was: Before | null };

/** Judgements page by page: `ready` as they are asked for, then, in `late`, those whose weeks had to be read. `given`: those of both so far. */
export type Verdicts = { readonly ready: () => AsyncGenerator<Judged[]>; readonly late: () => AsyncGenerator<Judged[]>; readonly given: readonly Judged[] };

type By = {
  readonly bench: Bench;
  readonly group: PeerGroup;
  /** On a complete day segments walk. */
  readonly closing: boolean;
  readonly others: OthersOf;
  readonly wasOf: (accountId: string) => Before | null;
};
type Weeks = ReadonlyMap<string, number[]>;
/** The last 24 weeks: those at hand, and those of others that are asked for. */
type WeeksBy = { readonly atHand: () => Weeks | Promise<Weeks>; readonly of: (accountIds: readonly string[]) => Weeks | Promise<Weeks> };
const NO_WEEKS: readonly number[] = Array.from({ length: 24 }, () => 0);

/**
 * One verdict each. Weeks are read for those alone that the growth door is asked for. While PostgreSQL brings the ones at hand, this process
 * judges as far as it gets; while it writes a page, the next is judged.
 */
export const verdictsOn = (signals: readonly AccountSignal[], by: By, weeksBy: WeeksBy): Verdicts => {
  const waiting: Judged[] = [];
  const given: Judged[] = [];
  const give = (page: Judged[]): Judged[] => {
    given.push(...page);
    return page;
  };
  const settled = (page: readonly Judged[], weeks: Weeks): Judged[] =>
    page.flatMap((one) => {
      if (!asks(one, by)) return one;
      const found = weeks.get(one.accountId);
      if (!found) waiting.push(one);
      return found ? withWeeks(one, found, by) : [];
    });
  return {
    given,
    ready: async function* () {
      const atHand = Promise.resolve(weeksBy.atHand());
      const ahead: Judged[][] = [];
      let weeks: Weeks | null = null;
      for (const page of pagesOf(signals)) {
        ahead.push(page.map((signal) => judgeSignal(signal, by)));
        weeks ??= await Promise.race([atHand, setImmediate(null)]);
        if (weeks) for (const judged of ahead.splice(0)) yield give(settled(judged, weeks));
      }
      for (const judged of ahead) yield give(settled(judged, await atHand));
    },
    late: async function* () {
      if (waiting.length === 0) return;
      const weeks = await weeksBy.of(waiting.map(({ accountId }) => accountId));
      for (const page of pagesOf(waiting)) yield give(page.map((one) => withWeeks(one, weeks.get(one.accountId) ?? NO_WEEKS, by)));
    },
  };
};

/** All of them at once. */
export const allOf = async (verdicts: Verdicts): Promise<readonly Judged[]> => {
  for await (const page of verdicts.ready()) void page;
  for await (const page of verdicts.late()) void page;
  return verdicts.given;
};

const asks = ({ judgement: { components, score } }: Judged, { bench }: By): boolean => asksGrowth({ components, shown: score.shown }, bench.rules);

const withWeeks = (one: Judged, weeks: readonly number[], { bench, closing }: By): Judged => ({
  ...one,
  judgement: judgeWeeks(one.judgement, weeks, bench, one.was, closing),
});

const judgeSignal = (signal: AccountSignal, { bench, group, closing, others, wasOf }: By): Judged => {
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

import { setImmediate } from 'node:timers/promises';
import { type Before, type Bench, judge, judgeWeeks } from '@tideline/domain/judgement';
import { onboardingIn, type PeerGroup, standingIn } from '@tideline/domain/peer-group';
import { asksGrowth } from '@tideline/domain/segment';
import { type JudgedAccount, PAGE, pagesOf } from '@tideline/db/write/score';
import type { AccountSignal } from '@tideline/db/write/signal';
import type { OthersOf } from './other-signal.ts';

/** One account of a day: what was read of it, what it was, what it is now. */
export type Judged = JudgedAccount & { readonly live: boolean; readonly was: Before | null };

/** Judgements page by page: `ready` as they are asked for, then, in `late`, those whose weeks had to be read. */
export type Verdicts = { readonly ready: () => AsyncGenerator<Judged[]>; readonly late: () => AsyncGenerator<Judged[]> };

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
/** Judged in a go while the weeks arrive: PostgreSQL sends no more than this process takes off between two of them. */
const FEW = 100;
const NO_WEEKS: readonly number[] = Array.from({ length: 24 }, () => 0);

/**
 * One verdict each. Weeks are read for those alone that the growth door is asked for. While PostgreSQL brings the ones at hand, this process
 * judges as far as it gets; while it writes a page, the next is judged.
 */
export const verdictsOn = (signals: readonly AccountSignal[], by: By, weeksBy: WeeksBy): Verdicts => {
  const waiting: Judged[] = [];
  const settled = (page: readonly Judged[], weeks: Weeks): Judged[] =>
    page.flatMap((one) => {
      if (!asks(one, by)) return one;
      const found = weeks.get(one.accountId);
      if (!found) waiting.push(one);
      return found ? withWeeks(one, found, by) : [];
    });
  return {
    ready: async function* () {
      const atHand = Promise.resolve(weeksBy.atHand());
      const judged: Judged[] = [];
      let weeks: Weeks | null = null;
      for (const few of pagesOf(signals, FEW)) {
        judged.push(...few.map((signal) => judgeSignal(signal, by)));
        weeks ??= await Promise.race([atHand, setImmediate(null)]);
        while (weeks && judged.length >= PAGE) yield settled(judged.splice(0, PAGE), weeks);
      }
      weeks ??= await atHand;
      while (judged.length > 0) yield settled(judged.splice(0, PAGE), weeks);
    },
    late: async function* () {
      if (waiting.length === 0) return;
      const weeks = await weeksBy.of(waiting.map(({ accountId }) => accountId));
      for (const page of pagesOf(waiting)) yield page.map((one) => withWeeks(one, weeks.get(one.accountId) ?? NO_WEEKS, by));
    },
  };
};

/** The same, shown to `see` on their way. */
export const seenBy = ({ ready, late }: Verdicts, see: (page: readonly Judged[]) => void): Verdicts => {
  const shown = (pages: Verdicts['ready']) =>
    async function* () {
      for await (const page of pages()) {
        see(page);
        yield page;
      }
    };
  return { ready: shown(ready), late: shown(late) };
};

/** All of them at once. */
export const allOf = async ({ ready, late }: Verdicts): Promise<Judged[]> => {
  const accounts: Judged[] = [];
  for (const pages of [ready, late]) for await (const page of pages()) accounts.push(...page);
  return accounts;
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

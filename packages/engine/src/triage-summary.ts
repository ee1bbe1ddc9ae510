import type { Triage } from '@tideline/contracts/triage';
import { members } from '@tideline/db/read/member';
import { bookBefore, bookBySegment, connectedColumns, triageChoices, triageCounts, triageToday, type BookSegment } from '@tideline/db/read/triage-summary';
import { mainMeterUnit } from '@tideline/db/read/triage-summary';
import { withWorkspace } from '@tideline/db/workspace';
import { addDays } from '@tideline/domain/calendar';
import { decimal, ratio, sum, toText } from '@tideline/domain/money';
import type { Deps, Who } from './deps.ts';
import { filterOf, settingOf } from './triage-query.ts';

const WEEK = 7;
const MONTH = 28;

/** Counts and money of the book, what was done today, and what the list can be narrowed to. */
export const summary = (deps: Deps, who: Who, query: Triage['Filter']) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const { view, currency, priced, mainMeterId } = await settingOf(tx, deps, who);
    const filter = filterOf(who, query);
    const [week, month] = [await bookBefore(tx, view, filter, WEEK), await bookBefore(tx, view, filter, MONTH)];
    const today = await triageToday(tx, view, filter);
    const people = await members(tx);
    return {
      today: view.today,
      closedThrough: view.closed,
      complete: view.closed !== null && view.closed >= addDays(view.today, -1),
      currency,
      unit: priced ? null : await mainMeterUnit(tx, mainMeterId),
      counts: countsOf(await triageCounts(tx, view, filter)),
      strip: stripOf(await bookBySegment(tx, view, filter), week, month),
      has: await connectedColumns(tx),
      day: today ?? { done: 0, doneStake: '0', handled: 0, snoozed: 0, nextBack: null },
      ...choicesOf(await triageChoices(tx, view.onlyOwner), people),
    };
  });

const countsOf = (rows: readonly { segment: string; accounts: number; needsYou: number }[]): Triage['Summary']['counts'] => {
  const of = (segment: string) => rows.find((row) => row.segment === segment)?.accounts ?? 0;
  return {
    needs_you: rows.reduce((total, row) => total + row.needsYou, 0),
    churn_risk: of('churn_risk'),
    expansion_candidate: of('expansion_candidate'),
    onboarding_laggard: of('onboarding_laggard'),
    onboarding_on_track: of('onboarding_on_track'),
    steady: of('steady'),
    dormant: of('dormant'),
    all: rows.reduce((total, row) => total + row.accounts, 0),
  };
};

const partOf = (now: readonly BookSegment[], week: readonly BookSegment[], segment: string) => {
  const { accounts = 0, runRate = '0', stake = '0' } = now.find((row) => row.segment === segment) ?? {};
  const before = week.find((row) => row.segment === segment)?.stake ?? '0';
  return { accounts, runRate, stake, stakeChange7: week.length === 0 ? null : toText(decimal(stake).minus(before)) };
};

const stripOf = (now: readonly BookSegment[], week: readonly BookSegment[], month: readonly BookSegment[]): Triage['Summary']['strip'] => {
  const runRate = sum(now.map((row) => row.runRate));
  const grown = month.length === 0 ? null : ratio(runRate, sum(month.map((row) => row.runRate)));
  return {
    book: { accounts: now.reduce((total, row) => total + row.accounts, 0), runRate: toText(runRate), runRateChange28: grown === null ? null : grown - 1 },
    churn_risk: partOf(now, week, 'churn_risk'),
    // Upside needs a calibrated probability of expansion (score.md 4.5); until then it is not told.
    expansion_candidate: { ...partOf(now, week, 'expansion_candidate'), upside: null },
    onboarding_laggard: partOf(now, week, 'onboarding_laggard'),
  };
};

const choicesOf = (rows: Awaited<ReturnType<typeof triageChoices>>, people: readonly { userId: string; name: string }[]) => {
  const of = (kind: string) => rows.filter((row) => row.kind === kind);
  const named = (kind: string) => of(kind).flatMap(({ value, accounts }) => (value === null ? [] : [{ value, accounts }]));
  const owned = new Map(of('owner').map(({ value, accounts }) => [value, accounts]));
  return {
    accounts: of('all')[0]?.accounts ?? 0,
    owners: people.map(({ userId, name }) => ({ id: userId, name, accounts: owned.get(userId) ?? 0 })),
    unassigned: owned.get(null) ?? 0,
    industries: named('industry'),
    plans: named('plan'),
    regions: named('region'),
  };
};

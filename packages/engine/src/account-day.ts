import type { AccountDays } from '@tideline/contracts/account-day';
import { Problem } from '@tideline/contracts/problem';
import { type DayHabit, habitsOver, metersThen, revenue28On } from '@tideline/db/read/account-day';
import { closeOn, type ClosedJudgement, measuredOf, scoredSpan } from '@tideline/db/read/account-moved';
import { accountById } from '@tideline/db/read/account-page';
import { hasFirstValue } from '@tideline/db/read/model';
import { type Scoring, scoringOf } from '@tideline/db/read/scoring';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { addDays, type Day, dayNumber } from '@tideline/domain/calendar';
import { bandOf, prepareModel } from '@tideline/domain/health';
import { type Before, benchOf, judge } from '@tideline/domain/judgement';
import { decimal } from '@tideline/domain/money';
import { openClosed } from '@tideline/domain/moved';
import { openMeasures, sameUsage } from '@tideline/domain/moved-split';
import { onboardingIn } from '@tideline/domain/peer-group';
import type { Segment } from '@tideline/domain/segment';
import { usedBetween, type UsageHistory, valueBetween, weeksOf } from '@tideline/domain/usage-history';
import { holding } from './data-fault-view.ts';
import type { Deps, Who } from './deps.ts';
import { type KnownAccount, knownAccount } from './known-account.ts';
import { closedEnd, measuresKnown, movedFrom, presentEnd, relativeAt } from './moved-health.ts';
import { settingOf } from './triage-query.ts';

/** Segments are walked from so long before, where a day is judged again. */
const WALK_DAYS = 91;
const WINDOW = 28;

const noSuch = () => new Problem('not-found', 'There is no such account');

/** A day without a score: one that is held is told apart from one that was never judged. */
const noScore = async (tx: WorkspaceTx, id: string, day: Day): Promise<Problem> => {
  const [span, held] = [await scoredSpan(tx, id), await holding(tx, id)];
  if (held && day >= held.since) return new Problem('rule-violated', `It is not judged on ${day} yet. ${held.stamp}: ${held.because}`);
  return new Problem(
    'rule-violated',
    span ? `It has no score on ${day}: there is one from ${span.first} to ${span.last}` : 'It has no score of any closed day yet',
  );
};

/** What moved an account's health between two closed days, or from one to its present judgement (`to` null), by the four causes. */
export const movedBetweenDays = (deps: Deps, who: Who, id: string, from: Day, to: Day | null): Promise<AccountDays['Moved']> =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    if (!(await accountById(tx, id, who.ownAccountsOf))) throw noSuch();
    const { closed } = (await settingOf(tx, deps, who)).view;
    const span = await scoredSpan(tx, id);
    if (to !== null && to <= from) throw new Problem('rule-violated', `${to} is not after ${from}: give the earlier day first`);
    const end = to === null ? await presentOf(tx, id, closed) : await dayEnd(tx, id, to);
    if (!end) throw await noScore(tx, id, to ?? from);
    const [moved] = await movedFrom(tx, id, [from], end);
    if (!moved || !span) throw await noScore(tx, id, from);
    return { ...moved, ...span };
  });

/** The closed days of an account that can be looked back on; null before the first with a score. */
export const scoredDays = (deps: Deps, who: Who, id: string): Promise<{ first: Day; last: Day } | null> =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    if (!(await accountById(tx, id, who.ownAccountsOf))) throw noSuch();
    return scoredSpan(tx, id);
  });

const presentOf = async (tx: WorkspaceTx, id: string, closed: Day | null) => {
  const judged = await measuredOf(tx, id);
  return judged && closed ? presentEnd(tx, closed, judged) : null;
};
const dayEnd = async (tx: WorkspaceTx, id: string, day: Day) => {
  const close = await closeOn(tx, id, day);
  return close && closedEnd(tx, close);
};

/** An account on a past day: as it was known on it, and as it is known now. */
export const accountOnDay = (deps: Deps, who: Who, id: string, day: Day): Promise<AccountDays['OnDay']> =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    if (!(await accountById(tx, id, who.ownAccountsOf))) throw noSuch();
    const scoring = await scoringOf(tx);
    const close = await closeOn(tx, id, day);
    const account = await knownAccount(tx, id, day, scoring);
    if (!close || !account) throw await noScore(tx, id, day);
    const [then, now] = [account.on(day), account.on(null)];
    const revenue = await revenue28On(tx, id, day);
    const late = valueBetween(now, dayNumber(day) - WINDOW, dayNumber(day)) - valueBetween(then, dayNumber(day) - WINDOW, dayNumber(day));
    const money = (known: number) => (scoring.priced ? decimal(revenue).minus(known.toFixed(2)).toFixed(2) : null);
    const meters = await metersThen(tx, id, day);
    const used = (history: UsageHistory) => usedBetween(history, dayNumber(day) - WINDOW, dayNumber(day));
    return {
      day,
      modelVersion: close.version,
      judgedAt: close.at.toISOString(),
      backfilled: close.backfilled,
      asKnown: { health: close.health, band: close.band, segment: close.segment, usageDays: used(then), revenue: money(late) },
      now: { ...(await judgedAgain(tx, id, { account, scoring, close, known: then, now })), usageDays: used(now), revenue: money(0) },
      meters,
    };
  });

type Again = { account: KnownAccount; scoring: Scoring; close: ClosedJudgement; known: UsageHistory; now: UsageHistory };

/** The day judged by the model of then, from what is known now; all that is relative to other accounts stays as the day closed with. */
const judgedAgain = async (tx: WorkspaceTx, id: string, { account, scoring, close, known, now }: Again) => {
  if (close.health === null) return { health: null, band: null, segment: close.segment };
  const relative = await relativeAt(tx, close.day);
  const prepared = prepareModel(close.config, relative.k);
  const judged = async (history: UsageHistory) => openMeasures(await measuresKnown(tx, account, close, known, history), relative, prepared, close.version);
  const [kept, recalled, anew] = [openClosed(close, prepared, close.version), await judged(known), await judged(now)];
  const health = kept && sameUsage(kept, recalled) ? kept.health + anew.health - recalled.health : anew.health;
  const habits = await habitsOver(tx, id, addDays(close.day, -WALK_DAYS), close.day);
  const milestoneSet = scoring.milestoneSet && (await hasFirstValue(tx));
  const walked = (history: UsageHistory) => walkedSegment({ account, close, milestoneSet, habits, history });
  const [was, is] = [walked(known), walked(now)];
  const band = bandOf(health, close.config.bands, close.band);
  return { health, band, segment: was === is || is === null ? close.segment : is };
};

type Walk = { account: KnownAccount; close: ClosedJudgement; milestoneSet: boolean; habits: readonly DayHabit[]; history: UsageHistory };

const walkedSegment = ({ account, close, milestoneSet, habits, history }: Walk): Segment | null => {
  let before: Before | null = null;
  for (const { day, k, vbar, medianTtfvDays, onboarding, standing, others } of habits) {
    const own = account.measures(history, day, { standing: standing ?? 50, onboarding: 50 });
    if (!own) continue;
    const tenure = own.firstDay === null ? Infinity : own.asOf - own.firstDay + 1;
    const measures = {
      ...own,
      onboarding: onboardingIn({ peers: [], onboarding }, tenure, own.usageDaysEver),
      weeks: weeksOf(history, own.asOf),
      ...(others && { others }),
    };
    const { state, score } = judge(measures, '0', benchOf(close.config, { k, vbar, medianTtfvDays, milestoneSet }), before, true);
    before = { state, band: score.band };
  }
  return before?.state.segment ?? null;
};

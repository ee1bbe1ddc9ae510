import type { AccountPages } from '@tideline/contracts/account-page';
import { Problem } from '@tideline/contracts/problem';
import { merges } from '@tideline/db/read/account-merge';
import { triageMarks } from '@tideline/db/read/account-moved';
import { ownCurves } from '@tideline/db/read/calibration';
import { accountById, accountTasks, consumedLine, judgementOf, type JudgedAccount } from '@tideline/db/read/account-page';
import { firstUsage } from '@tideline/db/read/account-usage';
import { lastSentiment } from '@tideline/db/read/sentiment';
import type { TriageView } from '@tideline/db/read/triage';
import { currentCommitments } from '@tideline/db/read/triage-facts';
import { mainMeterUnit } from '@tideline/db/read/triage-summary';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { badges, type Badge } from '@tideline/domain/badge';
import type { Day } from '@tideline/domain/calendar';
import { burnDown } from '@tideline/domain/commitment';
import { componentsOf } from '@tideline/domain/component';
import type { Relative } from '@tideline/domain/measure';
import { decimal, ratio, toText, type DecimalText } from '@tideline/domain/money';
import { revenueOdds } from '@tideline/domain/own-calibration';
import { amountText, expansionUpside } from '@tideline/domain/stake';
import { againstNormal } from '@tideline/domain/norm';
import { usageTitle } from '@tideline/domain/usage-title';
import { mergeShown } from './account-merge.ts';
import { breakdownOf } from './breakdown.ts';
import { holding } from './data-fault-view.ts';
import type { Deps, Who } from './deps.ts';
import { healthierOf } from './healthier.ts';
import { measuresOf, movedOver, relativeAt } from './moved-health.ts';
import { standing } from './override.ts';
import { settingOf, type Setting } from './triage-query.ts';
import { headingOf } from './triage-row.ts';

/** How far back "what moved it" looks, in days. */
const SPANS = [7, 28, 90] as const;
const CLOSED_TASKS = 10;

/** One account: who it is, how it is judged and why, its commitment, its tasks. `not-found` for another's and for a missing one alike. */
export const page = (deps: Deps, who: Who, id: string) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const setting = await settingOf(tx, deps, who);
    const account = await accountById(tx, id, who.ownAccountsOf);
    if (!account) throw new Problem('not-found', 'There is no such account');
    const { closed, today } = setting.view;
    const judged = await judgementOf(tx, id, closed);
    const { ownerId, ownerName, createdDay, ...record } = account;
    return {
      ...record,
      owner: ownerId === null ? null : { id: ownerId, name: ownerName ?? '' },
      customerSince: account.contractStart ?? (await firstUsage(tx, id)) ?? createdDay,
      today,
      closedThrough: closed,
      currency: setting.currency,
      unit: setting.priced ? null : await mainMeterUnit(tx, setting.mainMeterId),
      judgement: judged && {
        ...judgementShown(judged, await relativeAt(tx, closed), account.status === 'live'),
        odds: await oddsOf(tx, judged, closed),
        healthier: await changesFor(tx, deps, id, closed, judged),
      },
      moved: judged ? await movedOver(tx, id, closed, judged, SPANS) : [],
      held: judged && account.status === 'live' ? await holding(tx, id) : null,
      override: await standing(tx, id, today),
      sentiment: await lastSentiment(tx, id),
      ...(await outOfTriage(tx, setting.view, id)),
      commitment: await commitmentOf(tx, id, closed, setting, judged),
      tasks: (await accountTasks(tx, id, CLOSED_TASKS)).map(({ ownerId: by, ownerName: name, ...task }) => ({
        ...task,
        owner: by === null ? null : { id: by, name: name ?? '' },
      })),
      merges: (await merges(tx, { account: id })).filter(({ state }) => state !== 'undone').map(mergeShown),
    };
  });

const change = (now: DecimalText | null, then: DecimalText | null): number | null => {
  const grown = now === null || then === null ? null : ratio(decimal(now), decimal(then));
  return grown === null ? null : grown - 1;
};

const judgementShown = (row: JudgedAccount, relative: Relative, isLive: boolean) => {
  const {
    config: _config,
    measures: _measures,
    others: _others,
    coverage: _coverage,
    runRate28,
    runRate364,
    place,
    book,
    scoredAt,
    badges: held,
    ...rest
  } = row;
  const m = measuresOf(row);
  const c = componentsOf(m, relative);
  return {
    ...rest,
    scoredAt: scoredAt.toISOString(),
    heading: headingOf(row.why),
    badges: held.flatMap((badge) => (badge in badges ? [{ label: badges[badge as Badge].label, hint: badges[badge as Badge].hint }] : [])),
    state: c.state,
    runRateChange28: change(row.runRate, runRate28),
    runRateYearAgo: runRate364,
    stakePlace: isLive ? { place, of: book } : null,
    silent: c.silent,
    againstNormal: againstNormal(m, c.tenure),
    usageTitle: usageTitle(m, c),
    breakdown: breakdownOf(m, c, row),
  };
};

const changesFor = async (tx: WorkspaceTx, { db }: Deps, id: string, closed: Day | null, judged: JudgedAccount) =>
  judged.health === null || judged.health >= judged.config.bands.healthyFrom ? [] : healthierOf(tx, db, id, closed, judged);

/** What is likely of the account's revenue, once the workspace's own past can say. */
const oddsOf = async (tx: WorkspaceTx, judged: JudgedAccount, closed: Day | null) => {
  const { contraction = null, expansion = null } = await ownCurves(tx);
  const m = measuresOf(judged);
  const c = componentsOf(m, await relativeAt(tx, closed));
  const odds = revenueOdds({ shown: judged.health, pSilent: judged.pSilent }, c, { contraction, expansion });
  const upside = expansionUpside(m, c, odds.expansion);
  return { ...odds, upside: upside === null ? null : amountText(upside) };
};

const outOfTriage = async (tx: WorkspaceTx, view: TriageView, id: string): Promise<Pick<AccountPages['Page'], 'snoozed' | 'done'>> => {
  const marks = await triageMarks(tx, view, id);
  return {
    snoozed: marks?.until ? { until: marks.until, reason: marks.reason ?? '' } : null,
    done: marks?.doneOn ? { day: marks.doneOn, by: marks.doneBy ?? 'somebody who left' } : null,
  };
};

/** Where the running commitment stands and where the last 28 days lead it; null without one. */
const commitmentOf = async (tx: WorkspaceTx, id: string, closed: Day | null, { priced }: Setting, judged: JudgedAccount | null) => {
  if (!priced || closed === null) return null;
  const current = (await currentCommitments(tx, closed, [id])).get(id);
  if (!current) return null;
  const dailyRate = judged?.runRate ? toText(decimal(judged.runRate).div(365)) : '0';
  const { burned, elapsed, planned, pace, state, exhaustion, overage, breakage } = burnDown(current, current.consumed, dailyRate, closed);
  return {
    start: current.start,
    end: current.end,
    amount: current.amount,
    consumed: current.consumed,
    planned: toText(decimal(planned).toDecimalPlaces(2)),
    burned,
    elapsed,
    pace,
    state,
    exhaustion: exhaustion && { day: exhaustion.day, beforeEnd: exhaustion.beforeEnd },
    overage: toText(decimal(overage).toDecimalPlaces(2)),
    breakage: toText(decimal(breakage).toDecimalPlaces(2)),
    line: await consumedLine(tx, id, current.start, closed),
  };
};

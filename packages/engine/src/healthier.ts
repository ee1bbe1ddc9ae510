import type { Measured } from '@tideline/db/read/account-moved';
import type { Db } from '@tideline/db/client';
import { closedDay, scoringOf } from '@tideline/db/read/scoring';
import type { WorkspaceTx } from '@tideline/db/workspace';
import { type Day, dayNumber } from '@tideline/domain/calendar';
import { componentsOf } from '@tideline/domain/component';
import { type Change, changeWords, cheapestChanges } from '@tideline/domain/healthier';
import { prepareModel, scoreHealth } from '@tideline/domain/health';
import { standingIn } from '@tideline/domain/peer-group';
import { measuresOn, type UsageHistory } from '@tideline/domain/usage-history';
import { knownAccount } from './known-account.ts';

/** What the clock is taken to tick on days to come: as in the last four weeks. */
const PACE_DAYS = 28;

export type Healthier = Change & { readonly words: string };

/** What would make a used account that is not healthy so, the cheapest first; the other accounts are taken to go on as they stand. */
export const healthierOf = async (tx: WorkspaceTx, db: Db, id: string, closed: Day | null, judged: Measured): Promise<Healthier[]> => {
  const last = closed && (await closedDay(tx, db, closed));
  const scoring = await scoringOf(tx);
  const account = last && (await knownAccount(tx, id, judged.asOf, scoring));
  if (!account) return [];
  const end = dayNumber(last.day);
  const pace = (account.ticks(end) - account.ticks(end - PACE_DAYS)) / PACE_DAYS;
  const ticks = (day: number): number => (day <= end ? account.ticks(day) : account.ticks(end) + (day - end) * pace);
  const prepared = prepareModel(judged.config, last.relative.k);
  const health = (history: UsageHistory, day: number): number | null => {
    const own = measuresOn(history, account.stand, day, { ticks, manyMeters: scoring.manyMeters })?.measures;
    if (!own) return null;
    return scoreHealth(
      componentsOf(
        { ...own, standing: standingIn(last.group, own.revenue364), onboarding: 50, ...(judged.others && { others: judged.others }) },
        last.relative,
      ),
      prepared,
    ).shown;
  };
  const asOf = dayNumber(judged.asOf);
  const changes = cheapestChanges({ history: account.on(null), asOf, health, healthyFrom: judged.config.bands.healthyFrom });
  return changes.map((change) => ({ ...change, words: changeWords(change) }));
};

import type { AccountPages } from '@tideline/contracts/account-page';
import { closesOf, type Measured } from '@tideline/db/read/account-moved';
import { hasFirstValue, models, relativeOn } from '@tideline/db/read/model';
import type { WorkspaceTx } from '@tideline/db/workspace';
import { addDays, type Day, daysBetween } from '@tideline/domain/calendar';
import { componentsOf } from '@tideline/domain/component';
import { prepareModel } from '@tideline/domain/health';
import type { Relative } from '@tideline/domain/measure';
import { unpackMeasures } from '@tideline/domain/measure-pack';
import { movedCauses, openClosed, openNow } from '@tideline/domain/moved';

/** What is relative to the workspace, as the last close left it. */
export const relativeAt = async (tx: WorkspaceTx, closed: Day | null): Promise<Relative> => ({
  ...((closed && (await relativeOn(tx, closed))) ?? { k: 1, vbar: 0, medianTtfvDays: null }),
  milestoneSet: await hasFirstValue(tx),
});

/** What moved health over each of these spans (days) to the present judgement, whatever made either end. */
export const movedOver = async (
  tx: WorkspaceTx,
  id: string,
  closed: Day | null,
  judged: Measured,
  spans: readonly number[],
): Promise<AccountPages['Moved'][]> => {
  if (closed === null) return [];
  const c = componentsOf(unpackMeasures(judged.measures), await relativeAt(tx, closed));
  const now = openNow(c, prepareModel(judged.config, c.k), judged.modelVersion);
  const days = (await closesOf(tx, id, closed, Math.max(...spans) + 1)).filter(({ day, health }) => health !== null && day < judged.asOf);
  if (!now || days.length === 0) return [];
  const configs = new Map((await models(tx)).map(({ version, config }) => [version, config]));
  const starts = spans.flatMap((span) => days.find(({ day }) => day >= addDays(judged.asOf, -span)) ?? []);
  const moved = await Promise.all(
    starts.map(async (start, i): Promise<AccountPages['Moved'][]> => {
      const config = configs.get(start.version);
      if (!config || starts[i - 1]?.day === start.day) return [];
      const then = openClosed(start, prepareModel(config, (await relativeOn(tx, start.day))?.k ?? c.k), start.version);
      if (!then) return [];
      const [from, to] = [
        { day: start.day, health: then.health },
        { day: judged.asOf, health: now.health },
      ];
      return [{ days: daysBetween(from.day, to.day), from, to, causes: movedCauses(then, now) }];
    }),
  );
  return moved.flat();
};

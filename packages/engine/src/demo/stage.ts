import { demoWorkspaces } from '@tideline/db/read/demo';
import { asSystem } from '@tideline/db/system';
import { addDays, dayOf, type Day } from '@tideline/domain/calendar';
import type { Deps } from '../deps.ts';
import { businesses, type DemoBusiness } from './business.ts';

/** The second workspace is judged as on a day this long ago: `pnpm simulate --fast` moves it on. */
const PINNED_BACK_DAYS = 45;

/** A demo workspace and the business it plays. */
export type Stage = {
  business: DemoBusiness;
  workspaceId: string;
  /** The last complete day when the demo was made: its stories are told up to there, and go on as they ended. */
  anchor: Day;
  /** The last day that is written when the demo is made. */
  last: Day;
  asOfPin: Day | null;
  closedThrough: Day | null;
};

const asDay = (date: Date | null): Day | null => (date ? (date.toISOString().slice(0, 10) as Day) : null);

/** The demo workspaces of this installation that play one of these businesses. */
export const stagesOf = async (deps: Deps, cast: readonly DemoBusiness[] = businesses): Promise<Stage[]> => {
  const workspaces = await asSystem(deps.system, 'demo', demoWorkspaces);
  return workspaces.flatMap(({ id, slug, createdAt, asOfPin, closedThrough }) => {
    const business = cast.find((one) => one.slug === slug);
    if (!business) return [];
    const anchor = addDays(dayOf(createdAt, business.timezone), -1);
    const last = business.pinned ? addDays(anchor, -PINNED_BACK_DAYS) : anchor;
    return [{ business, workspaceId: id, anchor, last, asOfPin: asDay(asOfPin), closedThrough: asDay(closedThrough) }];
  });
};

/** The demo workspace with this address, or undefined. */
export const stageOf = async (deps: Deps, slug: string, cast: readonly DemoBusiness[] = businesses): Promise<Stage | undefined> =>
  (await stagesOf(deps, cast)).find(({ business }) => business.slug === slug);

import { addDays, dayOf, startOfDay, type Day } from '@tideline/domain/calendar';
import { withWorkspace } from '@tideline/db/workspace';
import { workspaceSettings } from '@tideline/db/read/workspace';
import * as apiKey from '../api-key.ts';
import type { Deps } from '../deps.ts';
import { change } from '../workspace.ts';
import { accountsOf, eventsOn, type DemoBusiness, type DemoEvent } from './business.ts';
import { anchorOf, demosOf } from './demo.ts';
import { writer } from './set-up.ts';

/** A demo workspace one can send traffic to. */
export type Stage = { business: DemoBusiness; workspaceId: string; anchor: Day };

export const stageOf = async (deps: Deps, slug: string): Promise<Stage | null> => {
  const found = (await demosOf(deps)).find(({ business }) => business.slug === slug);
  return found ? { business: found.business, workspaceId: found.workspace.id, anchor: anchorOf(found.business, found.workspace) } : null;
};

/** A key that may send events, valid for a day; the simulator uses the front door like everybody else. */
export const keyFor = async (deps: Deps, { workspaceId }: Stage): Promise<string> => {
  const made = await apiKey.create(deps, writer(workspaceId), {
    name: 'Simulator',
    scopes: ['ingest'],
    expiresInDays: 1,
  });
  return made.key;
};

/** Today's events in the order they happen; those before `after` are left out. */
export const trafficToday = (deps: Deps, { business, anchor }: Stage): DemoEvent[] => {
  const today = dayOf(deps.now(), business.timezone);
  return eventsOn(business, accountsOf(business, anchor), today, anchor).toSorted((a, b) => a.timestamp.localeCompare(b.timestamp));
};

/** The day after the as-of day, with its events; null when the workspace is not pinned or has reached yesterday. */
export const nextDay = async (deps: Deps, { business, workspaceId, anchor }: Stage): Promise<{ day: Day; events: DemoEvent[] } | null> => {
  const { asOfPin } = await withWorkspace(deps.db, workspaceId, workspaceSettings);
  if (!asOfPin) return null;
  const day = addDays(asOfPin as Day, 1);
  if (startOfDay(addDays(day, 1), business.timezone) > deps.now()) return null;
  return { day, events: eventsOn(business, accountsOf(business, anchor), day, anchor) };
};

/** Moves the as-of day on, which closes the days between. */
export const moveOn = async (deps: Deps, { workspaceId }: Stage, day: Day): Promise<void> => {
  await change(deps, writer(workspaceId), { asOfPin: day });
};

import { addDays, dayOf, daysFromTo, startOfDay, type Day } from '@tideline/domain/calendar';
import { withWorkspace } from '@tideline/db/workspace';
import { workspaceSettings } from '@tideline/db/read/workspace';
import * as apiKey from '../api-key.ts';
import type { Deps } from '../deps.ts';
import { change } from '../workspace.ts';
import { accountsOf, eventsOn, type DemoEvent } from './business.ts';
import { writer } from './set-up.ts';
import type { Stage } from './stage.ts';

/** A key that may send events, valid for a day; the simulator uses the front door like everybody else. */
export const keyFor = async (deps: Deps, { workspaceId }: Stage): Promise<string> => {
  const made = await apiKey.create(deps, writer(workspaceId), {
    name: 'Simulator',
    scopes: ['ingest'],
    expiresInDays: 1,
  });
  return made.key;
};

/** What happens after one moment and until another, in the order it happens: stretches that follow each other leave nothing out. */
export const trafficBetween = ({ business, anchor }: Stage, after: Date, until: Date): DemoEvent[] => {
  const accounts = accountsOf(business, anchor);
  return daysFromTo(dayOf(after, business.timezone), dayOf(until, business.timezone))
    .flatMap((at) => eventsOn(business, accounts, at, anchor))
    .filter(({ timestamp }) => Date.parse(timestamp) > after.getTime() && Date.parse(timestamp) <= until.getTime())
    .toSorted((a, b) => a.timestamp.localeCompare(b.timestamp));
};

/** What is sent at one look at the clock; `dawn`: a day has begun since the last one; `caughtUp`: the past is in, as of this look. */
export type Round = { events: DemoEvent[]; dawn: Day | null; caughtUp: boolean };

/**
 * Today so far in `steps` rounds, then whatever happened since the last look. A day that ends closes: nothing of it waits any
 * longer. `total` is how many events today has so far.
 */
export const openTraffic = (stage: Stage, start: Date, steps: number): { total: number; next: (now: Date) => Round } => {
  const { timezone } = stage.business;
  let today = dayOf(start, timezone);
  let sentUntil = start;
  let waiting = trafficBetween(stage, new Date(startOfDay(today, timezone).getTime() - 1), start);
  let behind = true;
  const step = Math.max(1, Math.ceil(waiting.length / steps));
  const next = (now: Date): Round => {
    waiting = waiting.concat(trafficBetween(stage, sentUntil, now));
    sentUntil = now;
    const on = dayOf(now, timezone);
    const dawn = on === today ? null : on;
    today = on;
    const events = waiting.splice(0, behind && dawn === null ? step : waiting.length);
    const caughtUp = behind && waiting.length === 0;
    behind &&= !caughtUp;
    return { events, dawn, caughtUp };
  };
  return { total: waiting.length, next };
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

import { meteringOf } from '@tideline/db/read/metering';
import type { Place } from '@tideline/db/read/raw-fact';
import { type Compared, compareStretch, type UsageDifference } from '@tideline/db/read/recount';
import { withWorkspace } from '@tideline/db/workspace';
import type { Deps } from './deps.ts';

const STRETCH = 20_000;

/**
 * Counts the whole of daily usage anew from the raw events and reports every day that differs. Changes nothing; ingest
 * waits while a stretch is compared. `onDays` hears how many days were compared so far.
 */
export const verifyUsage = async (
  deps: Deps,
  workspaceId: string,
  onDays: (days: number) => void,
): Promise<{ days: number; differences: UsageDifference[] }> => {
  const { timezone, versions } = await withWorkspace(deps.db, workspaceId, meteringOf);
  const current = versions.filter(({ state }) => state === 'current');
  const differences: UsageDifference[] = [];
  let days = 0;
  let place: Place | null = null;
  do {
    const from: Place | null = place;
    const step: Compared = await withWorkspace(deps.db, workspaceId, (tx) => compareStretch(tx, current, timezone, from, STRETCH));
    differences.push(...step.differences);
    days += step.days;
    onDays(days);
    place = step.next;
  } while (place);
  return { days, differences };
};

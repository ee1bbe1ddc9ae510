import { workspaceSettings } from '@tideline/db/read/workspace';
import type { WorkspaceTx } from '@tideline/db/workspace';
import { todayOf } from '@tideline/domain/as-of';
import type { Day } from '@tideline/domain/calendar';

/** Today in the workspace: the unfinished day of its zone, or the day after the one it is pinned to. */
export const todayIn = async (tx: WorkspaceTx, now: Date): Promise<Day> => {
  const { timezone, asOfPin } = await workspaceSettings(tx);
  return todayOf({ timezone, asOfPin: asOfPin as Day | null }, now);
};

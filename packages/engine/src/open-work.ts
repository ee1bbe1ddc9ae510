import { uncountedEvents } from '@tideline/db/read/event';
import { openWork, type OpenWork } from '@tideline/db/read/open-work';
import { withWorkspace } from '@tideline/db/workspace';
import type { Deps, Who } from './deps.ts';
import { todayIn } from './today.ts';

const NAMES = 3;

/** What waits for the person who asks, and in the workspace for a meter; a key has nothing waiting. */
export const count = (deps: Deps, who: Who): Promise<OpenWork & { uncounted: string[] }> =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    if (who.userId === null) return { alerts: 0, tasks: 0, needsYou: 0, uncounted: [] };
    return { ...(await openWork(tx, who.userId, await todayIn(tx, deps.now()))), uncounted: await uncountedEvents(tx, NAMES) };
  });

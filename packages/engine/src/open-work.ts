import { openWork, type OpenWork } from '@tideline/db/read/open-work';
import { withWorkspace } from '@tideline/db/workspace';
import type { Deps, Who } from './deps.ts';
import { todayIn } from './today.ts';

/** How much waits for the person who asks; a key has nothing waiting. */
export const count = (deps: Deps, who: Who): Promise<OpenWork> =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    if (who.userId === null) return { alerts: 0, tasks: 0, needsYou: 0 };
    return openWork(tx, who.userId, await todayIn(tx, deps.now()));
  });

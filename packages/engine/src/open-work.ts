import { uncountedEvents } from '@tideline/db/read/event';
import { openProposals } from '@tideline/db/read/merge-proposal';
import { openWork, type OpenWork } from '@tideline/db/read/open-work';
import { withWorkspace } from '@tideline/db/workspace';
import { may } from '@tideline/domain/role';
import { standing } from './data-fault-view.ts';
import type { Deps, Who } from './deps.ts';
import { todayIn } from './today.ts';

const NAMES = 3;

/** What waits for the person who asks, and in the workspace for a meter or a word on two accounts, and what holds its scores; a key has nothing waiting. */
export const count = (deps: Deps, who: Who): Promise<OpenWork & { proposals: number; uncounted: string[]; faults: { title: string; held: string }[] }> =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    if (who.userId === null) return { alerts: 0, tasks: 0, needsYou: 0, proposals: 0, uncounted: [], faults: [] };
    const own = await openWork(tx, who.userId, await todayIn(tx, deps.now()));
    return {
      ...own,
      proposals: may(who.role, 'account.merge') ? await openProposals(tx) : 0,
      uncounted: await uncountedEvents(tx, NAMES),
      faults: await standing(tx),
    };
  });

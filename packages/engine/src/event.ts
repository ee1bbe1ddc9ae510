import type { eventOperations } from '@tideline/contracts/event';
import type { QueryOf } from '@tideline/contracts/operation';
import { latestEvents } from '@tideline/db/read/event';
import { withWorkspace } from '@tideline/db/workspace';
import type { Deps, Who } from './deps.ts';

/** The latest events a person may see, the last to arrive first. */
export const latest = async (deps: Deps, who: Who, { event, account, limit }: QueryOf<(typeof eventOperations)['listEvents']>) => {
  const rows = await withWorkspace(deps.db, who.workspaceId, (tx) =>
    latestEvents(tx, { event: event ?? null, account: account ?? null, onlyOwner: who.ownAccountsOf }, limit),
  );
  return rows.map(({ time, receivedAt, ...row }) => ({ ...row, time: time.toISOString(), receivedAt: receivedAt.toISOString() }));
};

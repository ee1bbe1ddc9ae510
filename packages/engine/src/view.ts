import { savedViews } from '@tideline/db/read/view';
import { withWorkspace } from '@tideline/db/workspace';
import { deleteView, insertView } from '@tideline/db/write/view';
import { Problem } from '@tideline/contracts/problem';
import type { BodyOf } from '@tideline/contracts/operation';
import type { viewOperations } from '@tideline/contracts/view';
import type { Deps, Who } from './deps.ts';

const personOf = (who: Who): string => {
  if (!who.userId) throw new Problem('not-allowed', 'Saved views belong to people, not to keys');
  return who.userId;
};

export const list = async (deps: Deps, who: Who) => {
  const userId = personOf(who);
  const rows = await withWorkspace(deps.db, who.workspaceId, (tx) => savedViews(tx, userId));
  return rows.map(({ userId: owner, ...view }) => ({ ...view, own: owner === userId }));
};

export const save = async (deps: Deps, who: Who, view: BodyOf<(typeof viewOperations)['saveView']>) => {
  const { id } = await withWorkspace(deps.db, who.workspaceId, (tx) => insertView(tx, { ...view, userId: personOf(who) }));
  return { id, ...view, own: true };
};

export const remove = async (deps: Deps, who: Who, id: string): Promise<void> => {
  const gone = await withWorkspace(deps.db, who.workspaceId, (tx) => deleteView(tx, id, personOf(who)));
  if (gone === 0) throw new Problem('not-found', 'There is no such view among yours');
};

import type { RowFault } from '@tideline/contracts/import';
import { keyedAccounts } from '@tideline/db/read/family';
import { withWorkspace } from '@tideline/db/workspace';
import { lockFamilies } from '@tideline/db/write/family';
import type { Deps } from './deps.ts';
import { familyFaults, place } from './family.ts';

/** A row that says of what its account is part. */
export type StatedParent = { readonly row: number; readonly child: string; readonly parent: string };
type Refuse = (stated: StatedParent, problem: { reason: RowFault; message: string }) => void;

/**
 * What rows say of parents, until it can be done: a parent may stand further down than its children. `take` does what it
 * can; what is left at the `end` is refused. The later row of an account counts.
 */
export const createParents = (deps: Deps, workspaceId: string, refuse: Refuse) => {
  const waiting = new Map<string, StatedParent>();
  const settle = async (isEnd: boolean): Promise<number> => {
    if (waiting.size === 0) return 0;
    const done = await withWorkspace(deps.db, workspaceId, async (tx) => {
      await lockFamilies(tx);
      const keys = [...new Set([...waiting.values()].flatMap(({ child, parent }) => [child, parent]))];
      const known = new Map((await keyedAccounts(tx, keys, null)).map((one) => [one.externalId, one]));
      const able = [...waiting.values()].flatMap((stated) => {
        const [child, parent] = [known.get(stated.child), known.get(stated.parent)];
        return child && parent ? [{ stated, id: child.id, parent: parent.means }] : [];
      });
      const { moved, refused } = await place(tx, able, deps.now());
      return { able, refused: new Map(refused.map(({ id, fault }) => [id, fault])), moved: moved.length };
    });
    for (const { stated, id } of done.able) {
      const fault = done.refused.get(id);
      if (fault && !isEnd) continue; // a later row may make room for it
      if (fault) refuse(stated, { reason: 'parent-refused', message: familyFaults[fault](stated.child, stated.parent) });
      waiting.delete(stated.child);
    }
    if (!isEnd) return done.moved;
    for (const stated of waiting.values())
      refuse(stated, { reason: 'no-parent', message: `There is no account with the key "${stated.parent}": send it, then the row of ${stated.child} again` });
    waiting.clear();
    return done.moved;
  };
  return {
    note: (stated: StatedParent): void => {
      waiting.delete(stated.child);
      waiting.set(stated.child, stated);
    },
    take: () => settle(false),
    end: () => settle(true),
  };
};
export type Parents = ReturnType<typeof createParents>;

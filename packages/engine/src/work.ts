import { Problem } from '@tideline/contracts/problem';
import { isMember } from '@tideline/db/read/member';
import type { WorkspaceTx } from '@tideline/db/workspace';
import type { Who } from './deps.ts';

/** What a bulk move did: the rows it changed, and why it left the others. */
export type Moved = { changed: string[]; refused: { id: string; why: string }[] };

/** `me` as an id; other filters as they are. */
export const ownerOf = (who: Who, owner: string | undefined): string | undefined => {
  if (owner !== 'me') return owner;
  if (!who.userId) throw new Problem('invalid-request', '"me" is a person: with a key, name the id of a member');
  return who.userId;
};

/** Work is given to members; refuses anybody else. */
export const demandMember = async (tx: WorkspaceTx, userId: string | null | undefined): Promise<void> => {
  if (userId && !(await isMember(tx, userId))) throw new Problem('rule-violated', 'That person is not a member of this workspace');
};

/** Sorts the rows asked for into those a move is allowed on and those it is not, with the reason. */
export const sortOut = <T extends { id: string }>(ids: readonly string[], found: readonly T[], problem: (row: T) => string | null) => {
  const byId = new Map(found.map((row) => [row.id, row]));
  const allowed: T[] = [];
  const refused: Moved['refused'] = [];
  for (const id of new Set(ids)) {
    const row = byId.get(id);
    const why = row ? problem(row) : 'There is nothing here';
    if (row && why === null) allowed.push(row);
    else refused.push({ id, why: why ?? '' });
  }
  return { allowed, refused };
};

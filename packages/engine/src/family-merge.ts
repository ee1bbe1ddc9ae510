import { Problem } from '@tideline/contracts/problem';
import { type Named, namedAccounts } from '@tideline/db/read/account-merge';
import { linksAround } from '@tideline/db/read/family';
import type { WorkspaceTx } from '@tideline/db/workspace';
import { movedWork, noteFamily } from '@tideline/db/write/account-merge';
import { lockFamilies } from '@tideline/db/write/family';
import { type Link, placeAll } from '@tideline/domain/family';
import { familyFaults, place } from './family.ts';

/**
 * What a merge does to families: what is part of the one becomes part of the other. Where the other is below the one it
 * takes its place first, so that no circle comes of it. The one keeps what it is part of, for when it is taken out again.
 */
const wishesOf = (links: readonly Link[], from: string, into: string) => {
  const up = new Map(links.map(({ id, parent }) => [id, parent]));
  const above: string[] = [];
  for (let at = up.get(into); at; at = up.get(at)) above.push(at);
  const children = links.flatMap(({ id, parent }) => (parent === from && id !== into ? [id] : []));
  const takesPlace = above.includes(from);
  const parent = up.get(from) ?? null;
  return {
    takesPlace,
    parent,
    wishes: [...(takesPlace ? [{ id: into, parent }] : []), ...children.map((id) => ({ id, parent: into }))],
    children: children.length,
  };
};

/** What the families are after a merge; throws where there would be too many levels. */
export const familyAfter = async (tx: WorkspaceTx, from: Named, into: Named) => {
  const links = await linksAround(tx, [from.id, into.id]);
  const { wishes, takesPlace, parent, children } = wishesOf(links, from.id, into.id);
  const [refused] = placeAll(links, wishes).refused;
  if (refused) throw new Problem('rule-violated', familyFaults[refused.fault](`what is part of ${from.name}`, into.name));
  const [found] = parent === null || parent === into.id ? [] : await namedAccounts(tx, [parent]);
  const named = found ? { id: found.id, externalId: found.externalId, name: found.name } : null;
  const same = links.some(({ id, parent: of }) => id === into.id && of === parent);
  return { children, place: takesPlace ? { parent: named } : null, leaves: takesPlace || same ? null : named };
};

/** Moves the accounts below one that begins to be merged. */
export const mergeFamilies = async (tx: WorkspaceTx, mergeId: string, from: Named, into: Named, at: Date): Promise<void> => {
  await lockFamilies(tx);
  await familyAfter(tx, from, into);
  const { wishes } = wishesOf(await linksAround(tx, [from.id, into.id]), from.id, into.id);
  const { moved } = await place(tx, wishes, at);
  await noteFamily(tx, mergeId, moved);
};

/** Gives back what a merge moved, of what is still where it put it, as far as families that were changed since allow. */
export const partFamilies = async (tx: WorkspaceTx, mergeId: string, at: Date): Promise<void> => {
  await lockFamilies(tx);
  const { family = [] } = await movedWork(tx, mergeId);
  const links = await linksAround(
    tx,
    family.flatMap(({ id, before, after }) => [id, before, after].filter((one) => one !== null)),
  );
  const now = new Map(links.map(({ id, parent }) => [id, parent]));
  const still = family.filter(({ id, after }) => (now.get(id) ?? null) === after);
  const named = await namedAccounts(
    tx,
    still.flatMap(({ before }) => before ?? []),
  );
  const means = new Map(named.map(({ id, mergedInto }) => [id, mergedInto ?? id]));
  await place(
    tx,
    still.map(({ id, before }) => ({ id, parent: before === null ? null : (means.get(before) ?? null) })),
    at,
  );
};

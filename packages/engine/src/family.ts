import { Problem } from '@tideline/contracts/problem';
import { keyedAccounts, linksAround } from '@tideline/db/read/family';
import type { WorkspaceTx } from '@tideline/db/workspace';
import type { MovedLink } from '@tideline/db/write/account-merge';
import { setParents } from '@tideline/db/write/family';
import { type FamilyFault, type Link, MAX_LEVELS, placeAll } from '@tideline/domain/family';
import type { Who } from './deps.ts';

/** Why an account does not become part of another, and what to do about it. */
export const familyFaults = {
  itself: (child) => `${child} cannot be part of itself: name another account, or none`,
  below: (child, parent) => `${parent} is itself part of ${child}, directly or through others: take it out of there first`,
  levels: (child, parent) =>
    `With ${child} under ${parent} there would be more than ${MAX_LEVELS} levels: put it under an account nearer to the top, or take out what is below it first`,
} as const satisfies Record<FamilyFault, (child: string, parent: string) => string>;

type Placed = { moved: MovedLink[]; refused: (Link & { fault: FamilyFault })[]; beside: string[] };

/**
 * Makes accounts part of others as far as that is possible; the caller holds `lockFamilies`. `beside`: all whose families
 * are others now.
 */
export const place = async (tx: WorkspaceTx, wishes: readonly Link[], at: Date): Promise<Placed> => {
  if (wishes.length === 0) return { moved: [], refused: [], beside: [] };
  const ids = new Set(wishes.flatMap(({ id, parent }) => (parent === null ? [id] : [id, parent])));
  const links = await linksAround(tx, [...ids]);
  const { placed, refused } = placeAll(links, wishes);
  const parentOf = new Map(placed.map(({ id, parent }) => [id, parent]));
  const changed = await setParents(tx, placed, at);
  const moved = changed.map(({ id, before }) => ({ id, before, after: parentOf.get(id) ?? null }));
  return { moved, refused, beside: [...chainsOf(links, moved)] };
};

/** The accounts that moved, and those above where they were and are. */
const chainsOf = (links: readonly Link[], moved: readonly MovedLink[]): Set<string> => {
  const up = new Map(links.map(({ id, parent }) => [id, parent]));
  const chains = new Set<string>();
  const climb = (from: string | null): void => {
    for (let at: string | null | undefined = from; at && !chains.has(at); at = up.get(at)) chains.add(at);
  };
  for (const { before, after } of moved) {
    climb(before);
    climb(after);
  }
  for (const { id } of moved) chains.add(id);
  return chains;
};

const nameOf = ({ externalId, name }: { externalId: string; name: string }): string => (name === externalId ? `"${name}"` : `${name} ("${externalId}")`);

/** Makes an account part of the one with this key, or of none; answers all whose families are others now. Throws what is wrong with it. */
export const putParent = async (
  tx: WorkspaceTx,
  who: Who,
  { id, ...child }: { id: string; externalId: string; name: string },
  parentKey: string | null,
  at: Date,
): Promise<string[]> => {
  const [found] = parentKey === null ? [] : await keyedAccounts(tx, [parentKey], who.ownAccountsOf);
  if (parentKey !== null && !found)
    throw new Problem('rule-violated', `parent: there is no account with the key "${parentKey}": create it first, or name one that is there`);
  const { refused, beside } = await place(tx, [{ id, parent: found?.means ?? null }], at);
  if (refused[0]) throw new Problem('rule-violated', `parent: ${familyFaults[refused[0].fault](nameOf(child), found ? nameOf(found) : '')}`);
  return beside;
};

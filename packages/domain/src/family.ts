/** So many accounts, the topmost included, may be above each other. */
export const MAX_LEVELS = 5;

/** That an account is, or shall be, part of another; null: of none. */
export type Link = { readonly id: string; readonly parent: string | null };
/** Why an account cannot be part of another: it is that one, that one is part of it, or there would be too many levels. */
export type FamilyFault = 'itself' | 'below' | 'levels';

class Families {
  private readonly parents = new Map<string, string>();
  private readonly children = new Map<string, Set<string>>();

  link({ id, parent }: Link): void {
    const before = this.parents.get(id);
    if (before !== undefined) this.children.get(before)?.delete(id);
    this.parents.delete(id);
    if (parent === null) return;
    this.parents.set(id, parent);
    const beside = this.children.get(parent) ?? new Set();
    this.children.set(parent, beside.add(id));
  }

  /** The account and those above it, the nearest first. */
  upFrom(id: string): string[] {
    const chain: string[] = [];
    for (let at: string | undefined = id; at !== undefined; at = this.parents.get(at)) chain.push(at);
    return chain;
  }

  /** Levels of the account and what is below it. */
  height(id: string): number {
    let highest = 0;
    for (const child of this.children.get(id) ?? []) highest = Math.max(highest, this.height(child));
    return highest + 1;
  }

  faultOf({ id, parent }: Link): FamilyFault | null {
    if (parent === null) return null;
    if (parent === id) return 'itself';
    const chain = this.upFrom(parent);
    if (chain.includes(id)) return 'below';
    return chain.length + this.height(id) > MAX_LEVELS ? 'levels' : null;
  }
}

/**
 * Places accounts in families, as they are wished: those that make no circle and no level too many. Which wish comes
 * first does not matter: one that only another makes possible is tried again after it. `links`: what is above each parent
 * and below each account that is named.
 */
export const placeAll = (links: readonly Link[], wishes: readonly Link[]): { placed: Link[]; refused: (Link & { fault: FamilyFault })[] } => {
  const families = new Families();
  for (const link of links) families.link(link);
  const placed: Link[] = [];
  let waiting = [...wishes];
  let refused: (Link & { fault: FamilyFault })[] = [];
  do {
    refused = [];
    for (const wish of waiting) {
      const fault = families.faultOf(wish);
      if (fault) refused.push({ ...wish, fault });
      else {
        families.link(wish);
        placed.push(wish);
      }
    }
    if (refused.length === waiting.length) break;
    waiting = refused.map(({ id, parent }) => ({ id, parent }));
  } while (refused.length > 0);
  return { placed, refused };
};

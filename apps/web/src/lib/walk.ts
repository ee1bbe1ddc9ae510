/** The list somebody came from, so that the page of one account can go on to the next. Pure; `use-walk.ts` keeps it in the tab. */
export type Walk = {
  workspace: string;
  /** The list's name, and its address as it was left. */
  label: string;
  href: string;
  /** In the order of the list, as far as it was read. */
  ids: readonly string[];
  /** Accounts the list holds, also those not read. */
  total: number;
};
export type Place = { at: number; of: number; total: number; before: string | null; after: string | null };

/** More than a morning's walk, and far below what a tab may keep. */
export const WALK_IDS = 2_000;

/** Where an account stands in the list, from 1; null when it is not in it, or the list is another workspace's. */
export const placeIn = (walk: Walk | null, workspace: string, id: string): Place | null => {
  if (!walk || walk.workspace !== workspace) return null;
  const index = walk.ids.indexOf(id);
  if (index === -1) return null;
  return { at: index + 1, of: walk.ids.length, total: walk.total, before: walk.ids[index - 1] ?? null, after: walk.ids[index + 1] ?? null };
};

/** What was kept, if it still reads as a list; anything else is no list. */
export const walkFrom = (text: string | null): Walk | null => {
  if (text === null) return null;
  try {
    const { workspace, label, href, ids, total } = JSON.parse(text) as Record<string, unknown>;
    const isWhole = typeof workspace === 'string' && typeof label === 'string' && typeof href === 'string' && typeof total === 'number';
    if (!isWhole || !Array.isArray(ids) || !href.startsWith('/') || !ids.every((id) => typeof id === 'string')) return null;
    return { workspace, label, href, ids, total };
  } catch {
    return null;
  }
};

/** A page as the API answers it. */
export type Page<T> = { items: T[]; next: string | null };
/** What a list holds: the rows shown, where reading goes on, what came in meanwhile and waits, and how many came last. */
export type Held<T> = { key: string; items: readonly T[]; next: string | null; waiting: number; came: number; failure: string | null };

export const nothingHeld = { key: '', items: [], next: null, waiting: 0, came: 0, failure: null } as const satisfies Held<never>;

export const PAGE = 50;
/** One request answers at most so many. */
export const MOST = 200;

/**
 * Why the list is read: another question (`all`), its end was reached (`more`), the reader changed something (`own`), or
 * something changed elsewhere: while nobody works in the list it is shown at once (`live`), else what is new waits to be
 * asked for, so that no row moves under the hand (`held`).
 */
export type Reading = 'all' | 'more' | 'own' | 'live' | 'held';

type Row = { id: string };
const idsOf = (rows: readonly Row[]): Set<string> => new Set(rows.map(({ id }) => id));

/** How many rows a reading asks for: as many as are shown, so that the list keeps its length. */
export const limitOf = (held: Held<unknown>, reading: Reading): number =>
  reading === 'own' || reading === 'live' || reading === 'held' ? Math.min(MOST, Math.max(PAGE, held.items.length)) : PAGE;

/** The list after an answer. */
export const merged = <T extends Row>(before: Held<T>, key: string, page: Page<T>, reading: Reading): Held<T> => {
  const known = idsOf(before.items);
  if (reading === 'more') return { ...before, items: [...before.items, ...page.items.filter(({ id }) => !known.has(id))], next: page.next, failure: null };
  if (reading === 'all' || before.key !== key) return { ...nothingHeld, key, ...page };
  const read = idsOf(page.items);
  // What lies beyond one answer stays as it was.
  const rest = page.next === null ? [] : before.items.slice(MOST).filter(({ id }) => !read.has(id));
  const next = rest.length > 0 ? before.next : page.next;
  const kept = page.items.filter(({ id }) => known.has(id));
  const came = reading === 'own' ? 0 : page.items.length - kept.length;
  const waits = reading === 'held' && before.items.length > 0;
  return { ...nothingHeld, key, items: [...(waits ? kept : page.items), ...rest], next, came, waiting: waits ? came : 0 };
};

/** The rows with a change seen before the server has answered; null takes a row out of the list. */
export const patched = <T extends Row>(held: Held<T>, ids: ReadonlySet<string>, change: (row: T) => T | null): Held<T> => ({
  ...held,
  came: 0,
  items: held.items.flatMap((row) => {
    if (!ids.has(row.id)) return [row];
    const next = change(row);
    return next === null ? [] : [next];
  }),
});

/** The row so many steps from this one, held at the ends; the first where there is none. */
export const stepFrom = <T extends Row>(rows: readonly T[], id: string | null, steps: number): T | undefined => {
  const at = rows.findIndex((row) => row.id === id);
  return at < 0 ? rows[0] : rows[Math.min(rows.length - 1, Math.max(0, at + steps))];
};

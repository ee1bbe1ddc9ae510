import type { Group, ListState, Row } from './list-state.ts';

/** A line of the list: a group's heading with its sums, or an account. */
export type Line = { kind: 'group'; group: Group; folded: boolean } | { kind: 'row'; row: Row };
export const keyOfLine = (line: Line): string => (line.kind === 'group' ? `group ${line.group.why}` : line.row.id);

/**
 * Groups and rows in their order. Headings come from the groups, because a folded group has no rows here; a group whose
 * rows are not read yet shows no heading, or it would stand before the rows of the group above it that are still to come.
 */
export const linesOf = (state: ListState, folded: ReadonlySet<string>): Line[] => {
  if (state.groups.length === 0) return state.rows.map((row) => ({ kind: 'row', row }));
  const placeOf = (row: Row) => state.places.get(row.id) ?? row.why;
  const byWhy = Map.groupBy(state.rows, placeOf);
  const headed = new Set(state.groups.map((group) => group.why));
  const last = state.rows.at(-1);
  const lastRead = state.next === null || !last ? state.groups.length : state.groups.findIndex((group) => group.why === placeOf(last)) + 1;
  const lines = state.groups.slice(0, lastRead).flatMap((group): Line[] => {
    const isFolded = folded.has(group.why);
    const rows = byWhy.get(group.why) ?? [];
    // A group that was worked off has nothing to head.
    if (group.accounts <= 0 && rows.length === 0) return [];
    return [{ kind: 'group', group, folded: isFolded }, ...(isFolded ? [] : rows.map((row): Line => ({ kind: 'row', row })))];
  });
  const strays = state.rows.filter((row) => !headed.has(placeOf(row)));
  return [...lines, ...strays.map((row): Line => ({ kind: 'row', row }))];
};

/** The heading that stands over a line: its own, or the last one before it. */
export const groupAt = (lines: readonly Line[], index: number): Group | null => {
  const heading = lines.slice(0, index + 1).findLast((line) => line.kind === 'group');
  return heading?.kind === 'group' ? heading.group : null;
};

/** The row `steps` rows further from an account, past headings, held at the ends; the first row when nothing is chosen. */
export const stepFrom = (lines: readonly Line[], from: string | null, steps: number): Row | null => {
  const rows = lines.flatMap((line) => (line.kind === 'row' ? [line.row] : []));
  const at = rows.findIndex((row) => row.id === from);
  if (at === -1) return rows[0] ?? null;
  return rows[Math.min(rows.length - 1, Math.max(0, at + steps))] ?? null;
};

/** The accounts from one row to another, both included, in the order of the list. */
export const between = (lines: readonly Line[], from: string, to: string): string[] => {
  const ids = lines.flatMap((line) => (line.kind === 'row' ? [line.row.id] : []));
  const [a, b] = [ids.indexOf(from), ids.indexOf(to)];
  return a === -1 || b === -1 ? [to] : ids.slice(Math.min(a, b), Math.max(a, b) + 1);
};

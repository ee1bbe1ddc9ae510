import type { Triage } from '@tideline/contracts/triage';
import { decimal, toText, type DecimalText } from '@tideline/domain/money';

export type Row = Triage['Row'];
export type Group = Triage['Group'];

/** The list as far as it was read. Rows change in place; they enter and leave only when the reader says so. */
export type ListState = {
  rows: readonly Row[];
  /** The group each row stands in: that of its reason when it was read, so that a new reason does not move it. */
  places: ReadonlyMap<string, string>;
  groups: readonly Group[];
  /** Of the whole list, also what is not read yet. */
  accounts: number;
  stake: DecimalText;
  next: string | null;
  /** Rows shown that the list no longer holds; they stay until it is read again, so that nothing moves under the cursor. */
  left: ReadonlySet<string>;
  /** Accounts the list holds now that are not shown yet. */
  arrived: ReadonlySet<string>;
};

const placesOf = (rows: readonly Row[]): [string, string][] => rows.map((row) => [row.id, row.why]);

export const fromPage = ({ items, groups, accounts, stake, next }: Triage['Page']): ListState => ({
  rows: items,
  places: new Map(placesOf(items)),
  groups,
  accounts,
  stake,
  next,
  left: new Set(),
  arrived: new Set(),
});

/** The next page behind what is there; a row that moved between the pages stays where it was seen first. */
export const withMore = (state: ListState, page: Triage['Page']): ListState => {
  const known = new Set(state.rows.map((row) => row.id));
  const fresh = page.items.filter((row) => !known.has(row.id));
  return { ...state, rows: [...state.rows, ...fresh], places: new Map([...state.places, ...placesOf(fresh)]), next: page.next };
};

/** Adds what a row is worth to its group and the whole, or with -1 takes it away. */
const tallied = (state: ListState, row: Row, sign: 1 | -1, accounts: number): ListState => {
  const why = state.places.get(row.id) ?? row.why;
  const plus = (sum: DecimalText, amount: DecimalText) => toText(decimal(sum).plus(decimal(amount).times(sign)));
  return {
    ...state,
    accounts: state.accounts + accounts,
    stake: plus(state.stake, row.stake),
    groups: state.groups.map((group) =>
      group.why === why
        ? { ...group, accounts: group.accounts + accounts, stake: plus(group.stake, row.stake), runRate: plus(group.runRate, row.runRate ?? '0') }
        : group,
    ),
  };
};

/** Rows as they are now: those shown change in place and the sums with them, those that match and are not shown are counted as arrived. */
export const withRows = (state: ListState, items: readonly Row[], matching: readonly string[], asked: readonly string[]): ListState => {
  const now = new Map(items.map((row) => [row.id, row]));
  const holds = new Set(matching);
  const shown = new Map(state.rows.map((row) => [row.id, row]));
  const [left, arrived] = [new Set(state.left), new Set(state.arrived)];
  let next = state;
  for (const id of asked) {
    const [before, after] = [shown.get(id), now.get(id)];
    if (!before) {
      if (holds.has(id)) arrived.add(id);
      else arrived.delete(id);
      continue;
    }
    if (!left.has(id)) next = tallied(next, before, -1, holds.has(id) ? 0 : -1);
    if (after && holds.has(id)) next = tallied(next, after, 1, left.has(id) ? 1 : 0);
    if (holds.has(id)) left.delete(id);
    else left.add(id);
  }
  return { ...next, rows: state.rows.map((row) => now.get(row.id) ?? row), left, arrived };
};

/** A row that was taken out, where it stood, and whether it still counted. */
export type Removed = { row: Row; index: number; place: string; counted: boolean };

/** The list without these rows, and what brings them back. */
export const without = (state: ListState, ids: ReadonlySet<string>): { state: ListState; removed: Removed[] } => {
  const removed = state.rows.flatMap((row, index) =>
    ids.has(row.id) ? [{ row, index, place: state.places.get(row.id) ?? row.why, counted: !state.left.has(row.id) }] : [],
  );
  const less = removed.reduce((sofar, { row, counted }) => (counted ? tallied(sofar, row, -1, -1) : sofar), state);
  return { state: { ...less, rows: state.rows.filter((row) => !ids.has(row.id)) }, removed };
};

/** The rows back where they stood; those that came back by themselves meanwhile are not doubled. */
export const restored = (state: ListState, removed: readonly Removed[]): ListState => {
  const shown = new Set(state.rows.map((row) => row.id));
  const missing = removed.filter(({ row }) => !shown.has(row.id));
  const rows = [...state.rows];
  for (const { row, index } of missing) rows.splice(Math.min(index, rows.length), 0, row);
  const places = new Map([...state.places, ...missing.map(({ row, place }): [string, string] => [row.id, place])]);
  const arrived = new Set([...state.arrived].filter((id) => !missing.some(({ row }) => row.id === id)));
  const back: ListState = { ...state, rows, places, arrived };
  return missing.reduce((sofar, { row, counted }) => (counted ? tallied(sofar, row, 1, 1) : sofar), back);
};

/** The rows with something changed that the server will say again. */
export const patched = (state: ListState, ids: ReadonlySet<string>, change: (row: Row) => Row): ListState => ({
  ...state,
  rows: state.rows.map((row) => (ids.has(row.id) ? change(row) : row)),
});

import type { Triage } from '@tideline/contracts/triage';

/** `until`: the list narrower than this many pixels does without the column. `needs`: hidden while its data is not connected. */
type Column = {
  label: string;
  width: string;
  right?: boolean;
  sort?: Triage['Sort'];
  /** Which end the sort starts with: the useful one. */
  first?: 'asc' | 'desc';
  needs?: 'touches' | 'contracts';
  drop?: 'mid' | 'narrow';
  title?: string;
};

/** The columns of the list, left to right. */
export const columns = {
  mark: { label: 'Segment', width: '40px' },
  account: { label: 'Account', width: 'minmax(156px,1.15fr)', sort: 'name', first: 'asc' },
  health: { label: 'Health, 28 d', width: '84px', sort: 'health', first: 'asc' },
  weeks: { label: '13 weeks', width: '102px', drop: 'narrow', title: 'All rows share one scale: share of own normal' },
  why: { label: 'Why today', width: 'minmax(180px,2.3fr)' },
  runRate: { label: 'Run rate', width: '72px', right: true, sort: 'run_rate', first: 'desc', title: 'A year, at the rate of the last 28 days' },
  stake: {
    label: 'At stake',
    width: '82px',
    right: true,
    sort: 'stake',
    first: 'desc',
    title: 'Expected loss over the next 90 days; what is pressing counts 1.5 or 2 times',
  },
  commitment: { label: 'Used / plan', width: '84px', needs: 'contracts', drop: 'mid' },
  touched: { label: 'Touched', width: '76px', right: true, sort: 'touched', first: 'asc', needs: 'touches', drop: 'mid' },
} as const satisfies Record<string, Column>;
export type ColumnKey = keyof typeof columns;
export type ShownColumn = Column & { key: ColumnKey };

export const shownColumns = (has: Record<'touches' | 'contracts', boolean>): ShownColumn[] =>
  (Object.keys(columns) as ColumnKey[]).map((key): ShownColumn => ({ key, ...columns[key] })).filter(({ needs }) => needs === undefined || has[needs]);

/** The grid's columns for a wide list, one under 880 pixels and one under 720: the least needed go first, never money. */
export const gridOf = (shown: readonly ShownColumn[]): Record<'--wide' | '--mid' | '--narrow', string> => {
  const template = (left: readonly ShownColumn[]) => left.map(({ width }) => width).join(' ');
  return {
    '--wide': template(shown),
    '--mid': template(shown.filter(({ drop }) => drop !== 'mid')),
    '--narrow': template(shown.filter(({ drop }) => drop === undefined)),
  };
};

/** Classes that take a dropped column's cells away; phones show cards instead, where all have room. */
export const dropped = { mid: 'sm:@max-[880px]:hidden', narrow: 'sm:@max-[720px]:hidden' } as const;

/** What every line of the list is laid out by. */
export const gridLine = 'sm:grid sm:grid-cols-(--cols) sm:items-center sm:pr-2.5';
/** Around the lines: which of the three templates holds. */
export const gridScope = '[--cols:var(--wide)] @max-[880px]:[--cols:var(--mid)] @max-[720px]:[--cols:var(--narrow)]';

/** Pixels of a line. */
export const HEIGHTS = { row: 52, group: 32, card: 145, head: 28 } as const;

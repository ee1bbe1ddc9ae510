import type { AccountAddress } from './address.ts';

type Column = { key: string; label: string; sort?: AccountAddress['sort']; right?: boolean; /** Where the page is narrow it goes. */ drop?: string };

export const HEIGHTS = { row: 36, card: 60 } as const;

/** The columns of the list, left to right; their widths are in `gridLine`. */
export const columns = [
  { key: 'choose', label: 'Select' },
  { key: 'name', label: 'Account', sort: 'name' },
  { key: 'owner', label: 'Owner' },
  { key: 'segment', label: 'Segment' },
  { key: 'about', label: 'Industry, plan', drop: '@max-[900px]:hidden' },
  { key: 'health', label: 'Health', sort: 'health' },
  { key: 'runRate', label: 'Run rate', sort: 'run_rate', right: true },
  { key: 'stake', label: 'At stake', sort: 'stake', right: true },
  { key: 'lastDay', label: 'Last used', sort: 'last_day', right: true, drop: '@max-[720px]:hidden' },
] as const satisfies readonly Column[];

export const dropOf = (key: (typeof columns)[number]['key']): string => {
  const column: Column | undefined = columns.find((one) => one.key === key);
  return column?.drop ?? '';
};

/** One line of the list: a row of a table, on a phone a card of two lines. */
export const gridLine =
  'sm:grid sm:items-center sm:grid-cols-[40px_minmax(160px,1.6fr)_minmax(96px,1fr)_minmax(112px,0.9fr)_minmax(120px,1.2fr)_84px_84px_84px_84px] @max-[900px]:sm:grid-cols-[40px_minmax(140px,1.6fr)_minmax(88px,1fr)_minmax(108px,0.9fr)_72px_80px_80px_80px] @max-[720px]:sm:grid-cols-[40px_minmax(120px,1.6fr)_minmax(80px,1fr)_minmax(104px,0.9fr)_72px_76px_76px]';

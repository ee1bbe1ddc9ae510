/** The state of the revenue screen in its address: window, slices shown, filter, and which number's accounts are open. Pure. */
import { RevenueDoor, REVENUE_SLICES, REVENUE_WINDOWS, type RevenueDoorQuery, type RevenueWindow } from '@tideline/contracts/revenue';

export type SliceName = (typeof REVENUE_SLICES)[number];
export type Scope = Partial<Record<'owner' | 'industry' | 'region' | 'plan', string>>;
export type Address = { window: RevenueWindow | undefined; by: SliceName; and: SliceName; scope: Scope; door: RevenueDoorQuery | null };
/** A number to open, as a link names it: `window` and `month` are those of the number, not of the screen. */
export type Door = Partial<Omit<RevenueDoorQuery, keyof Scope>> & Pick<RevenueDoorQuery, 'of'>;
export type Search = Record<string, string | string[] | undefined>;

/** Door → parameter; short, because addresses are shared. */
const names = { of: 'of', definition: 'def', window: 'in', month: 'at', kind: 'kind', quarter: 'from', slice: 'slice', value: 'value' } as const;
export const SCOPES = ['owner', 'industry', 'region', 'plan'] as const;

const first = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);
const among = <T extends string>(value: string | undefined, list: readonly T[]): T | undefined => list.find((one) => one === value);

/** What an address asks for; anything it does not understand is as if it were not there. */
export const readAddress = (search: Search): Address => {
  const scope: Scope = {};
  for (const name of SCOPES) {
    const value = first(search[name]);
    if (value !== undefined) scope[name] = value;
  }
  const asked = Object.fromEntries(Object.entries(names).flatMap(([name, key]) => (search[key] === undefined ? [] : [[name, first(search[key])]])));
  const door = RevenueDoor.safeParse({ ...asked, ...scope });
  return {
    window: among(first(search.window), REVENUE_WINDOWS),
    by: among(first(search.by), REVENUE_SLICES) ?? 'segment',
    and: among(first(search.and), REVENUE_SLICES) ?? 'owner',
    scope: RevenueDoor.safeParse({ of: 'closing', ...scope }).success ? scope : {}, // a filter stands without an open door
    door: door.success ? door.data : null,
  };
};

/** The address with something changed, as a link. A door that is not named is closed. */
export const hrefOf = (address: Address, change: Partial<Pick<Address, 'window' | 'by' | 'and' | 'scope'>> & { door?: Door | null } = {}): string => {
  const next = { ...address, ...change };
  const query = new URLSearchParams();
  if (next.window) query.set('window', next.window);
  if (next.by !== 'segment') query.set('by', next.by);
  if (next.and !== 'owner') query.set('and', next.and);
  for (const [name, value] of Object.entries(next.scope)) query.set(name, value);
  for (const [name, key] of Object.entries(names)) {
    const value = change.door?.[name as keyof typeof names];
    if (value !== undefined) query.set(key, value);
  }
  return `?${query.toString()}`;
};

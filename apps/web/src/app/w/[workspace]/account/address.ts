import { ACCOUNT_STATUSES } from '@tideline/contracts/account';
import { ACCOUNT_SORTS } from '@tideline/contracts/account-page';
import { segments, type Segment } from '@tideline/domain/segment';
import { createSerializer, parseAsArrayOf, parseAsString, parseAsStringLiteral, type inferParserType } from 'nuqs/server';

/** Between several values, as in the API; inside one it is written %7C. */
const SEPARATOR = '|';
const some = parseAsArrayOf(parseAsString, SEPARATOR);
const SEGMENTS = Object.keys(segments) as Segment[];

/** `all`: whatever the status. */
export const STATUS_TABS = [...ACCOUNT_STATUSES, 'all'] as const;
export type StatusTab = (typeof STATUS_TABS)[number];

/** Everything that decides which accounts are listed, and how. */
export const accountParsers = {
  status: parseAsStringLiteral(STATUS_TABS).withDefault('live'),
  /** `me`, `unassigned`, ids. */
  owner: some,
  segment: parseAsArrayOf(parseAsStringLiteral(SEGMENTS), SEPARATOR),
  industry: some,
  q: parseAsString.withDefault(''),
  sort: parseAsStringLiteral(ACCOUNT_SORTS).withDefault('name'),
  dir: parseAsStringLiteral(['asc', 'desc'] as const),
};
export type AccountAddress = inferParserType<typeof accountParsers>;
export const writeAddress = createSerializer(accountParsers);

const joined = (values: readonly string[] | null): string | undefined =>
  values === null || values.length === 0 ? undefined : values.map((value) => value.replaceAll(SEPARATOR, '%7C')).join(SEPARATOR);
const present = <T extends Record<string, unknown>>(given: T) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };

/** The filters as the API is asked; absent keys are left out, so that equal questions are equal text. */
export const filterQuery = ({ status, owner, segment, industry, q }: AccountAddress) =>
  present({
    status: status === 'all' ? undefined : status,
    owner: joined(owner),
    segment: joined(segment),
    industry: joined(industry),
    q: q.trim() || undefined,
  });
export const listQuery = (address: AccountAddress) => ({ ...filterQuery(address), sort: address.sort, ...present({ direction: address.dir ?? undefined }) });
export type ListQuery = ReturnType<typeof listQuery>;
export const keyOf = (query: ListQuery): string => JSON.stringify(query);

/** What "clear" takes away: the filters and the search, not the tab and the order. */
export const noFilters = { owner: null, segment: null, industry: null, q: null } as const;
export const isFiltered = ({ owner, segment, industry, q }: AccountAddress): boolean =>
  [owner, segment, industry].some((values) => (values?.length ?? 0) > 0) || q.trim() !== '';

/** Which end of an order comes first when a column is chosen. */
export const firstDirection = { name: 'asc', health: 'asc', run_rate: 'desc', stake: 'desc', last_day: 'desc' } as const satisfies Record<
  AccountAddress['sort'],
  'asc' | 'desc'
>;

import { TRIAGE_SORTS, TRIAGE_STATES, TRIAGE_TABS } from '@tideline/contracts/triage';
import { bands, type Band } from '@tideline/domain/health';
import { createSerializer, parseAsArrayOf, parseAsString, parseAsStringLiteral, type inferParserType } from 'nuqs/server';

/** Between several values, as in the API; inside one it is written %7C. */
const SEPARATOR = '|';
const someOf = <T extends string>(words: readonly T[]) => parseAsArrayOf(parseAsStringLiteral(words), SEPARATOR);
const some = parseAsArrayOf(parseAsString, SEPARATOR);
const BANDS = Object.keys(bands) as Band[];

/** Everything that decides what the screen shows stands in the address: it can be shared, saved and gone back to. */
export const triageParsers = {
  tab: parseAsStringLiteral(TRIAGE_TABS).withDefault('needs_you'),
  /** `me`, `unassigned`, ids; `anyone` where a person's default is their own book. */
  owner: some,
  industry: some,
  plan: some,
  region: some,
  band: someOf(BANDS),
  state: someOf(TRIAGE_STATES),
  q: parseAsString.withDefault(''),
  sort: parseAsStringLiteral(TRIAGE_SORTS).withDefault('stake'),
  dir: parseAsStringLiteral(['asc', 'desc'] as const),
  group: parseAsStringLiteral(['why', 'none'] as const).withDefault('why'),
  fold: some,
  /** The account whose panel is open. */
  account: parseAsString,
};
export type TriageAddress = inferParserType<typeof triageParsers>;
export const writeAddress = createSerializer(triageParsers);

/** Whose book a person sees when the address does not say. */
export type DefaultOwner = 'me' | 'anyone';

/** The owners that narrow the list; empty means anyone. */
export const ownersIn = (address: TriageAddress, fallback: DefaultOwner): string[] => {
  const owners = address.owner ?? [fallback];
  return owners.includes('anyone') ? [] : owners;
};

const joined = (values: readonly string[] | null): string | undefined =>
  values === null || values.length === 0 ? undefined : values.map((value) => value.replaceAll(SEPARATOR, '%7C')).join(SEPARATOR);

/** The filters as the API is asked. Absent keys are left out, so that equal questions are equal text. */
export const filterQuery = (address: TriageAddress, fallback: DefaultOwner) => {
  const { industry, plan, region, band, state, q } = address;
  const asked = { owner: joined(ownersIn(address, fallback)), industry: joined(industry), plan: joined(plan), region: joined(region), band: joined(band) };
  return present({ ...asked, state: joined(state), q: q.trim() || undefined });
};

export const listQuery = (address: TriageAddress, fallback: DefaultOwner) => {
  const { tab, sort, dir, group, fold } = address;
  return { ...filterQuery(address, fallback), tab, sort, group, ...present({ direction: dir ?? undefined, fold: group === 'why' ? joined(fold) : undefined }) };
};
export type ListQuery = ReturnType<typeof listQuery>;

const present = <T extends Record<string, unknown>>(given: T) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };

/** What "clear" takes away: the filters and the search, not the tab, the order and whose book it is. */
export const noFilters = { industry: null, plan: null, region: null, band: null, state: null, q: null } as const;

export const isFiltered = ({ industry, plan, region, band, state, q }: TriageAddress): boolean =>
  [industry, plan, region, band, state].some((values) => (values?.length ?? 0) > 0) || q.trim() !== '';

/** What a saved view keeps: all of the address but the open panel. */
export const viewQuery = (address: TriageAddress): string => writeAddress({ ...address, account: null }).replace(/^\?/, '');

import { Prisma } from '../../generated/client.ts';
import type { Day } from '@tideline/domain/calendar';
import { reasons } from '@tideline/domain/reason';
import { askingSegments, BACK, DONE_DAYS, DONE_FALL, WENT } from '@tideline/domain/triage';
import type { DecimalText } from '@tideline/domain/money';
import { plain, texts } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';

/** Who looks, and from when: `closed` is the last closed day, null before the first close. `onlyOwner`: the one book this person may see. */
export type TriageView = { readonly today: Day; readonly closed: Day | null; readonly onlyOwner: string | null };

/** Null means any. `owners` with `unassigned` reads as "one of them, or nobody". */
export type TriageFilter = {
  readonly owners: readonly string[] | null;
  readonly unassigned: boolean;
  readonly industries: readonly string[] | null;
  readonly plans: readonly string[] | null;
  readonly regions: readonly string[] | null;
  readonly bands: readonly string[] | null;
  readonly states: readonly ('open' | 'snoozed' | 'done')[] | null;
  readonly text: string | null;
};
export type TriageSort = 'stake' | 'run_rate' | 'health' | 'change' | 'touched' | 'name';
/** `tab`: `needs_you`, `all` or a segment. `direction` null: the useful end first. */
export type TriageList = TriageFilter & {
  readonly tab: string;
  readonly sort: TriageSort;
  readonly direction: 'asc' | 'desc' | null;
  readonly grouped: boolean;
  readonly folded: readonly string[];
};

/** Where a page ended: order of the group, sort key and name of its last row, exact. */
export type TriageCursor = { readonly group: number; readonly key: string; readonly name: string; readonly id: string };

const order = Object.entries(reasons)
  .toSorted(([, a], [, b]) => a.order - b.order)
  .map(([code]) => code);

/** Where a group stands, 1 first. Of one group alone it is the same for every row, and need not be looked up in each. */
const placeOf = (groups: readonly string[] | undefined): Prisma.Sql => {
  const [only] = groups ?? [];
  const place = only === undefined ? -1 : order.indexOf(only);
  return groups?.length === 1 && place >= 0 ? Prisma.sql`${place + 1}::int` : Prisma.sql`coalesce(array_position(${texts(order)}::text[], s.why), 99)`;
};

/** SQL of the sort key and the end that comes first by default; what is not known comes last, and "never touched" counts as longest ago. */
const sorts = {
  stake: { key: Prisma.sql`s.rank`, first: 'desc' },
  run_rate: { key: Prisma.sql`s.run_rate::float8`, first: 'desc' },
  health: { key: Prisma.sql`s.health`, first: 'asc' },
  change: { key: Prisma.sql`s.health - h.health`, first: 'asc' },
  touched: { key: Prisma.sql`coalesce(extract(epoch FROM t.at)::float8, '-Infinity')`, first: 'asc' },
  name: { key: Prisma.sql`0::float8`, first: 'asc' },
} as const satisfies Record<TriageSort, { key: Prisma.Sql; first: 'asc' | 'desc' }>;

const anyOf = (column: Prisma.Sql, values: readonly string[] | null): Prisma.Sql[] =>
  values === null ? [] : [Prisma.sql`${column} = ANY(${texts(values)}::text[])`];

const ownedBy = ({ owners, unassigned }: TriageFilter): Prisma.Sql[] => {
  if (owners === null && !unassigned) return [];
  return [Prisma.sql`(s.owner_id = ANY(${plain(owners ?? [])}::uuid[]) OR (${unassigned} AND s.owner_id IS NULL))`];
};

const calledLike = (text: string | null): Prisma.Sql[] => (text ? [Prisma.sql`strpos(s.search, lower(${text})) > 0`] : []);

/** What describes the account, as against what has become of it. */
const aboutAccount = (filter: TriageFilter): Prisma.Sql[] => [
  ...ownedBy(filter),
  ...anyOf(Prisma.sql`s.industry`, filter.industries),
  ...anyOf(Prisma.sql`s.plan`, filter.plans),
  ...anyOf(Prisma.sql`s.region`, filter.regions),
];
const aboutScore = (filter: TriageFilter): Prisma.Sql[] => [...anyOf(Prisma.sql`s.band`, filter.bands), ...calledLike(filter.text)];

export const triageStates = {
  open: Prisma.sql`(z.account_id IS NULL AND d.account_id IS NULL)`,
  snoozed: Prisma.sql`z.account_id IS NOT NULL`,
  done: Prisma.sql`d.account_id IS NOT NULL`,
} as const;
const inState = (states: TriageFilter['states']): Prisma.Sql[] =>
  states === null || states.length === 0
    ? []
    : [
        Prisma.sql`(${Prisma.join(
          states.map((state) => triageStates[state]),
          ' OR ',
        )})`,
      ];

/** Neither snoozed nor done, and asking for somebody: by its segment or by an open alert. */
export const needsYou = Prisma.sql`(z.account_id IS NULL AND d.account_id IS NULL AND (s.segment = ANY(${plain(askingSegments)}::text[])
  OR EXISTS (SELECT 1 FROM alert o WHERE o.workspace_id = s.workspace_id AND o.account_id = s.account_id AND o.state IN ('open', 'acknowledged'))))`;
const inTab = (tab: string): Prisma.Sql[] => (tab === 'all' ? [] : [tab === 'needs_you' ? needsYou : Prisma.sql`s.segment = ${tab}`]);

/** Every judged account that is live, with its snooze (z) and its mark "done" (d) where they still hold: `domain/triage`, `staysDone`. */
export const judged = (tx: WorkspaceTx, { today, onlyOwner }: TriageView): Prisma.Sql => Prisma.sql`
  FROM ${onlyOwner ? Prisma.sql`(SELECT * FROM triage_row WHERE workspace_id = ${tx.workspaceId}::uuid AND owner_id = ${onlyOwner}::uuid)` : Prisma.sql`triage_row`} s
  LEFT JOIN snooze z ON z.workspace_id = s.workspace_id AND z.account_id = s.account_id AND z.until_day > ${today}::date
  LEFT JOIN triage_done d ON d.workspace_id = s.workspace_id AND d.account_id = s.account_id
    AND d.segment = s.segment AND (d.why = s.why OR d.why = ${WENT} AND s.why = ${BACK}) AND d.day > ${today}::date - ${DONE_DAYS}::int
    AND (d.health IS NULL OR s.health IS NULL OR s.health > d.health - ${DONE_FALL}::int)
    AND NOT EXISTS (SELECT 1 FROM alert n WHERE n.workspace_id = s.workspace_id AND n.account_id = s.account_id AND n.opened_at > d.at)`;

/** What only some sorts need: health 28 days ago (h), the last touch (t). */
const sortJoins = (tx: WorkspaceTx, { closed }: TriageView, sort: TriageSort): Prisma.Sql => {
  if (sort === 'change') {
    return Prisma.sql`LEFT JOIN score_history h ON h.workspace_id = s.workspace_id AND h.account_id = s.account_id AND h.day = ${closed}::date - 28`;
  }
  if (sort !== 'touched') return Prisma.empty;
  return Prisma.sql`LEFT JOIN (SELECT account_id, max(at) AS at FROM touch WHERE workspace_id = ${tx.workspaceId}::uuid AND kind <> 'note' GROUP BY account_id) t
    ON t.account_id = s.account_id`;
};

const allOf = (tx: WorkspaceTx, conditions: readonly Prisma.Sql[]): Prisma.Sql =>
  Prisma.sql`WHERE ${Prisma.join([Prisma.sql`s.workspace_id = ${tx.workspaceId}::uuid`, ...conditions], ' AND ')}`;

/** Conditions of a summary: `accounts` alone, or with what has become of them. */
export const whereOf = (tx: WorkspaceTx, filter: TriageFilter, what: 'accounts' | 'all'): Prisma.Sql =>
  allOf(tx, what === 'accounts' ? aboutAccount(filter) : [...aboutAccount(filter), ...aboutScore(filter), ...inState(filter.states)]);

const whereList = (tx: WorkspaceTx, list: TriageList, more: readonly Prisma.Sql[] = []): Prisma.Sql =>
  allOf(tx, [...aboutAccount(list), ...aboutScore(list), ...inState(list.states), ...inTab(list.tab), ...more]);

/** The list as (id, g, k, n), in which larger k and smaller everything else come first. */
const listed = (tx: WorkspaceTx, view: TriageView, list: TriageList, more: readonly Prisma.Sql[] = [], groups?: readonly string[]): Prisma.Sql => {
  const { key, first } = sorts[list.sort];
  const down = (list.direction ?? first) === 'desc';
  const folded = list.grouped && list.folded.length > 0 ? [Prisma.sql`s.why <> ALL(${texts(list.folded)}::text[])`] : [];
  return Prisma.sql`
    SELECT s.account_id AS id, ${list.grouped ? placeOf(groups) : Prisma.sql`0`} AS g,
      coalesce(${down ? key : Prisma.sql`-(${key})`}, '-Infinity'::float8) AS k, s.name AS n
    ${judged(tx, view)} ${sortJoins(tx, view, list.sort)} ${whereList(tx, list, [...folded, ...more])}`;
};

/** Names run from Z to A only where the list is sorted by name that way. */
const isReversed = (list: TriageList): boolean => list.sort === 'name' && list.direction === 'desc';

const isAfter = (list: TriageList, after: TriageCursor): Prisma.Sql => {
  const { group, key, name, id } = after;
  if (!isReversed(list)) return Prisma.sql`(g, -k, n, id) > (${group}::int, -(${key}::float8), ${name}::text COLLATE "C", ${id}::uuid)`;
  return Prisma.sql`(g > ${group}::int OR (g = ${group}::int AND (n < ${name}::text COLLATE "C" OR (n = ${name}::text COLLATE "C" AND id > ${id}::uuid))))`;
};

export type TriagePage = { ids: string[]; next: TriageCursor | null };

/**
 * A page of account ids in the order of the list; facts about them come from `triageFacts`. `groups`: the reasons the page
 * is known to lie in, so that no other row need be put in order.
 */
export const triagePage = async (
  tx: WorkspaceTx,
  view: TriageView,
  list: TriageList,
  { after, limit, groups }: { after: TriageCursor | null; limit: number; groups?: readonly string[] },
): Promise<TriagePage> => {
  const within = groups ? [Prisma.sql`s.why = ANY(${texts(groups)}::text[])`] : [];
  const inOrder = Prisma.sql`ORDER BY l.g, l.k DESC, l.n ${Prisma.raw(isReversed(list) ? 'DESC' : 'ASC')}, l.id`;
  const rows = await tx.db.$queryRaw<TriageCursor[]>`
    SELECT l.id::text, l.g::int AS "group", l.k::text AS key, l.n AS name FROM (
      SELECT * FROM (${listed(tx, view, list, within, groups)}) l ${after ? Prisma.sql`WHERE ${isAfter(list, after)}` : Prisma.empty} ${inOrder} LIMIT ${limit + 1}) l
    ${inOrder}`;
  const page = rows.slice(0, limit);
  return { ids: page.map((row) => row.id), next: rows.length > limit ? (page.at(-1) ?? null) : null };
};

/** Which of these accounts the list holds, up to and including the row a cursor names. */
export const triageMatching = async (
  tx: WorkspaceTx,
  view: TriageView,
  list: TriageList,
  ids: readonly string[],
  until: TriageCursor | null,
): Promise<string[]> => {
  const only = [Prisma.sql`s.account_id = ANY(${plain(ids)}::uuid[])`];
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM (${listed(tx, view, list, only)}) l ${until ? Prisma.sql`WHERE NOT ${isAfter(list, until)}` : Prisma.empty}`;
  return rows.map((row) => row.id);
};

export type TriageGroup = { why: string; accounts: number; runRate: DecimalText; stake: DecimalText };

/** The list's groups with their sums, in order, folded ones too; without grouping still by reason. */
export const triageGroups = (tx: WorkspaceTx, view: TriageView, list: TriageList): Promise<TriageGroup[]> =>
  tx.db.$queryRaw<TriageGroup[]>`
    SELECT s.why, count(*)::int AS accounts, coalesce(sum(s.run_rate), 0)::text AS "runRate", coalesce(sum(s.stake), 0)::text AS stake
    ${judged(tx, view)} ${whereList(tx, list)}
    GROUP BY s.why ORDER BY coalesce(array_position(${texts(order)}::text[], s.why), 99), s.why`;

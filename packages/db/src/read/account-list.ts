import { Prisma } from '../../generated/client.ts';
import type { Day } from '@tideline/domain/calendar';
import type { DecimalText } from '@tideline/domain/money';
import { plain, texts } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';

/** Null means any. `owners` with `unassigned` reads as "one of them, or nobody"; `onlyOwner` is the one book a person may see. */
export type AccountFilter = {
  readonly statuses: readonly string[] | null;
  readonly owners: readonly string[] | null;
  readonly unassigned: boolean;
  readonly segments: readonly string[] | null;
  readonly industries: readonly string[] | null;
  readonly text: string | null;
  readonly onlyOwner: string | null;
};
export type AccountSort = 'name' | 'health' | 'run_rate' | 'stake' | 'last_day';
/** Where a page ended: sort key and name of its last row. */
export type AccountPlace = { readonly key: string; readonly name: string; readonly id: string };

export type AccountListRow = {
  id: string;
  externalId: string;
  name: string;
  status: string;
  ownerId: string | null;
  ownerName: string | null;
  industry: string | null;
  plan: string | null;
  region: string | null;
  segment: string | null;
  health: number | null;
  band: string | null;
  runRate: DecimalText | null;
  stake: DecimalText | null;
  lastDay: Day | null;
};

/** SQL of the sort key and the end that comes first by default; what is not known comes last. */
const sorts = {
  name: { key: Prisma.sql`0::float8`, first: 'asc' },
  health: { key: Prisma.sql`s.health`, first: 'asc' },
  run_rate: { key: Prisma.sql`s.run_rate::float8`, first: 'desc' },
  stake: { key: Prisma.sql`s.stake::float8`, first: 'desc' },
  last_day: { key: Prisma.sql`(s.last_day - '1970-01-01'::date)::float8`, first: 'desc' },
} as const satisfies Record<AccountSort, { key: Prisma.Sql; first: 'asc' | 'desc' }>;

const anyOf = (column: Prisma.Sql, values: readonly string[] | null): Prisma.Sql[] =>
  values === null ? [] : [Prisma.sql`${column} = ANY(${texts(values)}::text[])`];

const conditions = (tx: WorkspaceTx, filter: AccountFilter): Prisma.Sql => {
  const { owners, unassigned, text, onlyOwner } = filter;
  const pattern = `%${(text ?? '').replaceAll(/[\\%_]/g, '\\$&')}%`;
  return Prisma.join(
    [
      Prisma.sql`a.workspace_id = ${tx.workspaceId}::uuid`,
      ...(onlyOwner === null ? [] : [Prisma.sql`a.owner_id = ${onlyOwner}::uuid`]),
      ...(owners === null && !unassigned ? [] : [Prisma.sql`(a.owner_id = ANY(${plain(owners ?? [])}::uuid[]) OR (${unassigned} AND a.owner_id IS NULL))`]),
      ...(filter.statuses === null ? [Prisma.sql`a.status <> 'merged'`] : anyOf(Prisma.sql`a.status`, filter.statuses)),
      ...anyOf(Prisma.sql`s.segment`, filter.segments),
      ...anyOf(Prisma.sql`a.industry`, filter.industries),
      ...(text ? [Prisma.sql`(a.name ILIKE ${pattern} OR a.external_id ILIKE ${pattern})`] : []),
    ],
    ' AND ',
  );
};

const FROM = Prisma.sql`FROM account a LEFT JOIN score s ON s.workspace_id = a.workspace_id AND s.account_id = a.id`;

/** A page of accounts in an order, each with its present judgement where it has one, and where the page ended. */
export const accountPage = async (
  tx: WorkspaceTx,
  filter: AccountFilter,
  order: { sort: AccountSort; direction: 'asc' | 'desc' | null },
  after: AccountPlace | null,
  limit: number,
): Promise<{ rows: AccountListRow[]; next: AccountPlace | null }> => {
  const { key, first } = sorts[order.sort];
  const down = (order.direction ?? first) === 'desc';
  const reversed = order.sort === 'name' && down;
  const sign = down ? key : Prisma.sql`-(${key})`;
  const past = reversed
    ? Prisma.sql`(n < ${after?.name ?? ''}::text COLLATE "C" OR (n = ${after?.name ?? ''}::text COLLATE "C" AND id > ${after?.id ?? ''}::uuid))`
    : Prisma.sql`(-k, n, id) > (-(${after?.key ?? ''}::float8), ${after?.name ?? ''}::text COLLATE "C", ${after?.id ?? ''}::uuid)`;
  const found = await tx.db.$queryRaw<(AccountListRow & { key: string })[]>`
    WITH listed AS (SELECT a.id, coalesce(${sign}, '-Infinity'::float8) AS k, a.name COLLATE "C" AS n ${FROM} WHERE ${conditions(tx, filter)}),
      page AS (SELECT * FROM listed ${after ? Prisma.sql`WHERE ${past}` : Prisma.empty} ORDER BY k DESC, n ${Prisma.raw(reversed ? 'DESC' : 'ASC')}, id LIMIT ${limit + 1})
    SELECT a.id::text, a.external_id AS "externalId", a.name, a.status, a.owner_id::text AS "ownerId", u.name AS "ownerName", a.industry, a.plan, a.region,
      s.segment, s.health, s.band, s.run_rate::text AS "runRate", s.stake::text AS stake, s.last_day::text AS "lastDay", p.k::text AS key
    FROM page p JOIN account a ON a.workspace_id = ${tx.workspaceId}::uuid AND a.id = p.id
    LEFT JOIN score s ON s.workspace_id = a.workspace_id AND s.account_id = a.id LEFT JOIN app_user u ON u.id = a.owner_id
    ORDER BY p.k DESC, p.n ${Prisma.raw(reversed ? 'DESC' : 'ASC')}, p.id`;
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return { rows: page.map(({ key: _key, ...row }) => row), next: found.length > limit && last ? { key: last.key, name: last.name, id: last.id } : null };
};

export const countAccounts = async (tx: WorkspaceTx, filter: AccountFilter): Promise<number> => {
  const [row] = await tx.db.$queryRaw<{ accounts: number }[]>`SELECT count(*)::int AS accounts ${FROM} WHERE ${conditions(tx, filter)}`;
  return row?.accounts ?? 0;
};

export type Counts = { value: string | null; accounts: number }[];

/** Accounts under a filter by status, and by segment. */
export const countsBy = (tx: WorkspaceTx, filter: AccountFilter, what: 'status' | 'segment'): Promise<Counts> =>
  tx.db.$queryRaw<Counts>`
    SELECT ${Prisma.raw(what === 'status' ? 'a.status' : 's.segment')} AS value, count(*)::int AS accounts ${FROM} WHERE ${conditions(tx, filter)} GROUP BY 1`;

import { Prisma } from '../../generated/client.ts';
import type { Day } from '@tideline/domain/calendar';
import type { ModelConfig } from '@tideline/domain/model-config';
import { MIN_PEERS } from '@tideline/domain/measure';
import { plain } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';

export type ModelRow = {
  id: string;
  version: number;
  state: 'draft' | 'published' | 'retired';
  config: ModelConfig;
  note: string;
  author: { id: string; name: string } | null;
  updatedAt: Date;
  publishedAt: Date | null;
  /** Accounts whose present judgement it made. */
  accounts: number;
};

/** All versions and the draft, the newest first. */
export const models = async (tx: WorkspaceTx, id?: string): Promise<ModelRow[]> => {
  const rows = await tx.db.$queryRaw<(Omit<ModelRow, 'author'> & { authorId: string | null; author: string | null })[]>`
    SELECT h.id::text, h.version, h.state, h.config, h.note, h.author_id::text AS "authorId", u.name AS author, h.updated_at AS "updatedAt", h.published_at AS "publishedAt",
      coalesce(s.accounts, 0)::int AS accounts
    FROM health_model h LEFT JOIN app_user u ON u.id = h.author_id
    LEFT JOIN (SELECT model_id, count(*) AS accounts FROM score WHERE workspace_id = ${tx.workspaceId}::uuid GROUP BY model_id) s ON s.model_id = h.id
    WHERE h.workspace_id = ${tx.workspaceId}::uuid ${id === undefined ? Prisma.empty : Prisma.sql`AND h.id = ${id}::uuid`} ORDER BY h.version DESC`;
  return rows.map(({ authorId, author, ...row }) => ({ ...row, author: authorId === null ? null : { id: authorId, name: author ?? 'somebody who left' } }));
};

export type RunRow = { id: string; state: string; done: number; total: number; error: string | null; startedAt: Date };

/** The last rescoring of all accounts; null before the first. */
export const lastRescore = async (tx: WorkspaceTx): Promise<RunRow | null> =>
  tx.db.backgroundRun.findFirst({
    where: { workspaceId: tx.workspaceId, kind: 'score.all' },
    orderBy: { startedAt: 'desc' },
    select: { id: true, state: true, done: true, total: true, error: true, startedAt: true },
  });

export type PreviewRow = {
  id: string;
  name: string;
  ownerId: string | null;
  owner: string | null;
  runRate: string | null;
  band: string | null;
  segment: string;
  reason: string;
  plan: string | null;
  industry: string | null;
  region: string | null;
  measures: (number | null)[];
};

/** Every live account with the measures it was last judged by, in the order of their names. */
export const previewRows = (tx: WorkspaceTx, onlyOwner: string | null): Promise<PreviewRow[]> =>
  tx.db.$queryRaw<PreviewRow[]>`
    SELECT a.id::text, a.name, a.owner_id::text AS "ownerId", u.name AS owner, s.run_rate::text AS "runRate", s.band, s.segment, s.segment_reason AS reason, a.plan, a.industry, a.region, s.measures
    FROM score s JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id AND a.status = 'live'
    LEFT JOIN app_user u ON u.id = a.owner_id
    WHERE s.workspace_id = ${tx.workspaceId}::uuid AND (${onlyOwner}::uuid IS NULL OR a.owner_id = ${onlyOwner}::uuid) ORDER BY a.name, a.id`;

/** What was relative to the workspace at the close of a day. */
export const relativeOn = async (tx: WorkspaceTx, day: Day): Promise<{ k: number; vbar: number; medianTtfvDays: number | null } | null> => {
  const row = await tx.db.dayClose.findUnique({
    where: { workspaceId_day: { workspaceId: tx.workspaceId, day: new Date(`${day}T00:00:00Z`) } },
    select: { regularity: true, vbar: true, medianTtfv: true },
  });
  return row && { k: row.regularity, vbar: row.vbar, medianTtfvDays: row.medianTtfv };
};

/**
 * How yearly revenues stand among the peers of a closed day, in the order they are given: mid-rank percentiles, 50 among fewer than
 * `MIN_PEERS`; null where the day kept no peers. Of days before the newest they are ranked among 201 of the peers.
 */
export const standingsOn = async (tx: WorkspaceTx, day: Day, revenues: readonly number[]): Promise<(number | null)[]> => {
  const rows = await tx.db.$queryRaw<{ n: number; less: number; equal: number }[]>`
    SELECT cardinality(c.peers) AS n, p.less, p.equal FROM unnest(${plain(revenues)}::float8[]) WITH ORDINALITY r (revenue, i)
    JOIN day_close c ON c.workspace_id = ${tx.workspaceId}::uuid AND c.day = ${day}::date
    CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE peer < r.revenue)::int AS less, count(*) FILTER (WHERE peer = r.revenue)::int AS equal FROM unnest(c.peers) peer) p
    ORDER BY r.i`;
  return revenues.map((_, i) => {
    const row = rows[i];
    if (!row || row.n === 0) return null;
    return row.n < MIN_PEERS ? 50 : (100 * (row.less + row.equal / 2)) / row.n;
  });
};

/** Whether the workspace has a milestone that says "first value". */
export const hasFirstValue = async (tx: WorkspaceTx): Promise<boolean> =>
  (await tx.db.milestone.count({ where: { workspaceId: tx.workspaceId, firstValue: true, archivedAt: null } })) > 0;

const WEEKS = 24;
const weekSums = Prisma.raw(Array.from({ length: WEEKS }, (_, i) => `coalesce(sum(value) FILTER (WHERE week = ${WEEKS - 1 - i}), 0)::float8`).join(', '));

/** The last 24 seven-day weeks ending on `day`, oldest first, of every account that was used in them: revenue, or the main meter's quantity. */
export const recentWeeks = async (tx: WorkspaceTx, day: Day, priced: boolean): Promise<Map<string, number[]>> => {
  const value = Prisma.raw(priced ? 'revenue' : 'quantity');
  const rows = await tx.db.$queryRaw<{ id: string; weeks: number[] }[]>`
    SELECT account_id::text AS id, ARRAY[${weekSums}] AS weeks FROM (
      SELECT account_id, ${value} AS value, (${day}::date - day) / 7 AS week FROM account_day
      WHERE workspace_id = ${tx.workspaceId}::uuid AND day > ${day}::date - 168 AND day <= ${day}::date) d
    GROUP BY account_id`;
  return new Map(rows.map(({ id, weeks }) => [id, weeks]));
};

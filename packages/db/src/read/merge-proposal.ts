import type { Day } from '@tideline/domain/calendar';
import type { DecimalText } from '@tideline/domain/money';
import { Prisma } from '../../generated/client.ts';
import { plain } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';

export type ProposalState = 'open' | 'merging' | 'accepted' | 'dismissed';
type Named = { id: string; externalId: string; name: string };

/**
 * `from` and `into` are the accounts it is about by now: what each key means today, and of an accepted one the two it
 * named. `merge*`: the latest merge of just these two, also one that was undone.
 */
export type ProposalRow = {
  id: string;
  from: Named;
  into: Named;
  state: ProposalState;
  via: string;
  actor: string | null;
  proposedAt: Date;
  dismissedAt: Date | null;
  dismissedBy: string | null;
  mergedAt: Date | null;
  mergedBy: string | null;
  undoneAt: Date | null;
};

// Whether the two are one is said by the accounts alone: f and i are those that were named, nf and ni those their keys mean now.
const standing = (tx: WorkspaceTx) => Prisma.sql`
  FROM merge_proposal p
  JOIN account f ON f.workspace_id = p.workspace_id AND f.id = p.from_id
  JOIN account i ON i.workspace_id = p.workspace_id AND i.id = p.into_id
  JOIN account nf ON nf.workspace_id = p.workspace_id AND nf.id = coalesce(f.merged_into, f.id)
  JOIN account ni ON ni.workspace_id = p.workspace_id AND ni.id = coalesce(i.merged_into, i.id)
  LEFT JOIN LATERAL (SELECT m.made_at, m.actor, m.undone_at, m.state FROM account_merge m WHERE m.workspace_id = p.workspace_id
    AND ((m.from_id = nf.id AND m.into_id = ni.id) OR (m.from_id = ni.id AND m.into_id = nf.id) OR (m.from_id = f.id AND m.into_id = i.id) OR (m.from_id = i.id AND m.into_id = f.id))
    ORDER BY m.made_at DESC LIMIT 1) m ON true
  CROSS JOIN LATERAL (SELECT CASE WHEN nf.id = ni.id THEN 'accepted' WHEN p.dismissed_at IS NOT NULL THEN 'dismissed'
    WHEN m.state = 'merging' THEN 'merging' ELSE 'open' END AS state) s
  WHERE p.workspace_id = ${tx.workspaceId}::uuid`;

/** How many wait for somebody to decide. */
export const openProposals = async (tx: WorkspaceTx): Promise<number> => {
  const [row] = await tx.db.$queryRaw<{ open: number }[]>`SELECT count(*)::int AS open ${standing(tx)} AND p.dismissed_at IS NULL AND s.state = 'open'`;
  return row?.open ?? 0;
};

/** Proposals: those that wait first, then the latest; or one, by its id. */
export const proposals = (tx: WorkspaceTx, of: { id?: string; limit: number }): Promise<ProposalRow[]> =>
  tx.db.$queryRaw<ProposalRow[]>`
    SELECT p.id::text, ${named(Prisma.raw('f'))} AS "from", ${named(Prisma.raw('i'))} AS "into", s.state, p.via, p.actor, p.proposed_at AS "proposedAt",
      p.dismissed_at AS "dismissedAt", p.dismissed_by AS "dismissedBy", m.made_at AS "mergedAt", m.actor AS "mergedBy", m.undone_at AS "undoneAt"
    ${standing(tx)} ${of.id === undefined ? Prisma.empty : Prisma.sql`AND p.id = ${of.id}::uuid`}
    ORDER BY (s.state IN ('open', 'merging')) DESC, p.proposed_at DESC, p.id LIMIT ${of.limit}`;

const named = (one: Prisma.Sql): Prisma.Sql => {
  const now = Prisma.sql`n${one}`;
  const of = (column: string) => Prisma.sql`CASE WHEN s.state = 'accepted' THEN ${one}.${Prisma.raw(column)} ELSE ${now}.${Prisma.raw(column)} END`;
  return Prisma.sql`jsonb_build_object('id', ${of('id')}, 'externalId', ${of('external_id')}, 'name', ${of('name')})`;
};

export type UsageOfTwo = {
  id: string;
  createdDay: Day | null;
  lastDay: Day | null;
  runRate: DecimalText | null;
  /** What sums and counts in the days asked for. */
  usage: { name: string; unit: string; quantity: DecimalText }[];
};

/** What each account is by its usage: since when, until when, and how much from a day on. */
export const usageOfMany = (tx: WorkspaceTx, ids: readonly string[], from: Day): Promise<UsageOfTwo[]> =>
  tx.db.$queryRaw<UsageOfTwo[]>`
    SELECT a.id::text, a.created_day::text AS "createdDay", s.last_day::text AS "lastDay", trim_scale(s.run_rate)::text AS "runRate",
      coalesce((SELECT jsonb_agg(jsonb_build_object('name', u.name, 'unit', u.unit, 'quantity', u.quantity) ORDER BY u.position, u.key) FROM (
        SELECT m.name, m.unit, m.position, m.key, trim_scale(sum(d.quantity))::text AS quantity
        FROM meter m JOIN meter_version v ON v.workspace_id = m.workspace_id AND v.meter_id = m.id AND v.state = 'current' AND v.aggregation IN ('SUM', 'COUNT')
        JOIN daily_usage d ON d.workspace_id = v.workspace_id AND d.account_id = a.id AND d.meter_version_id = v.id AND d.day >= ${from}::date
        WHERE m.workspace_id = a.workspace_id AND m.archived_at IS NULL
        GROUP BY m.id, m.name, m.unit, m.position, m.key HAVING sum(d.quantity) <> 0) u), '[]') AS usage
    FROM account a LEFT JOIN score s ON s.workspace_id = a.workspace_id AND s.account_id = a.id
    WHERE a.workspace_id = ${tx.workspaceId}::uuid AND a.id = ANY(${plain(ids)}::uuid[])`;

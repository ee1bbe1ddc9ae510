import type { AlertEvidence } from '@tideline/domain/alert';
import { Prisma } from '../../generated/client.ts';
import type { WorkspaceTx } from '../workspace.ts';
import { ownedBy, personOf, workAccount, type OwnerFilter, type PersonRef, type WorkAccountRow } from './work-account.ts';

export type AlertRow = {
  id: string;
  state: string;
  openedOn: string;
  openedAt: Date;
  sentence: string;
  evidence: AlertEvidence;
  digest: boolean;
  rule: { id: string; name: string; kind: string };
  account: WorkAccountRow;
  assignee: PersonRef;
  acknowledgedAt: Date | null;
  acknowledgedBy: PersonRef;
  snoozedUntil: string | null;
  snoozeReason: string | null;
  resolvedOn: string | null;
  resolvedAt: Date | null;
  resolvedBy: PersonRef;
  resolution: string | null;
  tasks: { id: string; title: string; state: string; outcome: string | null }[];
  /** What the order compares, as text: what a cursor is made of. */
  place: string;
};

export type AlertFilter = {
  state?: string | undefined;
  owner?: OwnerFilter;
  rule?: string | undefined;
  account?: string | undefined;
  /** Only alerts about accounts this person owns. */
  accountsOf?: string | null;
};
export type AlertSort = 'newest' | 'stake';
/** Where the page before ended. */
export type AlertCursor = { place: string; id: string };

/** What each order compares; the larger comes first. */
const places = {
  newest: { sql: Prisma.sql`al.opened_at`, type: Prisma.sql`timestamptz` },
  stake: { sql: Prisma.sql`coalesce(s.stake, 0)`, type: Prisma.sql`numeric` },
} as const satisfies Record<AlertSort, { sql: Prisma.Sql; type: Prisma.Sql }>;

const whereOf = (tx: WorkspaceTx, filter: AlertFilter): Prisma.Sql[] => [
  Prisma.sql`al.workspace_id = ${tx.workspaceId}::uuid`,
  ...(filter.state === 'active' ? [Prisma.sql`al.state <> 'resolved'`] : []),
  ...(filter.state && filter.state !== 'active' ? [Prisma.sql`al.state = ${filter.state}`] : []),
  ...ownedBy(Prisma.sql`al.assignee_id`, filter.owner),
  ...(filter.rule ? [Prisma.sql`al.rule_id = ${filter.rule}::uuid`] : []),
  ...(filter.account ? [Prisma.sql`al.account_id = ${filter.account}::uuid`] : []),
  ...(filter.accountsOf ? [Prisma.sql`a.owner_id = ${filter.accountsOf}::uuid`] : []),
];

/** A page of the inbox. */
export const alertPage = (tx: WorkspaceTx, filter: AlertFilter, sort: AlertSort, cursor: AlertCursor | null, limit: number): Promise<AlertRow[]> => {
  const { sql: place, type } = places[sort];
  const where = [...whereOf(tx, filter), ...(cursor ? [Prisma.sql`(${place}, al.id) < (${cursor.place}::${type}, ${cursor.id}::uuid)`] : [])];
  return tx.db.$queryRaw<AlertRow[]>`
    SELECT al.id, al.state, al.opened_on::text AS "openedOn", al.opened_at AS "openedAt", al.sentence, al.evidence, al.digest,
      jsonb_build_object('id', r.id, 'name', r.name, 'kind', r.kind) AS rule, ${workAccount} AS account,
      ${personOf(Prisma.sql`al.assignee_id`)} AS assignee,
      al.acknowledged_at AS "acknowledgedAt", ${personOf(Prisma.sql`al.acknowledged_by`)} AS "acknowledgedBy",
      al.snoozed_until::text AS "snoozedUntil", al.snooze_reason AS "snoozeReason",
      al.resolved_on::text AS "resolvedOn", al.resolved_at AS "resolvedAt", ${personOf(Prisma.sql`al.resolved_by`)} AS "resolvedBy", al.resolution,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'title', t.title, 'state', t.state, 'outcome', t.outcome) ORDER BY t.created_at, t.id), '[]'::jsonb)
        FROM task t WHERE t.workspace_id = al.workspace_id AND (t.alert_id = al.id OR t.id = al.digest_task_id)) AS tasks,
      ${place}::text AS place
    FROM alert al
    JOIN alert_rule r ON r.workspace_id = al.workspace_id AND r.id = al.rule_id
    JOIN account a ON a.workspace_id = al.workspace_id AND a.id = al.account_id
    LEFT JOIN score s ON s.workspace_id = al.workspace_id AND s.account_id = al.account_id
    WHERE ${Prisma.join(where, ' AND ')}
    ORDER BY ${place} DESC, al.id DESC LIMIT ${limit}`;
};

/** How many alerts are in each state. */
export const alertCounts = async (tx: WorkspaceTx, filter: AlertFilter): Promise<{ open: number; acknowledged: number; snoozed: number; resolved: number }> => {
  const [row] = await tx.db.$queryRaw<{ open: number; acknowledged: number; snoozed: number; resolved: number }[]>`
    SELECT count(*) FILTER (WHERE al.state = 'open')::int AS open, count(*) FILTER (WHERE al.state = 'acknowledged')::int AS acknowledged,
      count(*) FILTER (WHERE al.state = 'snoozed')::int AS snoozed, count(*) FILTER (WHERE al.state = 'resolved')::int AS resolved
    FROM alert al JOIN account a ON a.workspace_id = al.workspace_id AND a.id = al.account_id
    WHERE ${Prisma.join(whereOf(tx, filter), ' AND ')}`;
  return row ?? { open: 0, acknowledged: 0, snoozed: 0, resolved: 0 };
};

/** The alerts a move is about, locked until the move is made, with what a message says of them. */
export type MovableAlert = {
  id: string;
  state: string;
  rule: { id: string; name: string };
  sentence: string;
  evidence: unknown;
  account: { id: string; externalId: string; name: string; slug: string };
};
export const alertsToMove = (tx: WorkspaceTx, ids: readonly string[], accountsOf: string | null): Promise<MovableAlert[]> =>
  tx.db.$queryRaw<MovableAlert[]>`
    SELECT al.id, al.state, jsonb_build_object('id', r.id, 'name', r.name) AS rule, al.sentence, al.evidence,
      jsonb_build_object('id', a.id, 'externalId', a.external_id, 'name', a.name, 'slug', w.slug) AS account
    FROM alert al
    JOIN alert_rule r ON r.workspace_id = al.workspace_id AND r.id = al.rule_id
    JOIN account a ON a.workspace_id = al.workspace_id AND a.id = al.account_id
    JOIN workspace w ON w.id = al.workspace_id
    WHERE al.workspace_id = ${tx.workspaceId}::uuid AND al.id = ANY (${ids}::uuid[]) AND (${accountsOf}::uuid IS NULL OR a.owner_id = ${accountsOf}::uuid)
    ORDER BY al.id FOR UPDATE OF al`;

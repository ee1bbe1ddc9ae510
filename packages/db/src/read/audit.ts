import { Prisma } from '../../generated/client.ts';
import { plain } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';

export type AuditFilter = { actorId?: string | undefined; target?: string | undefined; from?: Date | undefined; until?: Date | undefined };
export type AuditRow = {
  id: string;
  at: Date;
  /** `at` to the microsecond, as text: what a cursor is made of. */
  exactAt: string;
  actorId: string | null;
  actor: string;
  action: string;
  target: string;
  targetId: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};
/** Where the page before ended, of its last row. */
export type AuditCursor = { exactAt: string; id: string };

/** A page of the audit log, the newest first; `until` is excluded. */
export const auditPage = (tx: WorkspaceTx, filter: AuditFilter, cursor: AuditCursor | null, limit: number): Promise<AuditRow[]> => {
  const where = [
    Prisma.sql`workspace_id = ${tx.workspaceId}::uuid`,
    ...(filter.actorId ? [Prisma.sql`actor_id = ${filter.actorId}::uuid`] : []),
    ...(filter.target ? [Prisma.sql`target = ${filter.target}`] : []),
    ...(filter.from ? [Prisma.sql`at >= ${filter.from}::timestamptz`] : []),
    ...(filter.until ? [Prisma.sql`at < ${filter.until}::timestamptz`] : []),
    // A Date holds milliseconds and the column microseconds: rows in between would be lost.
    ...(cursor ? [Prisma.sql`(at, id) < (${cursor.exactAt}::timestamptz, ${cursor.id}::uuid)`] : []),
  ];
  return tx.db.$queryRaw<AuditRow[]>`
    SELECT id, at, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "exactAt",
      actor_id AS "actorId", actor, action, target, target_id AS "targetId", before, after
    FROM audit_log WHERE ${Prisma.join(where, ' AND ')}
    ORDER BY at DESC, id DESC LIMIT ${limit}`;
};

/** What people call the people and things of the workspace that have these ids. */
export const namesBehind = async (tx: WorkspaceTx, ids: readonly string[]): Promise<Record<string, string>> => {
  if (ids.length === 0) return {};
  const named = (table: string) => Prisma.sql`
    SELECT id::text, name FROM ${Prisma.raw(table)} WHERE workspace_id = ${tx.workspaceId}::uuid AND id = ANY(${plain(ids)}::uuid[])`;
  const rows = await tx.db.$queryRaw<{ id: string; name: string }[]>`
    ${named('account')} UNION ALL ${named('meter')} UNION ALL ${named('milestone')} UNION ALL ${named('alert_rule')}
    UNION ALL SELECT id::text, name FROM app_user WHERE id = ANY(${plain(ids)}::uuid[])`;
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
};

/** What the log can be narrowed to: every person who acted, by the name they had last, and what was acted on. */
export const auditChoices = async (tx: WorkspaceTx) => {
  const actors = await tx.db.$queryRaw<{ id: string; name: string }[]>`
    SELECT id, name FROM (
      SELECT DISTINCT ON (actor_id) actor_id AS id, actor AS name FROM audit_log
      WHERE workspace_id = ${tx.workspaceId}::uuid AND actor_id IS NOT NULL ORDER BY actor_id, at DESC
    ) last ORDER BY name, id`;
  const targets = await tx.db.$queryRaw<{ target: string }[]>`
    SELECT DISTINCT target FROM audit_log WHERE workspace_id = ${tx.workspaceId}::uuid ORDER BY target`;
  return { actors, targets: targets.map((row) => row.target) };
};

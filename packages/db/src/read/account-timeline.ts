import { Prisma } from '../../generated/client.ts';
import type { Day } from '@tideline/domain/calendar';
import { texts } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';

export type TimelineRow = {
  id: string;
  kind: 'alert' | 'segment' | 'touch' | 'note' | 'task' | 'milestone';
  /** A touch's kind, an alert's rule, the segment before. */
  extra: string | null;
  day: Day;
  at: Date;
  /** `at` to the microsecond, as text: what a cursor is made of. */
  exactAt: string;
  text: string;
  byId: string | null;
  byName: string | null;
  /** An alert's state, a task's outcome, health at a change of segment, with whom a touch was. */
  remark: string | null;
};
/** Where the page before ended. */
export type TimelinePlace = { exactAt: string; id: string };

/** What happened to an account, the newest first. A change of segment stands at the end of its day in the workspace's zone. */
export const timelinePage = (
  tx: WorkspaceTx,
  accountId: string,
  zone: string,
  kinds: readonly string[] | null,
  after: TimelinePlace | null,
  limit: number,
): Promise<TimelineRow[]> => {
  const own = Prisma.sql`workspace_id = ${tx.workspaceId}::uuid AND account_id = ${accountId}::uuid`;
  const endOf = (day: Prisma.Sql) => Prisma.sql`((${day} + 1)::timestamp AT TIME ZONE ${zone})`;
  return tx.db.$queryRaw<TimelineRow[]>`
    SELECT l.id, l.kind, l.extra, l.day::text, l.at, to_char(l.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "exactAt", l.text,
      l."byId"::text, u.name AS "byName", l.remark
    FROM (
      SELECT 'alert:' || a.id AS id, 'alert' AS kind, r.name AS extra, a.opened_on AS day, a.opened_at AS at, a.sentence AS text, NULL::uuid AS "byId", a.state AS remark
        FROM alert a JOIN alert_rule r ON r.workspace_id = a.workspace_id AND r.id = a.rule_id
        WHERE a.workspace_id = ${tx.workspaceId}::uuid AND a.account_id = ${accountId}::uuid
      UNION ALL SELECT 'segment:' || day || ':' || to_segment, 'segment', from_segment, day, ${endOf(Prisma.sql`day`)}, to_segment, NULL, evidence->>'health'
        FROM segment_transition WHERE ${own} AND from_segment IS NOT NULL
      UNION ALL SELECT 'touch:' || id, CASE WHEN kind = 'note' THEN 'note' ELSE 'touch' END, kind, day, at, body, by_id,
        (SELECT name FROM contact c WHERE c.workspace_id = touch.workspace_id AND c.id = touch.contact_id) FROM touch WHERE ${own}
      UNION ALL SELECT 'task:' || id, 'task', state, (closed_at AT TIME ZONE ${zone})::date, closed_at, title, closed_by, outcome FROM task WHERE ${own} AND closed_at IS NOT NULL
      UNION ALL SELECT 'milestone:' || s.id, 'milestone', NULL, m.day, ${endOf(Prisma.sql`m.day`)}, s.name, NULL, NULL
        FROM milestone_reached m JOIN milestone s ON s.workspace_id = m.workspace_id AND s.id = m.milestone_id
        WHERE m.workspace_id = ${tx.workspaceId}::uuid AND m.account_id = ${accountId}::uuid) l
    LEFT JOIN app_user u ON u.id = l."byId"
    WHERE true ${kinds === null ? Prisma.empty : Prisma.sql`AND l.kind = ANY(${texts(kinds)}::text[])`}
      ${after === null ? Prisma.empty : Prisma.sql`AND (l.at, l.id) < (${after.exactAt}::timestamptz, ${after.id}::text)`}
    ORDER BY l.at DESC, l.id DESC LIMIT ${limit}`;
};

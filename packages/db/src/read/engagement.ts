import { Prisma } from '../../generated/client.ts';
import type { Day } from '@tideline/domain/calendar';
import { SPEAKING_ROLES } from '@tideline/domain/contact';
import type { EngagementSums } from '@tideline/domain/engagement';
import { plain, texts } from '../array-literal.ts';
import type { StatementTx } from '../workspace.ts';

export type EngagementRow = EngagementSums & { accountId: string; day: Day };

/**
 * For these accounts (null: all) and days: champions and executive sponsors who were known and had not left, and the days since the
 * last call, mail or meeting with one, also one who left since. A note is none. Roles are those of now. `known`: facts through this day
 * count too (the live rule). An account without a row for a day had nobody known to speak for it then: `noEngagement`.
 */
export const engagementSums = (
  tx: StatementTx,
  accounts: readonly string[] | null,
  days: readonly Day[],
  timezone: string,
  known: Day | null = null,
): Promise<EngagementRow[]> => {
  const only = (column: string) => (accounts === null ? Prisma.empty : Prisma.sql`AND ${Prisma.raw(column)} = ANY(${plain(accounts)}::uuid[])`);
  return tx.db.$queryRaw<EngagementRow[]>`
    WITH c AS (SELECT account_id, id, left_on, (created_at AT TIME ZONE ${timezone})::date AS known FROM contact
        WHERE workspace_id = ${tx.workspaceId}::uuid ${only('account_id')} AND role = ANY(${texts(SPEAKING_ROLES)}::text[])),
      d AS (SELECT day, greatest(day, ${known}::date) AS known FROM unnest(${plain(days)}::date[]) AS d(day)),
      spoken AS (SELECT t.account_id, t.day FROM touch t JOIN contact s ON s.workspace_id = t.workspace_id AND s.id = t.contact_id AND s.role = ANY(${texts(SPEAKING_ROLES)}::text[])
        WHERE t.workspace_id = ${tx.workspaceId}::uuid ${only('t.account_id')} AND t.kind <> 'note'),
      last AS (SELECT p.account_id, d.day, max(p.day) AS last FROM d JOIN spoken p ON p.day <= d.known GROUP BY 1, 2),
      speakers AS (SELECT c.account_id, d.day, count(*)::int AS speakers, min(c.known) AS known
        FROM d JOIN c ON c.known <= d.known AND (c.left_on IS NULL OR c.left_on > d.known) GROUP BY 1, 2)
    SELECT s.account_id::text AS "accountId", s.day::text, s.speakers, greatest(0, s.day - s.known) AS "knownDays",
      CASE WHEN l.last IS NOT NULL THEN greatest(0, s.day - l.last) END AS "silentDays"
    FROM speakers s LEFT JOIN last l ON l.account_id = s.account_id AND l.day = s.day`;
};

/** The sums of an account without a row. */
export const noEngagement: EngagementSums = { speakers: 0, silentDays: null, knownDays: 0 };

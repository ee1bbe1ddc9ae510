import type { Day } from '@tideline/domain/calendar';
import { SPEAKING_ROLES } from '@tideline/domain/contact';
import type { EngagementSums } from '@tideline/domain/engagement';
import { plain, texts } from '../array-literal.ts';
import type { StatementTx } from '../workspace.ts';

export type EngagementRow = EngagementSums & { accountId: string; day: Day };

/**
 * For these accounts and days: champions and executive sponsors who were known and had not left, and the days since the
 * last call, mail or meeting with one, also one who left since. A note is none. Roles are those of now. An account without
 * a row for a day had nobody known to speak for it then: `noEngagement`.
 */
export const engagementSums = (tx: StatementTx, accounts: readonly string[], days: readonly Day[], timezone: string): Promise<EngagementRow[]> =>
  tx.db.$queryRaw<EngagementRow[]>`
    WITH c AS (SELECT account_id, id, left_on, (created_at AT TIME ZONE ${timezone})::date AS known FROM contact
        WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ANY(${plain(accounts)}::uuid[]) AND role = ANY(${texts(SPEAKING_ROLES)}::text[])),
      spoken AS (SELECT t.account_id, t.day FROM touch t JOIN contact s ON s.workspace_id = t.workspace_id AND s.id = t.contact_id AND s.role = ANY(${texts(SPEAKING_ROLES)}::text[])
        WHERE t.workspace_id = ${tx.workspaceId}::uuid AND t.account_id = ANY(${plain(accounts)}::uuid[]) AND t.kind <> 'note'),
      speakers AS (SELECT c.account_id, d.day, count(*)::int AS speakers, min(c.known) AS known
        FROM unnest(${plain(days)}::date[]) AS d(day) JOIN c ON c.known <= d.day AND (c.left_on IS NULL OR c.left_on > d.day) GROUP BY 1, 2)
    SELECT s.account_id::text AS "accountId", s.day::text, s.speakers, s.day - s.known AS "knownDays",
      s.day - (SELECT max(p.day) FROM spoken p WHERE p.account_id = s.account_id AND p.day <= s.day) AS "silentDays"
    FROM speakers s`;

/** The sums of an account without a row. */
export const noEngagement: EngagementSums = { speakers: 0, silentDays: null, knownDays: 0 };

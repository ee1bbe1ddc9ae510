import { Prisma } from '../../generated/client.ts';
import type { Day } from '@tideline/domain/calendar';
import type { Band } from '@tideline/domain/health';
import { VERDICT_DAYS } from '@tideline/domain/override';
import type { WorkspaceTx } from '../workspace.ts';

export type OverrideRow = {
  id: string;
  accountId: string;
  account: string;
  band: Band;
  reason: string;
  from: Day;
  until: Day;
  endedOn: Day | null;
  by: string | null;
  modelHealth: number | null;
  modelBand: Band | null;
  /** Silence, or less than half the revenue, in the 90 days after it was set; null while they are not over. */
  trouble: boolean | null;
};

/** Overrides, the newest first: of one account, the accounts of one owner or all, of those that hold on a day or ever held. `closed`: the last complete day. */
export const overrides = (
  tx: WorkspaceTx,
  {
    account = null,
    owner = null,
    holdsOn = null,
    closed,
    priced,
    limit,
  }: { account?: string | null; owner?: string | null; holdsOn?: Day | null; closed: Day | null; priced: boolean; limit: number },
): Promise<OverrideRow[]> => {
  const worth = Prisma.raw(priced ? 'revenue' : 'quantity');
  return tx.db.$queryRaw<OverrideRow[]>`
    SELECT o.id::text, o.account_id::text AS "accountId", a.name AS account, o.band, o.reason, o.from_day::text AS "from", o.until_day::text AS until,
      o.ended_on::text AS "endedOn", u.name AS by, o.model_health AS "modelHealth", o.model_band AS "modelBand",
      CASE WHEN o.from_day + ${VERDICT_DAYS}::int <= ${closed}::date THEN NOT d.used OR d.next < .5 * d.prior END AS trouble
    FROM health_override o JOIN account a ON a.workspace_id = o.workspace_id AND a.id = o.account_id LEFT JOIN app_user u ON u.id = o.set_by
    CROSS JOIN LATERAL (
      SELECT coalesce(bool_or(d.active) FILTER (WHERE d.day > o.from_day), false) AS used, coalesce(sum(${worth}) FILTER (WHERE d.day <= o.from_day), 0) AS prior,
        coalesce(sum(${worth}) FILTER (WHERE d.day > o.from_day), 0) AS next
      FROM account_day d WHERE d.workspace_id = o.workspace_id AND d.account_id = o.account_id
        AND d.day > o.from_day - ${VERDICT_DAYS}::int AND d.day <= o.from_day + ${VERDICT_DAYS}::int) d
    WHERE o.workspace_id = ${tx.workspaceId}::uuid AND (${account}::uuid IS NULL OR o.account_id = ${account}::uuid) AND (${owner}::uuid IS NULL OR a.owner_id = ${owner}::uuid)
      AND (${holdsOn}::date IS NULL OR (o.ended_on IS NULL AND o.until_day > ${holdsOn}::date))
    ORDER BY o.set_at DESC, o.ended_on DESC NULLS FIRST, o.id LIMIT ${limit}`;
};

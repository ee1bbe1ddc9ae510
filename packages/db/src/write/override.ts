import type { Day } from '@tideline/domain/calendar';
import type { Band } from '@tideline/domain/health';
import type { WorkspaceTx } from '../workspace.ts';

/** Ends the override that stands of an account, at the day it held until at the latest; answers whether one did. */
export const endOverride = async (tx: WorkspaceTx, accountId: string, day: Day): Promise<boolean> => {
  const ended = await tx.db.$executeRaw`
    UPDATE health_override SET ended_on = least(until_day, ${day}::date) WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ${accountId}::uuid AND ended_on IS NULL`;
  return ended > 0;
};

/** Sets one, beside what the model says of the account as it stands. */
export const setOverride = async (
  tx: WorkspaceTx,
  accountId: string,
  { band, reason, from, until, userId, at }: { band: Band; reason: string; from: Day; until: Day; userId: string | null; at: Date },
): Promise<void> => {
  await tx.db.$executeRaw`
    INSERT INTO health_override (workspace_id, account_id, band, reason, from_day, until_day, model_health, model_band, set_by, set_at)
    SELECT ${tx.workspaceId}::uuid, ${accountId}::uuid, ${band}, ${reason}, ${from}::date, ${until}::date, s.health, s.band, ${userId}::uuid, ${at}
    FROM (SELECT 1) one LEFT JOIN score s ON s.workspace_id = ${tx.workspaceId}::uuid AND s.account_id = ${accountId}::uuid`;
};

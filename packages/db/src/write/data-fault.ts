import type { Day } from '@tideline/domain/calendar';
import { FED_DAYS, type FaultEnd, type FaultRow, type Watched } from '../read/data-fault.ts';
import type { WorkspaceTx } from '../workspace.ts';
import { metersNow } from './rate.ts';

export type FoundFault = Watched & { since: Day; active: number; usual: number; at: Date };

/** Opens a fault; one that stands of the same scope moves to that day. Answers its id. */
export const openFault = async (tx: WorkspaceTx, { scope, refId, name, since, active, usual, at }: FoundFault): Promise<string> => {
  const [row] = await tx.db.$queryRaw<{ id: string }[]>`
    INSERT INTO data_fault (workspace_id, scope, ref_id, name, since, detected_at, active, usual, accounts)
    SELECT ${tx.workspaceId}::uuid, ${scope}, ${refId}::uuid, ${name}, ${since}::date, ${at}, ${active}, ${usual},
      (SELECT count(*) FROM account WHERE workspace_id = ${tx.workspaceId}::uuid AND status = 'live')
    ON CONFLICT (workspace_id, scope, coalesce(ref_id, '00000000-0000-0000-0000-000000000000')) WHERE ended_at IS NULL
    DO UPDATE SET since = excluded.since, active = excluded.active, usual = excluded.usual RETURNING id::text`;
  return row?.id ?? '';
};

/** Holds the accounts whose usage came by it in the four weeks before the day, and notes how many they are. */
export const holdAccounts = async (
  tx: WorkspaceTx,
  { id, scope, refId, since }: Pick<Watched, 'scope' | 'refId'> & { id: string; since: Day },
): Promise<void> => {
  if (scope === 'meter') await holdMeterUsers(tx, { id, refId, since });
  else {
    await tx.db.$executeRaw`
      INSERT INTO held_account (workspace_id, fault_id, account_id)
      SELECT workspace_id, ${id}::uuid, account_id FROM account_feed
      WHERE workspace_id = ${tx.workspaceId}::uuid AND sender_id = ${refId}::uuid AND last_on >= ${since}::date - ${FED_DAYS}::int ON CONFLICT DO NOTHING`;
  }
  await tx.db.$executeRaw`
    UPDATE data_fault SET accounts = (SELECT count(*) FROM held_account WHERE workspace_id = ${tx.workspaceId}::uuid AND fault_id = ${id}::uuid)
    WHERE workspace_id = ${tx.workspaceId}::uuid AND id = ${id}::uuid`;
};

const holdMeterUsers = async (tx: WorkspaceTx, { id, refId, since }: { id: string; refId: string | null; since: Day }): Promise<void> => {
  await tx.db.$executeRaw`
    WITH ${metersNow(tx)}
    INSERT INTO held_account (workspace_id, fault_id, account_id)
    SELECT DISTINCT d.workspace_id, ${id}::uuid, d.account_id FROM account_day d JOIN meters m ON m.meter_id = ${refId}::uuid AND d.meters & m.bit <> 0
    WHERE d.workspace_id = ${tx.workspaceId}::uuid AND d.day >= ${since}::date - ${FED_DAYS}::int AND d.day < ${since}::date ON CONFLICT DO NOTHING`;
};

/** Ends a fault that stands and lets its accounts go; answers whether it stood. `through`: the last day that stayed silent. */
export const endFault = async (tx: WorkspaceTx, id: string, end: { as: FaultEnd; by: string | null; through: Day | null; at: Date }): Promise<boolean> => {
  const ended = await tx.db.$executeRaw`
    UPDATE data_fault SET ended_at = ${end.at}, ended_as = ${end.as}, ended_by = ${end.by}, through = ${end.through}::date
    WHERE workspace_id = ${tx.workspaceId}::uuid AND id = ${id}::uuid AND ended_at IS NULL`;
  await tx.db.$executeRaw`DELETE FROM held_account WHERE workspace_id = ${tx.workspaceId}::uuid AND fault_id = ${id}::uuid`;
  return ended > 0;
};

/** Notes the last day of a silence that a person called real: from the next on silence is tested again. */
export const noteRealThrough = async (tx: WorkspaceTx, id: string, through: Day): Promise<void> => {
  await tx.db.$executeRaw`UPDATE data_fault SET through = ${through}::date WHERE workspace_id = ${tx.workspaceId}::uuid AND id = ${id}::uuid`;
};

/** Notes that these were told as they stand. */
export const noteTold = async (tx: WorkspaceTx, faults: readonly Pick<FaultRow, 'id'>[], at: Date): Promise<void> => {
  await tx.db.dataFault.updateMany({ where: { workspaceId: tx.workspaceId, id: { in: faults.map(({ id }) => id) } }, data: { toldAt: at } });
};

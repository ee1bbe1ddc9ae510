import type { Day } from '@tideline/domain/calendar';
import type { WorkspaceTx } from '../workspace.ts';
import { judged, needsYou } from './triage.ts';

export type OpenWork = { alerts: number; tasks: number; needsYou: number };

/** How much waits for this person: open alerts given to them or about their accounts, their open tasks, and what their book holds in triage. */
export const openWork = async (tx: WorkspaceTx, userId: string, today: Day): Promise<OpenWork> => {
  const [row] = await tx.db.$queryRaw<OpenWork[]>`
    SELECT
      (SELECT count(*)::int FROM alert al JOIN account a ON a.workspace_id = al.workspace_id AND a.id = al.account_id
        WHERE al.workspace_id = ${tx.workspaceId}::uuid AND al.state = 'open' AND coalesce(al.assignee_id, a.owner_id) = ${userId}::uuid) AS alerts,
      (SELECT count(*)::int FROM task WHERE workspace_id = ${tx.workspaceId}::uuid AND state = 'open' AND owner_id = ${userId}::uuid) AS tasks,
      (SELECT count(*)::int ${judged(tx, { today, closed: null, onlyOwner: userId })}
        WHERE s.workspace_id = ${tx.workspaceId}::uuid AND ${needsYou}) AS "needsYou"`;
  return row ?? { alerts: 0, tasks: 0, needsYou: 0 };
};

import type { Prisma } from '../../generated/client.ts';
import type { WorkspaceTx } from '../workspace.ts';

export type RuleToSave = { name: string; kind: string; config: Record<string, unknown>; enabled: boolean };
const data = ({ config, ...rule }: RuleToSave) => ({ ...rule, config: config as Prisma.InputJsonObject });

export const insertAlertRule = async (tx: WorkspaceTx, rule: RuleToSave, createdBy: string | null, now: Date): Promise<string> => {
  const { id } = await tx.db.alertRule.create({
    data: { workspaceId: tx.workspaceId, ...data(rule), createdBy, createdAt: now, updatedAt: now },
    select: { id: true },
  });
  return id;
};

/** Returns how many changed: 0 when there is no such rule. */
export const updateAlertRule = async (tx: WorkspaceTx, id: string, rule: RuleToSave, now: Date): Promise<number> => {
  const { count } = await tx.db.alertRule.updateMany({ where: { workspaceId: tx.workspaceId, id }, data: { ...data(rule), updatedAt: now } });
  return count;
};

/** Deletes a rule that has no alerts; returns how many went. */
export const deleteAlertRule = async (tx: WorkspaceTx, id: string): Promise<number> => {
  const { count } = await tx.db.alertRule.deleteMany({ where: { workspaceId: tx.workspaceId, id, alertByRule: { none: {} } } });
  return count;
};

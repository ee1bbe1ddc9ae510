import type { WorkspaceTx } from '../workspace.ts';

export type EndpointToSave = { url: string; events: string[]; enabled: boolean };

export const insertWebhook = async (
  tx: WorkspaceTx,
  endpoint: EndpointToSave & { secret: string; createdBy: string | null; createdAt: Date },
): Promise<string> => {
  const { id } = await tx.db.webhookEndpoint.create({ data: { workspaceId: tx.workspaceId, ...endpoint }, select: { id: true } });
  return id;
};

/** Returns how many changed: 0 when there is no such endpoint. */
export const updateWebhook = async (tx: WorkspaceTx, id: string, change: Partial<EndpointToSave & { secret: string }>): Promise<number> => {
  const { count } = await tx.db.webhookEndpoint.updateMany({ where: { workspaceId: tx.workspaceId, id }, data: change });
  return count;
};

/** Deletes an endpoint and its messages; returns how many endpoints went. */
export const deleteWebhook = async (tx: WorkspaceTx, id: string): Promise<number> => {
  const { count } = await tx.db.webhookEndpoint.deleteMany({ where: { workspaceId: tx.workspaceId, id } });
  return count;
};

import type { ModelConfig } from '@tideline/domain/model-config';
import type { WorkspaceTx } from '../workspace.ts';

/** Writes the next published version and retires the one before; returns it. What scores were judged by stays readable. */
export const publishModel = async (
  tx: WorkspaceTx,
  model: { config: ModelConfig; note: string; authorId: string | null; at: Date },
): Promise<{ id: string; version: number }> => {
  await tx.db
    .$executeRaw`UPDATE health_model SET state = 'retired', updated_at = ${model.at} WHERE workspace_id = ${tx.workspaceId}::uuid AND state = 'published'`;
  const [row] = await tx.db.$queryRaw<{ id: string; version: number }[]>`
    INSERT INTO health_model (workspace_id, version, state, config, note, author_id, created_at, updated_at, published_at)
    SELECT ${tx.workspaceId}::uuid, coalesce(max(version), 0) + 1, 'published', ${JSON.stringify(model.config)}::jsonb, ${model.note}, ${model.authorId}::uuid, ${model.at}, ${model.at}, ${model.at}
    FROM health_model WHERE workspace_id = ${tx.workspaceId}::uuid AND state <> 'draft'
    RETURNING id::text, version`;
  if (!row) throw new Error('a published model returned no row');
  return row;
};

export const hasModel = async (tx: WorkspaceTx): Promise<boolean> =>
  (await tx.db.healthModel.findFirst({ where: { workspaceId: tx.workspaceId }, select: { id: true } })) !== null;

/** The rules a workspace starts with, in their order. */
export const insertFirstRules = async (tx: WorkspaceTx, rules: readonly { name: string; kind: string; config: object }[], at: Date): Promise<void> => {
  const data = rules.map(({ name, kind, config }, i) => ({
    workspaceId: tx.workspaceId,
    name,
    kind,
    config,
    createdAt: new Date(at.getTime() + i), // listed by age
    updatedAt: at,
  }));
  await tx.db.alertRule.createMany({ data });
};

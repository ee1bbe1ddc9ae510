import type { Prisma } from '../../generated/client.ts';
import type { ModelConfig } from '@tideline/domain/model-config';
import type { WorkspaceTx } from '../workspace.ts';

/** One change of models at a time: the published version is the lock. Answers it; null when none is published. */
export const lockModel = async (tx: WorkspaceTx): Promise<{ id: string; version: number; config: ModelConfig } | null> => {
  const [row] = await tx.db.$queryRaw<{ id: string; version: number; config: ModelConfig }[]>`
    SELECT id::text, version, config FROM health_model WHERE workspace_id = ${tx.workspaceId}::uuid AND state = 'published' FOR UPDATE`;
  return row ?? null;
};

type Draft = { config: ModelConfig; note: string; authorId: string | null; at: Date };
const json = (config: ModelConfig): Prisma.InputJsonObject => JSON.parse(JSON.stringify(config)) as Prisma.InputJsonObject;

/** Writes the workspace's draft, making it where there is none; its version is the next free one. */
export const saveDraft = async (tx: WorkspaceTx, { config, note, authorId, at }: Draft): Promise<void> => {
  const data = { config: json(config), note, authorId, updatedAt: at };
  const { count } = await tx.db.healthModel.updateMany({ where: { workspaceId: tx.workspaceId, state: 'draft' }, data });
  if (count > 0) return;
  const { _max } = await tx.db.healthModel.aggregate({ where: { workspaceId: tx.workspaceId }, _max: { version: true } });
  await tx.db.healthModel.create({
    data: { ...data, workspaceId: tx.workspaceId, version: (_max.version ?? 0) + 1, state: 'draft', createdAt: at },
    select: { id: true },
  });
};

export const deleteDraft = async (tx: WorkspaceTx): Promise<number> =>
  (await tx.db.healthModel.deleteMany({ where: { workspaceId: tx.workspaceId, state: 'draft' } })).count;

/** The draft becomes what is published; what was published is retired. */
export const publishDraft = async (tx: WorkspaceTx, { note, authorId, at }: Omit<Draft, 'config'>): Promise<void> => {
  await tx.db.healthModel.updateMany({ where: { workspaceId: tx.workspaceId, state: 'published' }, data: { state: 'retired', updatedAt: at } });
  await tx.db.healthModel.updateMany({
    where: { workspaceId: tx.workspaceId, state: 'draft' },
    data: { state: 'published', note, authorId, updatedAt: at, publishedAt: at },
  });
};

/** A version that is published at once, as a return to an earlier one is; a draft beside it moves on by one version. */
export const publishConfig = async (tx: WorkspaceTx, { config, note, authorId, at }: Draft): Promise<void> => {
  await tx.db.healthModel.updateMany({ where: { workspaceId: tx.workspaceId, state: 'published' }, data: { state: 'retired', updatedAt: at } });
  await tx.db.$executeRaw`UPDATE health_model SET version = version + 1 WHERE workspace_id = ${tx.workspaceId}::uuid AND state = 'draft'`;
  const { _max } = await tx.db.healthModel.aggregate({ where: { workspaceId: tx.workspaceId, state: { not: 'draft' } }, _max: { version: true } });
  await tx.db.healthModel.create({
    data: {
      workspaceId: tx.workspaceId,
      version: (_max.version ?? 0) + 1,
      state: 'published',
      config: json(config),
      note,
      authorId,
      createdAt: at,
      updatedAt: at,
      publishedAt: at,
    },
    select: { id: true },
  });
};

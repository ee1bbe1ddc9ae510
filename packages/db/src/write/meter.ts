import { Prisma } from '../../generated/client.ts';
import type { Day } from '@tideline/domain/calendar';
import type { MeterDefinition } from '@tideline/domain/meter';
import type { WorkspaceTx } from '../workspace.ts';

type NewMeter = { key: string; name: string; unit: string };

/** Adds a meter behind the others; null when its key is taken. */
export const insertMeter = async (tx: WorkspaceTx, { key, name, unit }: NewMeter, at: Date): Promise<string | null> => {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    INSERT INTO meter (workspace_id, key, name, unit, position, created_at)
    SELECT ${tx.workspaceId}::uuid, ${key}, ${name}, ${unit}, coalesce(max(position) + 1, 0), ${at} FROM meter WHERE workspace_id = ${tx.workspaceId}::uuid
    ON CONFLICT (workspace_id, key) DO NOTHING RETURNING id::text`;
  return rows[0]?.id ?? null;
};

/** Adds a version of a definition. One that was still filling is given up in its favour. */
export const insertVersion = async (
  tx: WorkspaceTx,
  meterId: string,
  meter: MeterDefinition,
  made: { state: 'filling' | 'current'; by: string | null; at: Date },
): Promise<number> => {
  await tx.db.meterVersion.updateMany({ where: { workspaceId: tx.workspaceId, meterId, state: 'filling' }, data: { state: 'retired' } });
  const last = await tx.db.meterVersion.aggregate({ where: { workspaceId: tx.workspaceId, meterId }, _max: { version: true } });
  const { version } = await tx.db.meterVersion.create({
    data: {
      workspaceId: tx.workspaceId,
      meterId,
      version: (last._max.version ?? 0) + 1,
      eventName: meter.eventName,
      aggregation: meter.aggregation,
      valueField: meter.valueField,
      filter: meter.filter as unknown[] as Prisma.InputJsonArray,
      activityFilter: meter.activityFilter as unknown[] as Prisma.InputJsonArray,
      countsActivity: meter.countsAsActivity,
      state: made.state,
      createdBy: made.by,
      createdAt: made.at,
    },
    select: { version: true },
  });
  return version;
};

export const updateMeter = async (
  tx: WorkspaceTx,
  id: string,
  change: { name?: string | undefined; unit?: string | undefined; position?: number | undefined; archivedAt?: Date },
): Promise<void> => {
  const data: Prisma.MeterUpdateManyMutationInput = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  await tx.db.meter.updateMany({ where: { workspaceId: tx.workspaceId, id }, data });
};

export const setMainMeter = async (tx: WorkspaceTx, meterId: string): Promise<void> => {
  await tx.db.workspace.update({ where: { id: tx.workspaceId }, data: { mainMeterId: meterId }, select: { id: true } });
};

/** The filled version takes over and the one before it retires, in one step; false when it is no longer the one being filled. */
export const swapVersion = async (tx: WorkspaceTx, meterId: string, versionId: string): Promise<boolean> => {
  const where = { workspaceId: tx.workspaceId, meterId };
  const filling = await tx.db.meterVersion.count({ where: { ...where, id: versionId, state: 'filling' } });
  if (filling === 0) return false;
  await tx.db.meterVersion.updateMany({ where: { ...where, state: 'current' }, data: { state: 'retired' } });
  await tx.db.meterVersion.updateMany({ where: { ...where, id: versionId }, data: { state: 'current' } });
  return true;
};

export const retireVersion = async (tx: WorkspaceTx, versionId: string): Promise<void> => {
  await tx.db.meterVersion.updateMany({ where: { workspaceId: tx.workspaceId, id: versionId }, data: { state: 'retired' } });
};

/** A flat price from a day on; the same meter, currency and day again replaces it. */
export const upsertPrice = async (
  tx: WorkspaceTx,
  price: { meterId: string; currency: string; unitPrice: string; effectiveFrom: Day; by: string | null; at: Date },
): Promise<string> => {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    INSERT INTO price (workspace_id, meter_id, currency, plan, effective_from, created_by, created_at)
    VALUES (${tx.workspaceId}::uuid, ${price.meterId}::uuid, ${price.currency}, ${JSON.stringify({ kind: 'flat', unitPrice: price.unitPrice })}::jsonb,
      ${price.effectiveFrom}::date, ${price.by}::uuid, ${price.at})
    ON CONFLICT (workspace_id, meter_id, currency, effective_from) DO UPDATE SET plan = excluded.plan, created_by = excluded.created_by, created_at = excluded.created_at
    RETURNING id::text`;
  return rows[0]?.id ?? '';
};

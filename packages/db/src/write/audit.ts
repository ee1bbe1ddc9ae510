import { Prisma } from '../../generated/client.ts';
import type { WorkspaceTx } from '../workspace.ts';

/** Who acts, as far as the log needs to know: null for a key or the product itself. */
export type Actor = { readonly userId: string | null; readonly actor: string };

/** A value as the log keeps it: what JSON can say (dates as ISO text, absent fields left out); never a secret. */
export type AuditValue = Record<string, unknown> | null;

/**
 * Writes who changed what, in the transaction that changes it. `action` is `<target>.<verb>` ("meter.create"),
 * `before` is null for what is new, `after` null for what is gone.
 */
export const audit = async (
  tx: WorkspaceTx,
  who: Actor,
  action: string,
  target: string,
  targetId: string | null,
  before: AuditValue,
  after: AuditValue,
): Promise<void> => {
  await tx.db.auditLog.create({
    data: { workspaceId: tx.workspaceId, actorId: who.userId, actor: who.actor, action, target, targetId, before: asJson(before), after: asJson(after) },
    select: { id: true },
  });
};

const asJson = (value: AuditValue): Prisma.InputJsonValue | typeof Prisma.DbNull =>
  value === null ? Prisma.DbNull : (JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue);

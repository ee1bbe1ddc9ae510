import { plain, texts } from '../array-literal.ts';
import type { TouchRow } from '../read/touch.ts';
import type { WorkspaceTx } from '../workspace.ts';

/** Stores touches as they are to stand (each at most once), new ones and known ones. */
export const writeTouches = async (tx: WorkspaceTx, rows: readonly TouchRow[]): Promise<void> => {
  if (rows.length === 0) return;
  const column = (read: (row: TouchRow) => string | null): string => texts(rows.map(read));
  const ids = (read: (row: TouchRow) => string | null): string => plain(rows.map(read));
  await tx.db.$executeRaw`
    INSERT INTO touch (workspace_id, id, account_id, external_id, kind, body, day, at, by_id, contact_id)
    SELECT ${tx.workspaceId}::uuid, s.* FROM unnest(${ids((r) => r.id)}::uuid[], ${ids((r) => r.accountId)}::uuid[], ${column((r) => r.externalId)}::text[],
      ${column((r) => r.kind)}::text[], ${column((r) => r.body)}::text[], ${ids((r) => r.day)}::date[], ${ids((r) => r.at.toISOString())}::timestamptz[],
      ${ids((r) => r.byId)}::uuid[], ${ids((r) => r.contactId)}::uuid[]) s
    ON CONFLICT (workspace_id, id) DO UPDATE SET account_id = excluded.account_id, kind = excluded.kind, body = excluded.body, day = excluded.day, at = excluded.at,
      by_id = excluded.by_id, contact_id = excluded.contact_id`;
};

export type NewTouch = Omit<TouchRow, 'id' | 'externalId'>;

/** Logs one by hand. */
export const insertTouch = async (tx: WorkspaceTx, { day, ...touch }: NewTouch): Promise<string> => {
  const { id } = await tx.db.touch.create({ data: { workspaceId: tx.workspaceId, ...touch, day: new Date(`${day}T00:00:00Z`) }, select: { id: true } });
  return id;
};

/** Takes back a touch: of this person, or (null) anybody's; returns whose account it stood on, null when there is no such touch. */
export const deleteTouch = async (tx: WorkspaceTx, id: string, byId: string | null): Promise<string | null> => {
  const [row] = await tx.db.$queryRaw<{ accountId: string }[]>`
    DELETE FROM touch WHERE workspace_id = ${tx.workspaceId}::uuid AND id = ${id}::uuid AND (${byId}::uuid IS NULL OR by_id = ${byId}::uuid) RETURNING account_id::text AS "accountId"`;
  return row?.accountId ?? null;
};
